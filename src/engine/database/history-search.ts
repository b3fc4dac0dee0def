/** Candidates of a search, newest first, a stretch at a time: by time, by voice, or by their words. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import type { Run } from './history-order.ts';

/** An entry by both its numbers. */
export interface Hit {
  readonly id: number;
  readonly seq: number;
}

export const pageByTime = (database: ReadableDatabase, before: number, from: number, limit: number): Hit[] =>
  database
    .prepare<Hit>('SELECT id, seq FROM history_entries WHERE id < +? AND id >= +? ORDER BY id DESC LIMIT +?')
    .all(before, from, limit);
export const pageBySpeaker = (
  database: ReadableDatabase,
  speakerSeq: number,
  before: number,
  from: number,
  limit: number,
): Hit[] =>
  database
    .prepare<Hit>(
      'SELECT id, seq FROM history_entries WHERE speaker_seq = +? AND id < +? AND id >= +? ORDER BY id DESC LIMIT +?',
    )
    .all(speakerSeq, before, from, limit);

/**
 * Hits of one run with `seq` from `lowSeq` to below `beforeSeq`. Numbers reach SQLite as floating point, and the index
 * goes straight to a row by an integer alone: without the casts it counts its way there (at 50,000 hits 5 ms instead of 0.07).
 */
export const pageByWords = (
  database: ReadableDatabase,
  match: string,
  beforeSeq: number,
  lowSeq: number,
  limit: number,
): Hit[] =>
  database
    .prepare<Hit>(
      `SELECT e.id, e.seq FROM (SELECT rowid AS seq FROM history_text WHERE history_text MATCH +? AND rowid < CAST(? AS INTEGER) AND rowid >= CAST(? AS INTEGER)
         ORDER BY rowid DESC LIMIT +?) h CROSS JOIN history_entries e ON e.seq = h.seq`,
    )
    .all(match, beforeSeq, lowSeq, limit)
    .sort((a, b) => b.id - a.id);
/** All hits if they are not more than `limit`, else null. */
export const fewHits = (database: ReadableDatabase, match: string, limit: number): Hit[] | null => {
  const hits = database
    .prepare<Hit>(
      `SELECT e.id, e.seq FROM (SELECT rowid AS seq FROM history_text WHERE history_text MATCH +? LIMIT +?) h
       CROSS JOIN history_entries e ON e.seq = h.seq`,
    )
    .all(match, limit + 1);
  return hits.length > limit ? null : hits.sort((a, b) => b.id - a.id);
};
/** The lowest `seq` of a run that has at least this id; one above the run where none has. Both grow together. */
export const seqInRun = (database: ReadableDatabase, run: Run, id: number): number => {
  if (id <= run.lowId) return run.lowSeq;
  if (id > run.highId) return run.highSeq + 1;
  const near = database
    .prepare<{ seq: number }>('SELECT seq FROM history_entries WHERE id >= +? ORDER BY id LIMIT 8')
    .all(id)
    .find(({ seq }) => seq >= run.lowSeq && seq <= run.highSeq);
  if (near !== undefined) return near.seq;
  const idAt = database.prepare<{ id: number }>('SELECT id FROM history_entries WHERE seq >= +? ORDER BY seq LIMIT 1');
  let low = run.lowSeq;
  let high = run.highSeq;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((idAt.get(middle)?.id ?? Number.POSITIVE_INFINITY) >= id) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Entries that are not in the index yet. */
export const listWaiting = (database: ReadableDatabase): number[] =>
  database
    .prepare<{ seq: number }>(
      'SELECT e.seq FROM history_runs r JOIN history_entries e ON e.seq > r.indexed_seq AND e.seq <= r.high_seq',
    )
    .all()
    .map(({ seq }) => seq);

/** Words of the index that begin like this, in their order: at most `limit`. */
export const listTerms = (database: ReadableDatabase, prefix: string, limit: number): string[] => {
  const next = database.prepare<{ term: string }>('SELECT term FROM history_terms WHERE term >= +? LIMIT 1');
  const terms: string[] = [];
  for (let from = prefix; terms.length < limit; ) {
    const term = next.get(from)?.term;
    if (term === undefined || !term.startsWith(prefix)) break;
    terms.push(term);
    // No word has this character, so this is past all places of the word just found.
    from = `${term}\u0001`;
  }
  return terms;
};
/** Whether the index takes this expression. Without positions it refuses what it reads as more than one word. */
export const isSearchable = (database: ReadableDatabase, match: string): boolean => {
  try {
    database.prepare('SELECT rowid FROM history_text WHERE history_text MATCH +? LIMIT 1').get(match);
    return true;
  } catch {
    return false;
  }
};

/** Pieces that the index lies in; each search looks into all of them. */
export const countPieces = (database: ReadableDatabase): number =>
  database.prepare<{ n: number }>('SELECT count(DISTINCT segid) AS n FROM history_text_idx').get()?.n ?? 0;
/** Writes about so many pages of the pieces anew as one; `begin` with the first of many. False: it is done. */
export const mergePieces = (database: WritableDatabase, pages: number, begin: boolean): boolean => {
  const changes = (): number => database.prepare<{ n: number }>('SELECT total_changes() AS n').get()?.n ?? 0;
  const before = changes();
  database.prepare("INSERT INTO history_text (history_text, rank) VALUES ('merge', ?)").run(begin ? -pages : pages);
  // As the manual says: one change is the command itself.
  return changes() - before >= 2;
};
