/**
 * Places all over the list, so that a screen can jump to its middle: a cursor for each page. Pages are counted from the
 * oldest entry, so that what arrives on top moves none of them; only the newest page grows. Made in short pieces, kept,
 * and gone on with from where it ended; made anew where older entries came or went.
 */
import { countFrom, grewOnTop, idAbove, type ListState, readListState } from '../database/history-list.ts';
import type { Clock, ReadableDatabase } from '../ports.ts';

export interface ListIndex {
  readonly total: number;
  readonly step: number;
  /** Entries of the newest page; all others have `step`. */
  readonly newest: number;
  /** The newest page's first, which has none. */
  readonly cursors: readonly (string | null)[];
}

/** Longest work without letting others run, in ms. */
const sliceMs = 5;

interface Kept {
  readonly state: ListState;
  /** Ids that stand `step` apart, the oldest first. */
  readonly anchors: readonly number[];
  readonly newest: number;
}

export const createListIndex = ({
  database,
  clock,
}: {
  readonly database: ReadableDatabase;
  readonly clock: Pick<Clock, 'breathe' | 'monotonic'>;
}) => {
  const kept = new Map<number, Kept>();
  const making = new Map<number, Promise<Kept>>();

  const build = async (step: number): Promise<Kept> => {
    let state = readListState(database);
    const before = kept.get(step);
    const anchors = before !== undefined && grewOnTop(before.state, state) ? [...before.anchors] : [];
    let from = anchors.at(-1) ?? 0;
    let started = clock.monotonic();
    for (;;) {
      const next = idAbove(database, from, step);
      if (next === null) break;
      anchors.push(next);
      from = next;
      if (clock.monotonic() - started < sliceMs) continue;
      await clock.breathe();
      started = clock.monotonic();
      const now = readListState(database);
      // What was counted so far may stand elsewhere by now.
      if (!grewOnTop(state, now)) {
        anchors.length = 0;
        from = 0;
      }
      state = now;
    }
    const made = { state, anchors, newest: countFrom(database, from) };
    kept.set(step, made);
    return made;
  };

  return async (step: number): Promise<ListIndex> => {
    const underWay = making.get(step);
    const promise = underWay ?? build(step).finally(() => making.delete(step));
    making.set(step, promise);
    const { anchors, newest } = await promise;
    const total = anchors.length * step + newest;
    return {
      total,
      step,
      newest,
      cursors: total === 0 ? [] : [null, ...anchors.toReversed().map(String)],
    };
  };
};
