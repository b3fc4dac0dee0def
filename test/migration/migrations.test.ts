/** Every step from version to version, with rows of the version before; the schema as a whole stands in `schema.sql` for review. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, pendingMigrations, schemaVersion } from '#engine/index.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { openDatabase } from '#node/database.ts';

interface Step {
  /** Rows that a library of the version before may hold. */
  readonly before: (database: WritableDatabase) => void;
  /** What must be true of them afterwards. */
  readonly after: (database: WritableDatabase) => void;
}
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
