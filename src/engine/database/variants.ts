/** Writes of a script's table of variants, row by row: a changed cell touches one row of ten thousand. */
import type { Variant } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

/** A row as it lies in the table; its number is its place. */
export type TableRow = Readonly<Pick<Variant, 'name' | 'values' | 'voices'>>;

/** Between two rows, so that others find room there. */
const gap = 1024;

const insertSql = 'INSERT INTO variants (script_id, row, name, cells, voices) VALUES (?, ?, ?, ?, ?)';
const written = ({ name, values, voices }: TableRow) => [name, JSON.stringify(values), JSON.stringify(voices)] as const;

/** Puts the columns down and counts the table's revision up; returns it. */
export const saveTable = (database: WritableDatabase, scriptId: string, columns: readonly string[]): number => {
  database
    .prepare(
      `INSERT INTO variant_tables (script_id, columns, revision) VALUES (?1, ?2, 1)
       ON CONFLICT (script_id) DO UPDATE SET columns = ?2, revision = revision + 1`,
    )
    .run(scriptId, JSON.stringify(columns));
  return tableHead(database, scriptId).revision;
};
export const tableHead = (
  database: ReadableDatabase,
  scriptId: string,
): { readonly columns: readonly string[]; readonly revision: number } => {
  const raw = database
    .prepare<{ columns: string; revision: number }>('SELECT columns, revision FROM variant_tables WHERE script_id = ?')
    .get(scriptId);
  return raw === undefined
    ? { columns: [], revision: 0 }
    : { columns: JSON.parse(raw.columns) as string[], revision: raw.revision };
};

/** Returns the new revision. */
export const replaceVariants = (
  database: WritableDatabase,
  scriptId: string,
  table: { readonly columns: readonly string[]; readonly rows: readonly TableRow[] },
): number => {
  database.prepare('DELETE FROM variants WHERE script_id = ?').run(scriptId);
  const insert = database.prepare(insertSql);
  for (const [index, row] of table.rows.entries()) insert.run(scriptId, (index + 1) * gap, ...written(row));
  return saveTable(database, scriptId, table.columns);
};

/** The rows of one script's table by their place, from 0. Use inside one transaction: it holds the order of the rows. */
export const openRows = (database: WritableDatabase, scriptId: string) => {
  let order = database
    .prepare<{ row: number }>('SELECT row FROM variants WHERE script_id = ? ORDER BY row')
    .all(scriptId)
    .map(({ row }) => row);
  const get = database.prepare<{ name: string; cells: string; voices: string }>(
    'SELECT name, cells, voices FROM variants WHERE script_id = ? AND row = ?',
  );
  const update = database.prepare(
    'UPDATE variants SET name = ?3, cells = ?4, voices = ?5 WHERE script_id = ?1 AND row = ?2',
  );
  const insert = database.prepare(insertSql);
  const remove = database.prepare('DELETE FROM variants WHERE script_id = ? AND row = ?');
  const move = database.prepare('UPDATE variants SET row = ?3 WHERE script_id = ?1 AND row = ?2');
  const named = database.prepare<{ row: number }>('SELECT row FROM variants WHERE script_id = ? AND name = ?');
  const keyAt = (index: number): number => order[index] ?? 0;
  /** By way of negative places: two rows never stand at the same. */
  const rekey = (keys: readonly number[]): void => {
    for (const [index, key] of order.entries()) move.run(scriptId, key, -(keys[index] ?? 0));
    for (const key of keys) move.run(scriptId, -key, key);
    order = [...keys];
  };

  return {
    count: (): number => order.length,
    at: (index: number): TableRow => {
      const raw = get.get(scriptId, keyAt(index));
      return raw === undefined
        ? { name: '', values: {}, voices: {} }
        : {
            name: raw.name,
            values: JSON.parse(raw.cells) as Record<string, string>,
            voices: JSON.parse(raw.voices) as Record<string, string>,
          };
    },
    put: (index: number, row: TableRow): void => {
      update.run(scriptId, keyAt(index), ...written(row));
    },
    insert: (index: number, rows: readonly TableRow[]): void => {
      const before = index === 0 ? 0 : keyAt(index - 1);
      const room = index === order.length ? rows.length * gap + gap : keyAt(index) - before;
      if (room <= rows.length) rekey(order.map((_, at) => (at < index ? at + 1 : at + 1 + rows.length) * gap));
      const from = index === 0 ? 0 : keyAt(index - 1);
      const until = index === order.length ? from + (rows.length + 1) * gap : keyAt(index);
      const step = Math.floor((until - from) / (rows.length + 1));
      const keys = rows.map((_, at) => from + (at + 1) * step);
      for (const [at, row] of rows.entries()) insert.run(scriptId, keys[at] ?? 0, ...written(row));
      order = [...order.slice(0, index), ...keys, ...order.slice(index)];
    },
    remove: (index: number, count: number): void => {
      for (const key of order.slice(index, index + count)) remove.run(scriptId, key);
      order = [...order.slice(0, index), ...order.slice(index + count)];
    },
    /** `places[n]` is where the row at `n` goes. */
    reorder: (places: readonly number[]): void => {
      rekey(places.map((place) => (place + 1) * gap));
      order.sort((a, b) => a - b);
    },
    /** Places of the rows of this name, in order. */
    called: (name: string): readonly number[] => {
      const keys = new Set(named.all(scriptId, name).map(({ row }) => row));
      if (keys.size === 0) return [];
      return [...keys].map((key) => placeOf(order, key)).toSorted((a, b) => a - b);
    },
  };
};

/** Where a key stands in an ascending list. */
const placeOf = (order: readonly number[], key: number): number => {
  let low = 0;
  let high = order.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((order[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
};
