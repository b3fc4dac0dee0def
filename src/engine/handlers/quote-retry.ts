/** What a retry is expected to cost, added up in slices. */
import type { SpeechRecipe } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { listRetryCalls } from '../database/job-lists.ts';
import { getWorkspaceBySeq } from '../database/workspaces.ts';
import type { EngineContext } from './context.ts';

/** Rows a slice: a few ms. */
const rowsPerSlice = 300;

export const quoteRetry = async (
  { ports: { database, clock }, queue }: EngineContext,
  which: { readonly renderId: string; readonly errorCode: string | undefined },
): Promise<MethodOutput<'render.quoteRetry'>> => {
  const totals = new Map<number, { calls: number; credits: number | null }>();
  for (let after: number | undefined = 0; after !== undefined; ) {
    const rows = listRetryCalls(database, { ...which, after, limit: rowsPerSlice });
    for (const { workspaceSeq, canonical } of rows) {
      const total = totals.get(workspaceSeq) ?? { calls: 0, credits: 0 };
      totals.set(workspaceSeq, total);
      const price = queue.priceOf(workspaceSeq, JSON.parse(canonical) as SpeechRecipe);
      total.calls += 1;
      total.credits = total.credits === null || price === null ? null : total.credits + price;
    }
    after = rows.length < rowsPerSlice ? undefined : rows.at(-1)?.seq;
    if (after !== undefined) await clock.breathe();
  }
  const byWorkspace = [...totals].flatMap(([seq, total]) => {
    const row = getWorkspaceBySeq(database, seq);
    return row === null ? [] : [{ workspaceId: row.id, workspaceName: row.name, ...total }];
  });
  return { calls: byWorkspace.reduce((sum, { calls }) => sum + calls, 0), byWorkspace };
};
