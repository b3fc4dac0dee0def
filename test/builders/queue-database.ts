/** A real library database in a temp file with the rows that a queue needs, for tests below the engine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { insertJob } from '#engine/database/jobs.ts';
import { migrate } from '#engine/index.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { openDatabase } from '#node/database.ts';

export interface RenderOptions {
  readonly state?: string;
  readonly priority?: number;
  readonly budget?: number | null;
}
export interface QueueDatabase {
  readonly database: WritableDatabase;
  readonly workspaceSeq: number;
  addRender(options?: RenderOptions): number;
  addRecipe(text?: string): number;
  /** A queued speech job of its own recipe. */
  addJob(
    renderSeq: number,
    options?: { readonly recipeId?: number; readonly takeNo?: number; readonly hold?: number },
  ): number;
  /** One value of one row. */
  value(sql: string, ...parameters: (string | number)[]): unknown;
  remove(): void;
}

export const speech = (text: string) => ({
  kind: 'speech' as const,
  provider: 'chosen' as const,
  /** Of a workspace at http://vendor without a key owner. */
  account: 'http://vendor#',
  voice: 'Ava',
  model: null,
  language: null,
  text,
  settings: {},
  format: 'wav',
});

export const openQueueDatabase = (): QueueDatabase => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-queue-'));
  const database = openDatabase(join(folder, 'library.db'));
  migrate(database);
  let count = 0;
  const next = (): number => (count += 1);
  database.exec(`INSERT INTO workspaces (id, provider, name, base_url, created_at) VALUES ('w', 'chosen', 'chosen', 'http://vendor', 1);
    INSERT INTO projects (id, name, created_at) VALUES ('p', 'Test', 1)`);
  const addRecipe: QueueDatabase['addRecipe'] = (text = `Line ${next()}`) =>
    database
      .prepare(
        "INSERT INTO recipes (hash, kind, provider, voice, text, characters, canonical) VALUES (?, 'speech', 'chosen', 'Ava', ?, ?, ?)",
      )
      .run(String(next()).padStart(64, '0'), text, text.length, JSON.stringify(speech(text))).lastInsertRowid;
  return {
    database,
    workspaceSeq: 1,
    addRecipe,
    addRender: ({ state = 'active', priority = 0, budget = null } = {}) =>
      database
        .prepare(
          `INSERT INTO renders (id, project_id, title, purpose, state, takes, budget_credits, priority, person, machine, created_at, finished_at)
           VALUES (?1, 'p', 'Render', 'render', ?2, 1, ?3, ?4, 'someone', 'here', ?5, CASE WHEN ?2 IN ('done', 'cancelled') THEN 1 END)`,
        )
        .run(`r${next()}`, state, budget, priority, next()).lastInsertRowid,
    addJob: (renderSeq, { recipeId = addRecipe(), takeNo = 1, hold } = {}) => {
      const seq = insertJob(database, {
        id: `j${next()}`,
        workspaceSeq: 1,
        renderSeq,
        kind: 'speech',
        recipeId,
        takeNo,
        waitingParts: 0,
        heldCredits: null,
        at: 1,
      });
      if (hold !== undefined) database.prepare('UPDATE jobs SET held_credits = ? WHERE seq = ?').run(hold, seq);
      return seq;
    },
    value: (sql, ...parameters) => Object.values(database.prepare(sql).get(...parameters) ?? { none: undefined })[0],
    remove: () => {
      database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
