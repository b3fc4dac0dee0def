/** The whole history as one list: whether it only grew at its new end, and places in it. */
import type { ReadableDatabase } from '../ports.ts';
import { listRuns, type Run } from './history-order.ts';

/** The newest first. Each entry that comes or goes changes a run: counting a million of them would take 20 ms. */
export type ListState = readonly Run[];
export const readListState = (database: ReadableDatabase): ListState => listRuns(database);

const isSame = (a: Run, b: Run | undefined): boolean =>
  b !== undefined &&
  a.seq === b.seq &&
  a.lowSeq === b.lowSeq &&
  a.highSeq === b.highSeq &&
  a.lowId === b.lowId &&
  a.highId === b.highId &&
  a.removed === b.removed;

/** Whether everything that came since stands above what was the newest, and nothing went. */
export const grewOnTop = ([topBefore, ...restBefore]: ListState, [top, ...rest]: ListState): boolean => {
  if (top === undefined || topBefore === undefined) return top === topBefore;
  return (
    isSame({ ...top, highSeq: topBefore.highSeq, highId: topBefore.highId }, topBefore) &&
    rest.length === restBefore.length &&
    rest.every((run, index) => isSame(run, restBefore[index]))
  );
};

/** The id that stands `step` places above this one; null: there are not so many. */
export const idAbove = (database: ReadableDatabase, id: number, step: number): number | null =>
  database
    .prepare<{ id: number }>(
      'SELECT id FROM history_entries WHERE id >= +? ORDER BY id LIMIT 1 OFFSET CAST(? AS INTEGER)',
    )
    .get(id, step)?.id ?? null;
export const countFrom = (database: ReadableDatabase, id: number): number =>
  database.prepare<{ n: number }>('SELECT count(*) AS n FROM history_entries WHERE id >= +?').get(id)?.n ?? 0;
