import { chmodSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase, openReadOnly } from '#node/database.ts';
import { createMaintenance } from '#node/maintenance.ts';
import { nobody, startChild } from './child.ts';
import { useTempFolders } from './temp-folder.ts';

const tempFolder = useTempFolders();
const create = (file: string) => {
  const database = openDatabase(file);
  database.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, bytes BLOB) STRICT');
  return database;
};
const texts = (database: ReturnType<typeof openReadOnly>): string[] =>
  database
    .prepare<{ text: string }>('SELECT text FROM notes ORDER BY id')
    .all()
    .map((row) => row.text);
const insert = 'INSERT INTO notes (text) VALUES (?)';

describe('the database', () => {
  it('flushes every commit, keeps foreign keys and writes ahead', () => {
    const database = create(join(tempFolder(), 'a.db'));
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect([
      pragma('journal_mode'),
      pragma('synchronous'),
      pragma('foreign_keys'),
      pragma('wal_autocheckpoint'),
    ]).toEqual(['wal', 2, 1, 1000]);
    database.close();
  });

  it('leaves checkpoints to others when asked', () => {
    const database = openDatabase(join(tempFolder(), 'a.db'), { automaticCheckpoints: false });
    expect(database.prepare('PRAGMA wal_autocheckpoint').get()).toEqual({ wal_autocheckpoint: 0 });
    database.close();
  });

  it('gives back numbers, text, bytes and null, and says what a write changed', () => {
    const database = create(join(tempFolder(), 'a.db'));
    const result = database.prepare('INSERT INTO notes (text, bytes) VALUES (?, ?)').run('one', new Uint8Array([1, 2]));
    expect(result).toEqual({ changes: 1, lastInsertRowid: 1 });
    const row = database
      .prepare<{ id: number; text: string; bytes: Uint8Array }>('SELECT * FROM notes WHERE id = ?')
      .get(1);
    expect(row).toMatchObject({ id: 1, text: 'one' });
    expect([...(row?.bytes ?? [])]).toEqual([1, 2]);
    expect(database.prepare('SELECT * FROM notes WHERE id = ?').get(2)).toBeUndefined();
    expect(database.prepare('UPDATE notes SET text = ? WHERE id = ? RETURNING text').get('two', 1n)).toEqual({
      text: 'two',
    });
    database.close();
  });

  it('prepares the same text once', () => {
    const database = create(join(tempFolder(), 'a.db'));
    expect(database.prepare(insert)).toBe(database.prepare(insert));
    database.close();
  });

  it('undoes a transaction that throws, and rethrows', () => {
    const database = create(join(tempFolder(), 'a.db'));
    const failure = new Error('no');
    expect(() =>
      database.transaction(() => {
        database.prepare(insert).run('gone');
        throw failure;
      }),
    ).toThrow(failure);
    database.transaction(() => database.prepare(insert).run('kept'));
    expect(texts(database)).toEqual(['kept']);
    database.close();
  });

  it('undoes only the inner step when the outer one catches', () => {
    const database = create(join(tempFolder(), 'a.db'));
    database.transaction(() => {
      database.prepare(insert).run('before');
      for (const name of ['first', 'second']) {
        expect(() =>
          database.transaction(() => {
            database.prepare(insert).run(name);
            database.transaction(() => database.prepare(insert).run(`${name} deeper`));
            throw new Error(name);
          }),
        ).toThrow(name);
      }
      database.transaction(() => database.prepare(insert).run('after'));
      return null;
    });
    expect(texts(database)).toEqual(['before', 'after']);
    database.close();
  });

  it('refuses a callback that returns a promise and undoes what it did', () => {
    const database = create(join(tempFolder(), 'a.db'));
    const async = (() => Promise.resolve(database.prepare(insert).run('gone'))) as unknown as () => null;
    expect(() => database.transaction(async)).toThrow(/promise/);
    expect(texts(database)).toEqual([]);
    database.transaction(() => database.prepare(insert).run('next'));
    expect(texts(database)).toEqual(['next']);
    database.close();
  });

  it('leaves a broken constraint to the caller', () => {
    const database = create(join(tempFolder(), 'a.db'));
    database.prepare(insert).run('same');
    expect(() => database.prepare(insert).run('same')).toThrow(
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' }),
    );
    database.close();
  });

  it('says disk_full when no page is left, keeps what was committed and goes on afterwards', () => {
    const database = create(join(tempFolder(), 'a.db'));
    database.prepare(insert).run('kept');
    const pages = database.prepare<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0;
    database.prepare(`PRAGMA max_page_count = ${pages}`).get();
    const fill = () =>
      database.transaction(() => {
        for (let number = 0; number < 2_000; number += 1)
          database.prepare(insert).run(`row ${number} ${'x'.repeat(200)}`);
      });
    expect(fill).toThrow(
      expect.objectContaining({ name: 'AppError', code: 'disk_full', action: { type: 'free-disk-space' } }),
    );
    expect(texts(database)).toEqual(['kept']);
    database.prepare('PRAGMA max_page_count = 100000').get();
    fill();
    expect(texts(database)).toHaveLength(2_001);
    database.close();
  });

  it('says library_corrupt for a file that is no database, or is cut short', () => {
    const folder = tempFolder();
    writeFileSync(
      join(folder, 'text.db'),
      'this is not a database at all, but long enough to have a header'.repeat(30),
    );
    expect(() => openDatabase(join(folder, 'text.db'))).toThrow(expect.objectContaining({ code: 'library_corrupt' }));
    const cut = join(folder, 'cut.db');
    const database = create(cut);
    database.transaction(() => {
      for (let number = 0; number < 500; number += 1) database.prepare(insert).run(`row ${number} ${'x'.repeat(100)}`);
    });
    database.close();
    truncateSync(cut, 8_192);
    expect(() => {
      const opened = openDatabase(cut);
      try {
        texts(opened);
      } finally {
        opened.close();
      }
    }).toThrow(expect.objectContaining({ code: 'library_corrupt' }));
  });
});

describe('a reader', () => {
  it('sees commits of a running engine and cannot write', () => {
    const file = join(tempFolder(), 'a.db');
    const engine = create(file);
    engine.prepare(insert).run('first');
    const reader = openReadOnly(file);
    expect(texts(reader)).toEqual(['first']);
    engine.prepare(insert).run('second');
    expect(texts(reader)).toEqual(['first', 'second']);
    expect(() => reader.prepare(insert).run('third')).toThrow(expect.objectContaining({ code: 'library_read_only' }));
    reader.close();
    engine.close();
  });

  it('reads where nothing may be written, without leaving a file behind', async () => {
    const folder = tempFolder();
    const file = join(folder, 'a.db');
    const engine = create(file);
    engine.prepare(insert).run('there');
    engine.close();
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    const child = startChild(
      `import { openDatabase, openReadOnly } from '#node/database.ts';
       const reader = openReadOnly(${JSON.stringify(file)});
       console.log(JSON.stringify(reader.prepare('SELECT text FROM notes').all()));
       try { openDatabase(${JSON.stringify(file)}); console.log('"opened"'); } catch (error) { console.log(JSON.stringify(error.code)); }`,
      nobody,
    );
    expect(await child.line()).toEqual([{ text: 'there' }]);
    expect(await child.line()).toBe('library_read_only');
    expect(await child.ended()).toBe(0);
    chmodSync(folder, 0o755);
    expect(readdirSync(folder)).toEqual(['a.db']);
  });

  it('says so when there is nothing to read', () => {
    expect(() => openReadOnly(join(tempFolder(), 'none.db'))).toThrow(
      expect.objectContaining({ code: 'library_read_only' }),
    );
  });
});

describe('maintenance in its own thread', () => {
  it('makes a checked copy of a database that is being written', async () => {
    const folder = tempFolder();
    const engine = create(join(folder, 'a.db'));
    engine.prepare(insert).run('first');
    const maintenance = createMaintenance(join(folder, 'a.db'));
    const copying = maintenance.backup(join(folder, 'copy.db'));
    for (let number = 0; number < 50; number += 1) engine.prepare(insert).run(`meanwhile ${number}`);
    const made = await copying;
    expect(made.bytes).toBeGreaterThan(0);
    await maintenance.close();
    engine.close();
    const copy = openReadOnly(join(folder, 'copy.db'));
    expect(texts(copy)[0]).toBe('first');
    copy.close();
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('gives no copy of a damaged database its name', async () => {
    const folder = tempFolder();
    const file = join(folder, 'a.db');
    const engine = create(file);
    engine.transaction(() => {
      for (let number = 0; number < 500; number += 1) engine.prepare(insert).run(`row ${number} ${'x'.repeat(100)}`);
    });
    engine.close();
    truncateSync(file, 12_288);
    const maintenance = createMaintenance(file);
    await expect(
      maintenance.integrityCheck().then((report) => (report.ok ? 'sound' : Promise.reject(new Error('damaged')))),
    ).rejects.toThrow();
    await expect(maintenance.backup(join(folder, 'copy.db'))).rejects.toThrow();
    await maintenance.close();
    expect(existsSync(join(folder, 'copy.db'))).toBe(false);
  });

  it('empties the log while the engine stays open', async () => {
    const file = join(tempFolder(), 'a.db');
    const engine = openDatabase(file, { automaticCheckpoints: false });
    engine.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT)');
    for (let number = 0; number < 100; number += 1) engine.prepare(insert).run(`row ${number}`);
    const maintenance = createMaintenance(file);
    const passive = await maintenance.checkpoint('PASSIVE');
    expect(passive).toMatchObject({ done: true });
    expect(passive.moved).toBe(passive.frames);
    expect(passive.frames).toBeGreaterThan(99);
    expect(await maintenance.checkpoint('TRUNCATE')).toEqual({ done: true, frames: 0, moved: 0 });
    await maintenance.close();
    engine.prepare(insert).run('after');
    expect(texts(engine)).toHaveLength(101);
    engine.close();
  });
});
