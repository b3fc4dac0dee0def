/** Takes that were made before there was a history stand in it after the migration. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fewHits } from '#engine/database/history-search.ts';
import { migrate } from '#engine/index.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { openDatabase } from '#node/database.ts';

let folder = '';
let database: WritableDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuebooth-fill-'));
  database = openDatabase(join(folder, 'library.db'));
  migrate(database, 4);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const sha = (of: number): string => String(of).padStart(64, '0');
const addRecipe = (id: number, kind: 'speech' | 'joined', text: string): void => {
  const canonical =
    kind === 'speech' ? { kind, provider: 'chosen', voice: 'Ava', model: 'm1', text } : { kind, parts: [] };
  database
    .prepare(
      'INSERT INTO recipes (id, hash, kind, provider, voice, text, characters, canonical) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
    .run(id, sha(id), kind, kind === 'speech' ? 'chosen' : null, 'Ava', text, text.length, JSON.stringify(canonical));
};
/** A job, its call and its take, as the version before left them. */
const addTake = (recipeId: number, kind: 'speech' | 'join', at: number): void => {
  const job = database
    .prepare(
      "INSERT INTO jobs (id, workspace_seq, render_seq, kind, recipe_id, take_no, state, created_at, updated_at) VALUES (?, 1, 1, ?, ?, 1, 'succeeded', 1, 1)",
    )
    .run(`j${recipeId}`, kind, recipeId).lastInsertRowid;
  if (kind === 'speech')
    database
      .prepare(
        "INSERT INTO generations (id, job_seq, render_seq, state, method, url, content_type, body, base_url, charged_credits, created_at, submitted_at, settled_at) VALUES (?, ?, 1, 'settled', 'POST', 'u', 't', x'00', 'b', 12, 1, 1, 1)",
      )
      .run(`g${recipeId}`, job);
  database
    .prepare(
      'INSERT INTO takes (id, recipe_id, take_no, generation_id, sha256, format, bytes, duration_ms, created_at) VALUES (?, ?, 1, ?, ?, ?, 5, 1000, ?)',
    )
    .run(`t${recipeId}`, recipeId, kind === 'speech' ? `g${recipeId}` : null, sha(recipeId), 'wav', at);
};
const addItem = (position: number, recipeId: number): void => {
  database
    .prepare(
      "INSERT INTO render_items (render_seq, position, variant, line_position, character, recipe_id, take_no, leading_pause_ms, trailing_pause_ms) VALUES (1, ?, 'v', 1, 'C', ?, 1, 0, 0)",
    )
    .run(position, recipeId);
};

/** As they stood then: later migrations add to them. */
const runsOf = (database: WritableDatabase) =>
  database.prepare('SELECT low_id AS lowId, high_id AS highId FROM history_runs').all();

describe('the migration to the history', () => {
  it('makes an entry for each take that was ordered, in the order of time, found by its words', () => {
    database.exec(`INSERT INTO workspaces (id, provider, name, created_at) VALUES ('w', 'chosen', 'main', 1);
      INSERT INTO projects (id, name, created_at) VALUES ('p', 'Harbour', 1);
      INSERT INTO renders (id, project_id, title, purpose, state, takes, person, machine, created_at) VALUES ('r', 'p', 'R', 'render', 'active', 1, 'Kim', 'here', 1)`);
    database
      .prepare('INSERT INTO voices (workspace_seq, voice_id, position, body) VALUES (1, ?, 0, ?)')
      .run('Ava', '{"name":"Ava of May"}');
    addRecipe(1, 'speech', 'A plain line.');
    addRecipe(2, 'speech', 'The first half.');
    addRecipe(3, 'speech', 'The second half, ordered alone as well.');
    addRecipe(4, 'joined', 'The first half. The second half, ordered alone as well.');
    database.exec(
      'INSERT INTO recipe_parts (recipe_id, position, part_id, gap_after_ms) VALUES (4, 0, 2, 0), (4, 1, 3, 0)',
    );
    for (const [position, recipeId] of [1, 3, 4].entries()) addItem(position, recipeId);
    // The same millisecond twice, and not in the order of their rows.
    addTake(1, 'speech', 3000);
    addTake(2, 'speech', 1000);
    addTake(3, 'speech', 2000);
    addTake(4, 'join', 3000);
    migrate(database, 5);
    expect(
      database
        .prepare(
          `SELECT e.id, t.id AS take, g.id AS call, s.voice, s.model, s.name, e.status, r.id AS render FROM history_entries e
             JOIN takes t ON t.seq = e.take_seq JOIN history_speakers s ON s.seq = e.speaker_seq JOIN renders r ON r.seq = e.render_seq
             LEFT JOIN generations g ON g.seq = e.generation_seq ORDER BY e.seq`,
        )
        .all(),
    ).toEqual(
      [
        { id: 2000 * 1024, take: 't3', call: 'g3', model: 'm1' },
        { id: 3000 * 1024, take: 't1', call: 'g1', model: 'm1' },
        { id: 3000 * 1024 + 1, take: 't4', call: null, model: 'm1' },
      ].map((row) => ({ ...row, voice: 'Ava', name: 'Ava of May', status: 'stored', render: 'r' })),
    );
    expect(runsOf(database)).toMatchObject([{ lowId: 2000 * 1024, highId: 3000 * 1024 + 1 }]);
    const found = (match: string): number => fewHits(database, match, 10)?.length ?? -1;
    expect([found('"half"'), found('"plain"'), found('"harbour"'), found('"kim"'), found('"may"')]).toEqual([
      2, 1, 3, 3, 3,
    ]);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });

  it('leaves an empty library empty', () => {
    migrate(database, 5);
    expect(runsOf(database)).toEqual([]);
    expect(database.prepare('SELECT count(*) AS n FROM history_entries').get()).toEqual({ n: 0 });
  });
});
