/** The whole history as one list, newest first: how long it is, and places in it. */
import type { ReadableDatabase } from '../ports.ts';
import { listRuns, type Run } from './history-order.ts';

/** What a list was like when it was looked at; tells whether it only grew at its new end since. */
export interface ListState {
  readonly count: number;
  /** The newest first. */
  readonly runs: readonly Run[];
}

/** Counts leaf by leaf of the narrowest index: 2 ms for a million entries. */
export const readListState = (database: ReadableDatabase): ListState => ({
  count: database.prepare<{ n: number }>('SELECT count(*) AS n FROM history_entries').get()?.n ?? 0,
  runs: listRuns(database),
});

const isSame = (a: Run, b: Run): boolean =>
  a.seq === b.seq && a.lowSeq === b.lowSeq && a.highSeq === b.highSeq && a.lowId === b.lowId && a.highId === b.highId;

/** Whether everything that came or went since stands above what was the newest. */
export const grewOnTop = (before: ListState, now: ListState): boolean => {
  const [top, ...rest] = now.runs;
  const [topBefore, ...restBefore] = before.runs;
  if (top === undefined || topBefore === undefined) return before.count === now.count;
  return (
    top.seq === topBefore.seq &&
    top.lowSeq === topBefore.lowSeq &&
    top.lowId === topBefore.lowId &&
    rest.length === restBefore.length &&
    rest.every((run, index) => isSame(run, restBefore[index] ?? top)) &&
    now.count - before.count === top.highSeq - topBefore.highSeq
  );
};

/** The id that stands `step` places above this one; null: there are not so many. */
export const idAbove = (database: ReadableDatabase, id: number, step: number): number | null =>
  database
    .prepare<{ id: number }>('SELECT id FROM history_entries WHERE id >= +? ORDER BY id LIMIT 1 OFFSET CAST(? AS INTEGER)')
    .get(id, step)?.id ?? null;
export const countFrom = (database: ReadableDatabase, id: number): number =>
  database.prepare<{ n: number }>('SELECT count(*) AS n FROM history_entries WHERE id >= +?').get(id)?.n ?? 0;
