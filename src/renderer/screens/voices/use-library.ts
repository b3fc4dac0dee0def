import { useCallback, useEffect, useState } from 'react';
import type { WorkspaceId } from '#contract/entities.ts';
import type { LibraryVoice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { failureOf } from '../../stores/failure.ts';

const settledMs = 300;

interface Page {
  readonly found: readonly LibraryVoice[];
  readonly hasMore: boolean;
  readonly loading: boolean;
  readonly failure: string | null;
}
const nothing: Page = { found: [], hasMore: false, loading: true, failure: null };

/** Pages of a vendor's library, and how many voice slots the workspace has left. */
export const useLibrary = (
  workspaceId: WorkspaceId | null,
  query: { readonly search: string; readonly language: string; readonly gender: string },
) => {
  const { voices } = useStudio();
  const [page, setPage] = useState<Page>(nothing);
  const [number, setNumber] = useState(0);
  const [slots, setSlots] = useState<{ readonly used: number; readonly limit: number } | null>(null);
  const { search, language, gender } = query;
  useEffect(() => setNumber(0), [workspaceId, search, language, gender]);
  useEffect(() => {
    if (workspaceId === null) return;
    let wanted = true;
    setPage((before) => ({ ...before, loading: true, failure: null }));
    const read = async (): Promise<void> => {
      try {
        const { voices: found, hasMore } = await voices.library(workspaceId, {
          search,
          language,
          gender,
          page: number,
        });
        if (!wanted) return;
        setPage((before) => ({
          found: number === 0 ? found : [...before.found, ...found],
          hasMore,
          loading: false,
          failure: null,
        }));
      } catch (error) {
        if (wanted) setPage({ ...nothing, loading: false, failure: failureOf(error).message });
      }
    };
    const timer = setTimeout(() => void read(), settledMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [voices, workspaceId, search, language, gender, number]);
  const readSlots = useCallback(() => {
    if (workspaceId !== null) void voices.slotsOf(workspaceId).then(setSlots);
  }, [voices, workspaceId]);
  return { ...page, slots, more: () => setNumber(number + 1), readSlots };
};
