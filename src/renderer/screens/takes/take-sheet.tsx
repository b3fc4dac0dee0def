import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Take } from '#contract/entities.ts';
import { chordOf } from '../../app/commands.ts';
import { useStudio } from '../../app/studio-context.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import { copyDetails, copyLink, downloadTake } from '../history/take-away.ts';
import { TakeDetail } from './take-detail.tsx';

/** Things that the Space and Enter keys press by themselves, and those that take letters. */
const ownKeys = 'button, a, input, textarea, select, [role="slider"], [contenteditable="true"]';

/** One take, from wherever a link to it was followed: over any room. */
export const TakeSheet = () => {
  const studio = useStudio();
  const { takes, player, navigation } = studio;
  const take = useStore(takes, (state) => state.take);
  const problem = useStore(takes, (state) => state.problem);
  const t = wordsOf('history');

  useEffect(() => {
    const hear = (one: Take): void => void hearTake(one);
    const step = (by: 1 | -1): void => {
      const { siblings, take: open } = takes.getState();
      const next = siblings[siblings.findIndex(({ id }) => id === open?.id) + by];
      if (next !== undefined) hear(next);
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      const { take: open, entry } = takes.getState();
      const isTaken = event.target instanceof Element && event.target.closest(ownKeys) !== null;
      const chord = chordOf(event);
      if (open === null || event.defaultPrevented || (isTaken && ['Space', 'Enter'].includes(chord))) return;
      const runs: Readonly<Record<string, () => unknown>> = {
        Space: () => (player.getState().program?.id === open.id ? player.toggle() : hear(open)),
        Enter: () => takes.select(open.id),
        J: () => step(1),
        K: () => step(-1),
        D: () => downloadTake(studio, open.id),
        L: () => copyLink(studio, open.id),
        C: () => (entry === null ? undefined : copyDetails(studio, entry)),
      };
      const run = runs[chord];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
  /** The sheet goes with what is heard; one take after the other plays from the same second, to compare them. */
  const hearTake = async (one: Take): Promise<void> => {
    const { program, phase, seconds } = player.getState();
    const at = phase === 'playing' && program?.id === takes.getState().take?.id && program?.id !== one.id ? seconds : 0;
    if (one.id !== navigation.getState().takeId) navigation.go({ takeId: one.id }, 'replace');
    await player.startTake(one);
    if (at > 0 && at < one.durationMs / 1000) player.seek(at);
  };

  return (
    <Sheet title={t('takeTitle')} place="side" width="wide" onClose={() => navigation.show(null)}>
      {problem !== null ? (
        <EmptyState title={t('takeGone')}>{problem}</EmptyState>
      ) : (
        take !== null && <TakeDetail take={take} onHear={hearTake} />
      )}
    </Sheet>
  );
};
