/**
 * Where a new entry stands: its time-ordered id, and its place in the full-text index. See migration 0005.
 * Parameters are `+?` in all statements of the history: this SQLite (built with STAT4) compiles a statement anew after each
 * binding whose value its planner looked at, and a plus hides the value (a join of four tables: 14 instead of 180 microseconds).
 */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

/** Entries of one millisecond that keep its id. */
const idsPerMs = 1024;
/** Room of a run, half of it downwards. */
const runRoom = 2 ** 32;

/** The id that an entry of this moment has at least; also the bound of a filter by time. */
export const firstIdAt = (at: number): number => Math.max(0, Math.floor(at)) * idsPerMs;
/** Epoch ms. */
export const atOfId = (id: number): number => Math.floor(id / idsPerMs);

/** The next free id of this moment; of a later one when more than 1,024 came in this one. */
export const freeId = (database: ReadableDatabase, at: number): number => {
  for (let from = firstIdAt(at); ; from += idsPerMs) {
    const last =
      database
        .prepare<{ id: number | null }>('SELECT max(id) AS id FROM history_entries WHERE id >= +? AND id < +?')
        .get(from, from + idsPerMs)?.id ?? null;
    if (last === null) return from;
    if (last < from + idsPerMs - 1) return last + 1;
  }
};

export interface Run {
  readonly seq: number;
  readonly lowSeq: number;
  readonly highSeq: number;
  /** Entries above are not in the full-text index yet. */
  readonly indexedSeq: number;
  readonly lowId: number;
  readonly highId: number;
  /** Entries that were taken out of it. */
  readonly removed: number;
}
/** The newest first. */
export const listRuns = (database: ReadableDatabase): Run[] =>
  database
    .prepare<Run>(
      `SELECT seq, low_seq AS lowSeq, high_seq AS highSeq, indexed_seq AS indexedSeq, low_id AS lowId, high_id AS highId, removed
       FROM history_runs ORDER BY high_id DESC`,
    )
    .all();
export const setIndexed = (database: WritableDatabase, runSeq: number, indexedSeq: number): void => {
  database.prepare('UPDATE history_runs SET indexed_seq = ? WHERE seq = +?').run(indexedSeq, runSeq);
};

/** Whether entries from this id on can stand on top of a run. */
export const fitsOnTop = (database: ReadableDatabase, lowId: number): boolean =>
  database.prepare('SELECT 1 FROM history_runs WHERE high_id < +?').get(lowId) !== undefined;

export interface Places {
  readonly firstSeq: number;
  /** The run on whose top they stand, with what of it waits to be indexed; null: they are to be indexed now. */
  readonly waiting: { readonly runSeq: number; readonly fromSeq: number; readonly toSeq: number } | null;
}
/**
 * Places for `count` entries whose ids grow from `lowId` to `highId`. On top of the run that ends nearest before them,
 * else at the foot of one that begins after them (pages read into the past), else in a new run.
 */
export const takePlaces = (database: WritableDatabase, lowId: number, highId: number, count: number): Places => {
  const [above] = database
    .prepare<{ seq: number; high_seq: number; indexed_seq: number }>(
      `UPDATE history_runs SET high_seq = high_seq + ?, high_id = ?
       WHERE seq = (SELECT seq FROM history_runs WHERE high_id < +? ORDER BY high_id DESC LIMIT 1)
       RETURNING seq, high_seq, indexed_seq`,
    )
    .all(count, highId, lowId);
  if (above !== undefined) {
    return {
      firstSeq: above.high_seq - count + 1,
      waiting: { runSeq: above.seq, fromSeq: above.indexed_seq + 1, toSeq: above.high_seq },
    };
  }
  const [below] = database
    .prepare<{ low_seq: number }>(
      `UPDATE history_runs SET low_seq = low_seq - ?, low_id = ?
       WHERE seq = (SELECT seq FROM history_runs WHERE low_id > +? ORDER BY low_id LIMIT 1) RETURNING low_seq`,
    )
    .all(count, lowId, highId);
  if (below !== undefined) return { firstSeq: below.low_seq, waiting: null };
  const runs = database.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM history_runs').get()?.seq ?? 0;
  const firstSeq = (runs + 1) * runRoom;
  const highSeq = firstSeq + count - 1;
  database
    .prepare(
      'INSERT INTO history_runs (seq, low_seq, high_seq, indexed_seq, low_id, high_id) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(runs + 1, firstSeq, highSeq, highSeq, lowId, highId);
  return { firstSeq, waiting: null };
};
