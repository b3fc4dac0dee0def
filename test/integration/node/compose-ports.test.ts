import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate, pendingMigrations } from '#engine/database/migrate.ts';
import { keepLogShort } from '#node/checkpoints.ts';
import { composePorts } from '#node/compose-ports.ts';
import { openDatabase } from '#node/database.ts';
import { listBackups } from '#node/backups.ts';
import { createLogger } from '#node/logger.ts';
import { createMaintenance } from '#node/maintenance.ts';
import { openLibraryFolder } from '#node/open-library.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { useTempFolders } from './temp-folder.ts';

const tempFolder = useTempFolders();
const quiet = createLogger({ level: 'silent' });

describe('the ports of a host', () => {
  it('open and close with a real library, and leave it backed up, unlocked and without a log', async () => {
    const folder = tempFolder();
    const open = async () => {
      const library = await openLibraryFolder(folder, { migrate, pendingMigrations });
      return composePorts({ library, vault: createMemoryVault(), userAgent: 'Cuebooth/test', logger: quiet });
    };
    const first = await open();
    await first.ports.files.writeAtomic('media/a.txt', 'x');
    expect(pendingMigrations(first.ports.database)).toBe(0);
    expect(first.ports.ids.next() < first.ports.ids.next()).toBe(true);
    await first.close();
    expect(listBackups(folder)).toMatchObject([{ reason: 'daily' }]);
    expect(statSync(join(folder, 'library.db-wal'), { throwIfNoEntry: false })).toBeUndefined();
    const second = await open();
    await second.close();
    expect(listBackups(folder)).toHaveLength(1);
  });

  it('load compute and programs only when they are used, and close what was loaded', async () => {
    const loaded: string[] = [];
    const library = await openLibraryFolder(tempFolder(), { migrate, pendingMigrations });
    const { ports, close } = composePorts({
      library,
      vault: createMemoryVault(),
      userAgent: 'Cuebooth/test',
      logger: quiet,
      dailyBackup: false,
      compute: () => {
        loaded.push('compute');
        return {
          analyse: () => Promise.reject(new Error('not asked for')),
          join: () => Promise.resolve(new Uint8Array([1])),
          flite: () => Promise.reject(new Error('not asked for')),
          match: () => Promise.reject(new Error('not asked for')),
          close: () => {
            loaded.push('compute closed');
            return Promise.resolve();
          },
        };
      },
      programs: () => {
        loaded.push('programs');
        return { voices: () => Promise.resolve([]), speak: () => Promise.reject(new Error('not asked for')) };
      },
    });
    expect(loaded).toEqual([]);
    expect([...(await ports.compute.join({ parts: [] }))]).toEqual([1]);
    await ports.compute.join({ parts: [] });
    expect(await ports.programs.voices()).toEqual([]);
    await close();
    expect(loaded).toEqual(['compute', 'programs', 'compute closed']);
  });
});

it('keeps the log short under writing without a checkpoint in the engine', async () => {
  const file = join(tempFolder(), 'a.db');
  const engine = openDatabase(file, { automaticCheckpoints: false });
  engine.exec('CREATE TABLE notes (text TEXT)');
  const maintenance = createMaintenance(file);
  const modes: string[] = [];
  let truncated: (() => void) | null = null;
  const done = new Promise<void>((resolve) => {
    truncated = resolve;
  });
  const watched = {
    ...maintenance,
    checkpoint: async (mode: 'PASSIVE' | 'TRUNCATE' = 'PASSIVE') => {
      const result = await maintenance.checkpoint(mode);
      modes.push(mode);
      if (mode === 'TRUNCATE') truncated?.();
      return result;
    },
  };
  const stop = keepLogShort(file, watched, { everyMs: 5, passiveBytes: 100_000, truncateBytes: 400_000 });
  const text = 'x'.repeat(2_000);
  const writing = setInterval(
    () =>
      engine.transaction(() => {
        for (let number = 0; number < 20; number += 1) engine.prepare('INSERT INTO notes VALUES (?)').run(text);
      }),
    1,
  );
  await done;
  clearInterval(writing);
  await stop();
  expect(modes).toContain('PASSIVE');
  const seen = modes.length;
  await maintenance.close();
  engine.prepare('INSERT INTO notes VALUES (?)').run('last');
  expect(modes).toHaveLength(seen);
  expect(engine.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  engine.close();
});
