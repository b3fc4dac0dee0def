/** A render's items counted by variant, in slices, so that a big one does not hold up the queue. */
import type { JobState, RenderVariant } from '#contract/entities.ts';
import { listItemStates } from '../database/render-items.ts';
import type { Ports } from '../ports.ts';

/** Rows a slice: a few ms. */
const rowsPerSlice = 500;

const countOf: Readonly<Record<JobState, Exclude<keyof RenderVariant, 'variant' | 'items'> | null>> = {
  queued: null,
  running: 'running',
  uncertain: 'uncertain',
  succeeded: 'ready',
  failed: 'failed',
  cancelled: 'cancelled',
};

export const countVariants = async (
  { database, clock }: Pick<Ports, 'database' | 'clock'>,
  renderSeq: number,
): Promise<RenderVariant[]> => {
  const variants = new Map<string, { -readonly [K in keyof RenderVariant]: RenderVariant[K] }>();
  for (let after: number | undefined = -1; after !== undefined; ) {
    const rows = listItemStates(database, renderSeq, after, rowsPerSlice);
    for (const { variant, state } of rows) {
      const counts = variants.get(variant) ?? {
        variant,
        items: 0,
        ready: 0,
        running: 0,
        uncertain: 0,
        failed: 0,
        cancelled: 0,
      };
      variants.set(variant, counts);
      counts.items += 1;
      const name = countOf[state];
      if (name !== null) counts[name] += 1;
    }
    after = rows.length < rowsPerSlice ? undefined : rows.at(-1)?.position;
    if (after !== undefined) await clock.breathe();
  }
  return [...variants.values()];
};
