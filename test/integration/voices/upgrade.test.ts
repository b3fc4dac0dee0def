/** A library from before there was a catalogue: what was ordered then tells which voices were used. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listMarks, readUses, usesReadUpTo } from '#engine/database/voice-marks.ts';
import { migrate } from '#engine/database/migrate.ts';
import { openDatabase } from '#node/database.ts';
import { endAll } from './setup.ts';
import { later } from '#test/builders/endings.ts';

endAll();

it('the voices that were used before the catalogue came are known by the newest job of each', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-voices-'));
  const database = openDatabase(join(folder, 'library.db'));
  later(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  migrate(database, 2);
  database.exec(`
    INSERT INTO workspaces (seq, id, provider, name, created_at) VALUES (1, 'w1', 'scratch', 'scratch', 1), (2, 'w2', 'chosen', 'chosen', 1);
    INSERT INTO projects (id, name, created_at) VALUES ('p', 'P', 1);
    INSERT INTO recipes (id, hash, kind, voice, text, characters, canonical) VALUES
      (1, '${'1'.repeat(64)}', 'speech', 'slt', 'a', 1, '{}'), (2, '${'2'.repeat(64)}', 'speech', 'slt', 'b', 1, '{}'),
      (3, '${'3'.repeat(64)}', 'joined', 'slt', 'ab', 2, '{}'), (4, '${'4'.repeat(64)}', 'speech', 'Ava', 'c', 1, '{}');
    INSERT INTO renders (seq, id, project_id, title, purpose, state, takes, person, machine, created_at)
      VALUES (1, 'r', 'p', 'R', 'render', 'active', 1, 'x', 'y', 1);
    INSERT INTO jobs (seq, id, workspace_seq, render_seq, kind, recipe_id, take_no, state, created_at, updated_at) VALUES
      (1, 'j1', 1, 1, 'speech', 1, 1, 'queued', 100, 100), (2, 'j2', 1, 1, 'speech', 2, 1, 'queued', 200, 200),
      (3, 'j3', 1, 1, 'join', 3, 1, 'queued', 900, 900), (4, 'j4', 2, 1, 'speech', 4, 1, 'queued', 300, 300);
  `);
  migrate(database, 3);
  const used = (seq: number) => listMarks(database, seq).map(({ voiceId, usedAt }) => [voiceId, usedAt]);
  expect(used(1)).toEqual([['slt', 200]]);
  expect(used(2)).toEqual([['Ava', 300]]);
  expect(usesReadUpTo(database)).toBe(4);
  database.exec(`
    INSERT INTO jobs (seq, id, workspace_seq, render_seq, kind, recipe_id, take_no, state, created_at, updated_at) VALUES
      (5, 'j5', 1, 1, 'speech', 1, 2, 'queued', 500, 500), (6, 'j6', 2, 1, 'speech', 4, 2, 'queued', 600, 600);
  `);
  expect(readUses(database, 4, 1)).toEqual({ upTo: 5, uses: [{ workspaceSeq: 1, voiceId: 'slt', at: 500 }] });
  expect(readUses(database, 5, 100)).toEqual({ upTo: 6, uses: [{ workspaceSeq: 2, voiceId: 'Ava', at: 600 }] });
  expect(readUses(database, 6, 100)).toEqual({ upTo: 6, uses: [] });
});
