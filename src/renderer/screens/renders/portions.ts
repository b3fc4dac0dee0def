import type { RenderProgress } from '#contract/entities.ts';
import type { Portion } from '../../components/progress.tsx';

/** The bar of a render, in the order in which a line lives. */
export const portionsOf = (progress: RenderProgress): readonly Portion[] => [
  { kind: 'owned', count: progress.owned },
  { kind: 'done', count: progress.succeeded },
  { kind: 'failed', count: progress.failed },
  { kind: 'asking', count: progress.uncertain },
  { kind: 'running', count: progress.running },
];
