/** Every step from version to version, with rows of the version before; the schema as a whole stands in `schema.sql` for review. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listEvidence } from '#engine/database/evidence.ts';
import { getGeneration } from '#engine/database/generations.ts';
import { foldUsage, tailFacts } from '#engine/database/usage-days.ts';
import { listLexicon } from '#engine/database/projects.ts';
import { getVariants } from '#engine/database/scripts.ts';
import { getTake } from '#engine/database/takes.ts';
import { listMarks } from '#engine/database/voice-marks.ts';
import { migrate, pendingMigrations, schemaVersion } from '#engine/index.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { openDatabase } from '#node/database.ts';

interface Step {
  /** Rows that a library of the version before may hold. */
  readonly before: (database: WritableDatabase) => void;
  /** What must be true of them afterwards. */
  readonly after: (database: WritableDatabase) => void;
}
const hash = (digit: string): string => `'${digit.repeat(64)}'`;
/** A small library of version 1: two workspaces, a line that was paid for, one that is in doubt, one that waits. */
const usedLibrary = (database: WritableDatabase): void =>
  database.exec(`
    INSERT INTO workspaces (seq, id, provider, name, created_at) VALUES (1, 'w1', 'scratch', 'scratch', 1), (2, 'w2', 'chosen', 'chosen', 1);
    INSERT INTO projects (id, name, created_at) VALUES ('p', 'Campaign', 1);
    INSERT INTO recipes (id, hash, kind, provider, voice, text, characters, canonical) VALUES
      (1, ${hash('1')}, 'speech', 'chosen', 'Ava', 'Gruesse aus Rome', 16, '{"kind":"speech","model":"m1","language":"de","settings":{}}'),
      (2, ${hash('2')}, 'speech', 'chosen', 'Ava', 'In doubt', 8, '{}'), (3, ${hash('3')}, 'speech', 'scratch', 'slt', 'Waiting', 7, '{}');
    INSERT INTO renders (seq, id, project_id, title, purpose, state, takes, person, machine, created_at)
      VALUES (1, 'r', 'p', 'R', 'render', 'active', 1, 'Mia', 'desk', 1);
    INSERT INTO jobs (seq, id, workspace_seq, render_seq, kind, recipe_id, take_no, state, resolution, generation_id, error_code, created_at, updated_at) VALUES
      (1, 'j1', 2, 1, 'speech', 1, 1, 'succeeded', NULL, 'g1', NULL, 100, 200),
      (2, 'j2', 2, 1, 'speech', 2, 1, 'uncertain', 'ask', 'g2', 'outcome_unknown', 100, 200),
      (3, 'j3', 1, 1, 'speech', 3, 1, 'queued', NULL, NULL, NULL, 100, 200);
    INSERT INTO generations (seq, id, job_seq, render_seq, state, method, url, content_type, body, idempotency_key, base_url, vendor_id, charged_credits, created_at, submitted_at, settled_at) VALUES
      (1, 'g1', 1, 1, 'settled', 'POST', 'http://v', 'application/json', x'7b7d', 'k1', 'http://v', 'v1', 16, 100, 110, 200),
      (2, 'g2', 2, 1, 'unknown', 'POST', 'http://v', 'application/json', x'7b7d', 'k2', 'http://v', NULL, NULL, 100, 110, NULL);
    INSERT INTO takes (seq, id, recipe_id, take_no, generation_id, sha256, format, bytes, duration_ms, created_at)
      VALUES (1, 't1', 1, 1, 'g1', ${hash('a')}, 'wav', 100, 1500, 1767225600000);
    INSERT INTO ledger (kind, credits, job_seq, generation_id, render_seq, project_id, person, machine, at)
      VALUES ('charge', 16, 1, 'g1', 1, 'p', 'Mia', 'desk', 1767225600000);
    INSERT INTO render_items (render_seq, position, variant, line_id, line_position, character, recipe_id, take_no, leading_pause_ms, trailing_pause_ms)
      VALUES (1, 0, 'default', NULL, 1, 'A', 1, 1, 0, 0);
  `);

/** By the version that a step leads to. */
const steps: Readonly<Record<number, Step>> = {
  1: {
    before: () => undefined,
    after: (database) => {
      for (const table of ['workspaces', 'jobs', 'generations', 'takes', 'ledger']) {
        expect(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 });
      }
    },
  },
  2: {
    before: usedLibrary,
    after: (database) => {
      expect(getGeneration(database, 'g2')).toMatchObject({
        idempotencyKey: 'k2',
        requestId: null,
        looks: 0,
        balanceBefore: null,
        state: 'unknown',
      });
      expect(listEvidence(database, 'g2')).toEqual([]);
      expect(database.prepare('SELECT count(*) AS n FROM take_timings').get()).toEqual({ n: 0 });
    },
  },
  3: {
    before: usedLibrary,
    after: (database) => {
      const used = (seq: number) => listMarks(database, seq).map(({ voiceId, usedAt }) => [voiceId, usedAt]);
      expect(used(1)).toEqual([['slt', 100]]);
      expect(used(2)).toEqual([['Ava', 100]]);
    },
  },
  4: {
    before: usedLibrary,
    after: (database) => {
      // What was booked before counts from the first look on.
      expect(tailFacts(database)).toMatchObject([{ credits: 16, seconds: 1.5, takes: 1, person: 'Mia' }]);
      foldUsage(database);
      expect(tailFacts(database)).toEqual([]);
      expect(database.prepare('SELECT sum(credits) AS credits FROM usage_months GROUP BY key_id').get()).toEqual({
        credits: 16,
      });
    },
  },
  5: {
    before: usedLibrary,
    after: (database) => {
      expect(database.prepare('SELECT status, take_seq, generation_seq FROM history_entries').all()).toEqual([
        { status: 'stored', take_seq: 1, generation_seq: 1 },
      ]);
      const found = database.prepare(
        'SELECT count(*) AS n FROM history_text t JOIN history_entries e ON e.seq = t.rowid WHERE history_text MATCH ?',
      );
      expect(found.get('rom*')).toEqual({ n: 1 });
      expect(found.get('campaign')).toEqual({ n: 1 });
      expect(found.get('waiting')).toEqual({ n: 0 });
    },
  },
  6: {
    before: (database) => {
      usedLibrary(database);
      database.exec(`
        INSERT INTO scripts (id, project_id, path, title, revision, source, created_at, updated_at)
          VALUES ('s', 'p', 's.cue.txt', 'S', 3, 'A: Hello.', 1, 7);
        INSERT INTO variant_tables (script_id, columns) VALUES ('s', '["city"]');
        INSERT INTO variants (script_id, row, name, cells) VALUES ('s', 1, 'rome', '{"city":"Rome"}');
        INSERT INTO lexicon_entries (project_id, position, word, say, case_sensitive) VALUES ('p', 0, 'Rome', 'Roam', 0);
      `);
    },
    after: (database) => {
      expect(database.prepare('SELECT revision, source, at FROM script_revisions').all()).toEqual([
        { revision: 3, source: 'A: Hello.', at: 7 },
      ]);
      expect(getVariants(database, 's')).toMatchObject({
        columns: ['city'],
        variants: [{ row: 1, name: 'rome', values: { city: 'Rome' } }],
      });
      expect(listLexicon(database, 'p')).toEqual([{ word: 'Rome', say: 'Roam', language: null, caseSensitive: false }]);
      expect(getTake(database, 't1')).toMatchObject({ hasTimings: false, chargedCredits: 16 });
    },
  },
};

let folder = '';
let database: WritableDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cuebooth-migration-'));
  database = openDatabase(join(folder, 'library.db'));
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});
const version = (): unknown => database.prepare('PRAGMA user_version').get();
const dump = (): string =>
  `${database
    .prepare<{ sql: string }>(
      "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    )
    .all()
    .map(({ sql }) => `${sql};`)
    .join('\n\n')}\n`;

describe('the migrations', () => {
  it('have rows to be tried on, each of them', () => {
    expect(Object.keys(steps).map(Number)).toEqual(Array.from({ length: schemaVersion }, (_, index) => index + 1));
  });

  it.each(Object.keys(steps).map(Number))('carry the rows of the version before over to version %i', (to) => {
    migrate(database, to - 1);
    steps[to]?.before(database);
    migrate(database, to);
    expect(version()).toEqual({ user_version: to });
    steps[to]?.after(database);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  });

  it('lead to the schema that was reviewed', async () => {
    migrate(database);
    await expect(dump()).toMatchFileSnapshot('./schema.sql');
  });

  it('do nothing the second time', () => {
    migrate(database);
    const before = dump();
    expect(pendingMigrations(database)).toBe(0);
    migrate(database);
    expect(dump()).toBe(before);
    expect(version()).toEqual({ user_version: schemaVersion });
  });

  it('that fail leave the version and everything else as it was', () => {
    // A table in the way of one in the middle of the first step.
    database.exec('CREATE TABLE takes (something TEXT) STRICT');
    const before = dump();
    expect(() => migrate(database)).toThrow('already exists');
    expect(version()).toEqual({ user_version: 0 });
    expect(dump()).toBe(before);
  });

  it('leave a database of a newer version alone', () => {
    database.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    expect(() => migrate(database)).toThrow(expect.objectContaining({ code: 'library_from_future' }));
    expect(dump()).toBe('\n');
  });

  it('make tables that hold what they say, and nothing beside it', () => {
    migrate(database);
    const loose = database
      .prepare<{ name: string }>(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    expect(loose).toEqual([]);
  });
});
