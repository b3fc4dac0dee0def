/** What a render's figures come to: its bar, its counts, its words. */
import type { Render, RenderProgress } from '#contract/entities.ts';
import { formatCredits } from '../../components/format.ts';
import type { Portion } from '../../components/progress.tsx';

/** The bar of a render, in the order in which a line lives. */
export const portionsOf = (progress: RenderProgress): readonly Portion[] => [
  { kind: 'owned', count: progress.owned },
  { kind: 'done', count: progress.succeeded },
  { kind: 'failed', count: progress.failed },
  { kind: 'asking', count: progress.uncertain },
  { kind: 'running', count: progress.running },
];

/** Units that can be heard: made now or owned before. A failed one is over, but it is no success. */
export const withAudio = ({ owned, succeeded }: RenderProgress): number => owned + succeeded;

/** Nothing of it goes on before a person decides about its lost calls. */
export const waitsForPerson = ({ state, progress }: Pick<Render, 'state' | 'progress'>): boolean =>
  state === 'active' &&
  progress.asking > 0 &&
  progress.asking === progress.uncertain &&
  progress.queued === 0 &&
  progress.running === 0;

/** Only what is made and cost nothing is free; what is held may still be charged. */
export const spentWords = ({ spentCredits, heldCredits, succeeded }: RenderProgress): string => {
  if (spentCredits > 0) return `${formatCredits(spentCredits)} cr`;
  return heldCredits === 0 && succeeded > 0 ? 'free' : '0';
};
