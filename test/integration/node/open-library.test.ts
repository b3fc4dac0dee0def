import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReadableDatabase, WritableDatabase } from '#engine/ports.ts';
import { AppError } from '#contract/errors.ts';
import { listBackups } from '#node/backups.ts';
import { openLibraryFolder, openLibraryReadOnly } from '#node/open-library.ts';
import type { OpenLibraryOptions } from '#node/open-library.ts';
import { restoreBackup } from '#node/restore-backup.ts';
import { startChild } from './child.ts';
import { useTempFolders } from './temp-folder.ts';

const tempFolder = useTempFolders();
const versionOf = (database: ReadableDatabase): number =>
  database.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;

/** A small schema of `newest` steps, with the engine's manners. */
const schema = (newest = 1): Pick<OpenLibraryOptions, 'pendingMigrations' | 'migrate'> => ({
  pendingMigrations: (database) => {
    if (versionOf(database) > newest) throw new AppError('library_from_future', 'Newer.');
    return newest - versionOf(database);
  },
  migrate: (database: WritableDatabase) => {
    for (let version = versionOf(database); version < newest; version += 1) {
      database.transaction(() => {
        database.exec(
          version === 0
            ? 'CREATE TABLE notes (text TEXT NOT NULL) STRICT'
            : `CREATE TABLE later_${version} (x INTEGER) STRICT`,
        );
        database.exec(`PRAGMA user_version = ${version + 1}`);
      });
    }
  },
});
const texts = (database: ReadableDatabase): string[] =>
  database
    .prepare<{ text: string }>('SELECT text FROM notes')
    .all()
    .map((row) => row.text);
const add = (database: WritableDatabase, ...values: string[]): void => {
  database.transaction(() => {
    for (const value of values) database.prepare('INSERT INTO notes VALUES (?)').run(value);
  });
};
const filler = Array.from({ length: 400 }, (_, number) => `row ${number} ${'x'.repeat(200)}`);

describe('a library folder', () => {
  it('is made whole at its first opening and found again at the next', async () => {
    const folder = join(tempFolder(), 'deep/library');
    const library = await openLibraryFolder(folder, schema());
    add(library.database, 'hello');
    expect(library.notices).toEqual([]);
    expect(
      readdirSync(folder)
        .filter((name) => !name.startsWith('library.db-'))
        .sort(),
    ).toEqual(['backups', 'library.db', 'lock.db', 'lock.json', 'media', 'settings.json']);
    expect(existsSync(join(folder, 'media/incoming'))).toBe(true);
    await library.close();
    expect(readdirSync(folder).sort()).toEqual(['backups', 'library.db', 'lock.db', 'media', 'settings.json']);
    const again = await openLibraryFolder(folder, schema());
    expect(texts(again.database)).toEqual(['hello']);
    expect(again.notices).toEqual([]);
    expect(listBackups(folder)).toEqual([]);
    await again.close();
  });

  it('lets one engine write and others read', async () => {
    const folder = tempFolder();
    const library = await openLibraryFolder(folder, schema());
    library.noteUrl('http://127.0.0.1:9');
    add(library.database, 'one');
    await expect(openLibraryFolder(folder, schema())).rejects.toMatchObject({
      code: 'library_busy',
      message: expect.stringContaining('http://127.0.0.1:9'),
    });
    const reader = openLibraryReadOnly(folder, schema());
    expect(texts(reader.database)).toEqual(['one']);
    reader.close();
    await library.close();
  });

  it('is refused on a network drive and nothing is made there', async () => {
    const folder = join(tempFolder(), 'share');
    const inspect = () => ({ kind: 'network', system: 'NFS' }) as const;
    await expect(openLibraryFolder(folder, { ...schema(), inspect })).rejects.toMatchObject({
      code: 'library_on_network',
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('warns where it cannot tell whose disk it is', async () => {
    const library = await openLibraryFolder(tempFolder(), {
      ...schema(),
      inspect: () => ({ kind: 'unsure', system: '9P' }),
    });
    expect(library.notices).toMatchObject([{ level: 'warning', code: 'library_place_unsure' }]);
    await library.close();
  });

  it('says that there is none to read yet', () => {
    expect(() => openLibraryReadOnly(tempFolder(), schema())).toThrow(expect.objectContaining({ code: 'not_found' }));
  });

  it('keeps every commit of a process that was killed, and says that it was not closed', async () => {
    const folder = tempFolder();
    await (await openLibraryFolder(folder, schema())).close();
    const child = startChild(
      `import { openLibraryFolder } from '#node/open-library.ts';
       const library = await openLibraryFolder(${JSON.stringify(folder)}, { pendingMigrations: () => 0, migrate: () => undefined });
       library.database.prepare('INSERT INTO notes VALUES (?)').run('committed');
       library.database.transaction(() => { library.database.prepare('INSERT INTO notes VALUES (?)').run('open'); console.log('"now"'); process.kill(process.pid, 'SIGKILL'); });`,
    );
    await child.line();
    await child.ended();
    const library = await openLibraryFolder(folder, schema());
    expect(texts(library.database)).toEqual(['committed']);
    expect(library.notices).toMatchObject([{ code: 'library_was_not_closed' }]);
    await library.close();
  });
});

describe('migrations of a library', () => {
  it('make a backup of what was there before the first pending one', async () => {
    const folder = tempFolder();
    const old = await openLibraryFolder(folder, schema(1));
    add(old.database, 'before');
    await old.close();
    const library = await openLibraryFolder(folder, schema(3));
    expect(versionOf(library.database)).toBe(3);
    expect(library.backups.list()).toMatchObject([{ reason: 'before-migration' }]);
    const [backup] = library.backups.list();
    await library.close();
    const copy = join(tempFolder(), 'library.db');
    writeFileSync(copy, readFileSync(backup?.file ?? ''));
    const reader = openLibraryReadOnly(join(copy, '..'), schema(1));
    expect([versionOf(reader.database), ...texts(reader.database)]).toEqual([1, 'before']);
    reader.close();
  });

  it('leave a library from the future untouched', async () => {
    const folder = tempFolder();
    await (await openLibraryFolder(folder, schema(5))).close();
    const before = readFileSync(join(folder, 'library.db'));
    await expect(openLibraryFolder(folder, schema(2))).rejects.toMatchObject({ code: 'library_from_future' });
    expect(() => openLibraryReadOnly(folder, schema(2))).toThrow(
      expect.objectContaining({ code: 'library_from_future' }),
    );
    expect(readFileSync(join(folder, 'library.db')).equals(before)).toBe(true);
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    await (await openLibraryFolder(folder, schema(5))).close();
  });

  it('are asked for when an old library is only to be read', async () => {
    const folder = tempFolder();
    await (await openLibraryFolder(folder, schema(1))).close();
    expect(() => openLibraryReadOnly(folder, schema(2))).toThrow(
      expect.objectContaining({ code: 'library_read_only' }),
    );
  });
});

describe('backups', () => {
  it('are made once a day of use and seven are kept, beside seven others', async () => {
    const folder = tempFolder();
    let now = new Date(2026, 2, 1, 12).getTime();
    const library = await openLibraryFolder(folder, { ...schema(), now: () => now });
    for (let day = 0; day < 9; day += 1) {
      const [first, second] = await Promise.all([library.backups.ensureDaily(), library.backups.ensureDaily()]);
      expect(first?.file).toBe(second?.file);
      now += 3_600_000;
      expect(await library.backups.ensureDaily()).toBeNull();
      await library.backups.before('repair');
      now += 23 * 3_600_000;
    }
    const reasons = library.backups.list().map((backup) => backup.reason);
    expect(reasons.filter((reason) => reason === 'daily')).toHaveLength(7);
    expect(reasons.filter((reason) => reason === 'before-repair')).toHaveLength(7);
    expect(library.backups.list()[0]?.createdAt).toBe(now - 23 * 3_600_000);
    await library.close();
  });

  it('of a library that is closed meanwhile are still finished', async () => {
    const folder = tempFolder();
    const library = await openLibraryFolder(folder, schema());
    add(library.database, ...filler);
    const making = library.backups.make();
    await library.close();
    const made = await making;
    expect(existsSync(made.file)).toBe(true);
    expect(listBackups(folder)).toMatchObject([{ reason: 'manual', bytes: made.bytes }]);
  });
});

describe('a damaged library', () => {
  const damage = async (harm: (file: string) => void): Promise<{ folder: string; backup: string }> => {
    const folder = tempFolder();
    const library = await openLibraryFolder(folder, schema());
    add(library.database, ...filler);
    const { file } = await library.backups.make();
    add(library.database, 'after the backup');
    await library.close();
    harm(join(folder, 'library.db'));
    return { folder, backup: file };
  };

  it.each([
    ['is overwritten', (file: string) => writeFileSync(file, 'x'.repeat(10_000))],
    ['is empty', (file: string) => truncateSync(file, 0)],
    ['is gone', (file: string) => rmSync(file)],
    [
      'is cut after a crash',
      (file: string) => {
        truncateSync(file, 20_480);
        writeFileSync(join(file, '../lock.json'), '{"pid":999999,"url":null}');
      },
    ],
  ])('that %s names the newest backup and is left as it is', async (_, harm) => {
    const { folder, backup } = await damage(harm);
    const before = readdirSync(folder).filter((name) => name.startsWith('library.db') && !/-(wal|shm)$/.test(name));
    await expect(openLibraryFolder(folder, schema())).rejects.toMatchObject({
      code: 'library_corrupt',
      action: { type: 'restore-backup', path: backup },
    });
    await expect(openLibraryFolder(folder, schema())).rejects.toMatchObject({ code: 'library_corrupt' });
    expect(readdirSync(folder).filter((name) => name.startsWith('library.db') && !/-(wal|shm)$/.test(name))).toEqual(
      before,
    );

    const restored = await restoreBackup(folder, backup);
    const library = await openLibraryFolder(folder, schema());
    expect(texts(library.database)).toEqual(filler);
    await library.close();
    if (before.length > 0) expect(restored.keptAside !== null && existsSync(restored.keptAside)).toBe(true);
    else expect(restored.keptAside).toBeNull();
  });

  it('without a backup is never replaced by an empty one', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'media'), { recursive: true });
    writeFileSync(join(folder, 'media/aa.wav'), 'paid for');
    await expect(openLibraryFolder(folder, schema())).rejects.toMatchObject({
      code: 'library_corrupt',
      action: { type: 'run-doctor' },
    });
    expect(existsSync(join(folder, 'library.db'))).toBe(false);
  });

  it('is not restored while an engine has it open, nor from a file that is no backup of it', async () => {
    const folder = tempFolder();
    const library = await openLibraryFolder(folder, schema());
    const { file } = await library.backups.make();
    await expect(restoreBackup(folder, file)).rejects.toMatchObject({ code: 'library_busy' });
    await library.close();
    for (const wrong of ['../library.db', join(tempFolder(), 'x.db'), 'none.db']) {
      await expect(restoreBackup(folder, wrong)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    truncateSync(file, 6_000);
    await expect(restoreBackup(folder, file)).rejects.toMatchObject({ code: 'invalid_input' });
    await (await openLibraryFolder(folder, schema())).close();
  });
});
