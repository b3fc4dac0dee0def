/** Several lists that each run from new to old, read as one, no further than needed. */
import type { Hit } from '../database/history-search.ts';

export interface Stream {
  /** No hit of it has a higher id. */
  readonly highestId: number;
  /** The next hits, newest first; fewer than asked for: that was all. */
  next(count: number): readonly Hit[];
}
/** Hits that a stream is asked for at a time, at least. */
const leastBatch = 16;

/** Takes the next hits of all; fewer than asked for: that was all. An entry that stands in two streams comes once. */
export const mergeStreams = (streams: readonly Stream[]): ((count: number) => Hit[]) => {
  const open = streams.map((stream) => ({ stream, top: stream.highestId, waiting: [] as Hit[], ended: false }));
  let last = Number.POSITIVE_INFINITY;
  return (count) => {
    const taken: Hit[] = [];
    while (taken.length < count) {
      const best = open.reduce<(typeof open)[number] | null>(
        (highest, one) =>
          one.waiting.length === 0 && one.ended ? highest : highest === null || one.top > highest.top ? one : highest,
        null,
      );
      if (best === null) break;
      const hit = best.waiting.shift();
      if (hit === undefined) {
        // Where many streams lie beside each other, each gives a part of the page.
        const asked = Math.max(leastBatch, Math.ceil((count - taken.length) / Math.max(1, open.length / 2)));
        best.waiting = [...best.stream.next(asked)];
        best.ended = best.waiting.length < asked;
        best.top = best.waiting[0]?.id ?? -1;
        continue;
      }
      best.top = best.waiting[0]?.id ?? hit.id - 1;
      if (hit.id < last) taken.push(hit);
      last = Math.min(last, hit.id);
    }
    return taken;
  };
};
