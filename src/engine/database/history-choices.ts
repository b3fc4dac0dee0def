/** What entries of the history are told apart by. */
import type { ReadableDatabase } from '../ports.ts';

/** Everybody who ever ordered a render. */
export const listOrderers = (database: ReadableDatabase): string[] =>
  database
    .prepare<{ person: string }>("SELECT DISTINCT person FROM renders WHERE person <> '' ORDER BY person")
    .all()
    .map(({ person }) => person);

/** Numbers at equal distances through a table of items (by `seq`) or of entries (by `id`), from the first on. */
export const samplePlaces = (
  database: ReadableDatabase,
  table: 'vendor_items' | 'history_entries',
  places: number,
): number[] => {
  const column = table === 'vendor_items' ? 'seq' : 'id';
  const end = (direction: 'ASC' | 'DESC'): number | undefined =>
    database
      .prepare<{ at: number }>(`SELECT ${column} AS at FROM ${table} ORDER BY ${column} ${direction} LIMIT 1`)
      .get()?.at;
  const first = end('ASC');
  const last = end('DESC');
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: places }, (_, index) => Math.floor(first + ((last - first) * index) / places));
};
export const sourcesNear = (database: ReadableDatabase, seq: number, rows: number): string[] =>
  database
    .prepare<{ source: string }>(
      'SELECT DISTINCT source FROM (SELECT source FROM vendor_items WHERE seq >= +? ORDER BY seq LIMIT +?) WHERE source IS NOT NULL',
    )
    .all(seq, rows)
    .map(({ source }) => source);
export const statusesNear = (database: ReadableDatabase, id: number, rows: number): string[] =>
  database
    .prepare<{ status: string }>(
      'SELECT DISTINCT status FROM (SELECT status FROM history_entries WHERE id >= +? ORDER BY id LIMIT +?)',
    )
    .all(id, rows)
    .map(({ status }) => status);
