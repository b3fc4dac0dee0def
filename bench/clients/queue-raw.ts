/** better-sqlite3 with nothing around it, 1,000 rows a commit at synchronous=FULL: one table with one index; and the very rows an order of ours makes. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { giveAnswer, orderOf } from '../setup/client-side.ts';

const { folder, jobs } = orderOf<{ readonly folder: string; readonly jobs: number }>();
/** Written by our client of the same round: its schema, and the rows to copy. */
const library = join(folder, 'library.db');
const perCommit = 1000;

const open = (name: string): Sqlite.Database => {
  const database = new Sqlite(join(folder, name));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return database;
};
const timed = (database: Sqlite.Database, insert: (index: number) => void): number => {
  const started = performance.now();
  for (let from = 0; from < jobs; from += perCommit) {
    database.transaction(() => {
      for (let index = from; index < Math.min(jobs, from + perCommit); index += 1) insert(index);
    })();
  }
  return performance.now() - started;
};

const single = open('single.db');
single.exec(
  'CREATE TABLE jobs (id INTEGER PRIMARY KEY, state INTEGER NOT NULL, payload TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT; CREATE INDEX jobs_state ON jobs (state, id);',
);
const payload = JSON.stringify({ text: 'every lamp in the house '.repeat(15), voice: 'Ava', settings: {} });
const insertJob = single.prepare('INSERT INTO jobs (state, payload, created_at) VALUES (0, ?, ?)');
const singleMs = timed(single, (index) => insertJob.run(payload, index));

const source = new Sqlite(library, { readonly: true });
const objects = source
  .prepare<[], { readonly sql: string }>(
    // A full-text index makes its own tables again.
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid",
  )
  .all();
const same = open('same.db');
for (const { sql } of objects) same.exec(sql);
const copied = ['recipes', 'render_items', 'jobs', 'ledger'] as const;
for (const table of ['workspaces', 'projects', 'renders'] as const) {
  const rows = source.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).all();
  for (const row of rows)
    same
      .prepare(
        `INSERT INTO ${table} VALUES (${Object.keys(row)
          .map((name) => `@${name}`)
          .join(', ')})`,
      )
      .run(row);
}
const inserts = copied.map((table) => {
  const condition = table === 'ledger' ? " WHERE kind = 'hold'" : '';
  const rows = source.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}${condition}`).all();
  const names = Object.keys(rows[0] ?? {});
  const statement = same.prepare(`INSERT INTO ${table} VALUES (${names.map(() => '?').join(', ')})`);
  // As they stood when they were queued.
  const queued = { state: 'queued', held_credits: 60, generation_id: null, claim_id: null };
  return { statement, rows: rows.map((row) => Object.values(table === 'jobs' ? { ...row, ...queued } : row)) };
});
const sameMs = timed(same, (index) => {
  for (const { statement, rows } of inserts) statement.run(...(rows[index] ?? []));
});
giveAnswer({ singleMs, sameMs });
