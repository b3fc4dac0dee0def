/** What a render's figures come to: its bar, its counts, its words. */
import type { Render, RenderProgress } from '#contract/entities.ts';
import type { Portion } from '../../components/progress.tsx';
import { wordsOf } from '../../words/words.ts';

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

/** A render's state in a word or two. */
export const renderStateWords = (render: Pick<Render, 'state' | 'progress'>): string => {
  const t = wordsOf('renders');
  if (waitsForPerson(render)) return t('state_asking');
  if (render.state === 'done' && render.progress.failed > 0)
    return t('state_failed', { count: render.progress.failed });
  return t(`state_${render.state}`);
};

/** Only what is made and cost nothing is free; what is held may still be charged. */
export const spentWords = ({ spentCredits, heldCredits, succeeded }: RenderProgress): string => {
  const t = wordsOf('renders');
  if (spentCredits > 0) return t('creditsShort', { count: spentCredits });
  return heldCredits === 0 && succeeded > 0 ? t('free') : '0';
};

/** What is under way first, then what waits for something, then the rest; each the newest first. */
export const inOrder = (renders: readonly Render[]): readonly Render[] => {
  const rank = { active: 0, preparing: 0, over_budget: 1, paused: 1, done: 2, cancelled: 2 } as const;
  return renders.toSorted((a, b) => rank[a.state] - rank[b.state] || b.createdAt - a.createdAt);
};
