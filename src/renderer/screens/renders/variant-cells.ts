/** Variants as squares: one each while they fit, several in one beyond that. */
import type { RenderVariant } from '#contract/entities.ts';

export type CellTone = 'ready' | 'running' | 'partly' | 'waiting' | 'failed' | 'uncertain';
export interface VariantCell {
  readonly tone: CellTone;
  readonly first: string;
  readonly last: string;
  readonly variants: number;
  readonly ready: number;
  readonly failed: number;
  readonly items: number;
}

/** More squares than this say no more, and cost drawing. */
export const mostCells = 480;

/** The worst a person should know of comes first. */
const toneOf = (cell: {
  ready: number;
  failed: number;
  uncertain: number;
  running: number;
  items: number;
}): CellTone => {
  if (cell.failed > 0) return 'failed';
  if (cell.uncertain > 0) return 'uncertain';
  if (cell.ready === cell.items) return 'ready';
  if (cell.running > 0) return 'running';
  return cell.ready > 0 ? 'partly' : 'waiting';
};

export const cellsOf = (variants: readonly RenderVariant[], most: number = mostCells): readonly VariantCell[] => {
  const each = Math.max(1, Math.ceil(variants.length / most));
  return Array.from({ length: Math.ceil(variants.length / each) }, (_, at) => {
    const group = variants.slice(at * each, (at + 1) * each);
    const sum = (pick: (variant: RenderVariant) => number): number =>
      group.reduce((total, one) => total + pick(one), 0);
    const counts = {
      items: sum(({ items }) => items),
      ready: sum(({ ready }) => ready),
      failed: sum(({ failed, cancelled }) => failed + cancelled),
      uncertain: sum(({ uncertain }) => uncertain),
      running: sum(({ running }) => running),
    };
    return {
      tone: toneOf(counts),
      first: group[0]?.variant ?? '',
      last: group.at(-1)?.variant ?? '',
      variants: group.length,
      ready: counts.ready,
      failed: counts.failed,
      items: counts.items,
    };
  });
};
