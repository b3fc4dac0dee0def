/** One engine writes, others read; what cannot be opened is left exactly as it was. */
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '#node/database.ts';
import { restoreBackup } from '#node/restore-backup.ts';
import { endAll, open, openHosted, openReader, renderAll, tempFolder } from './setup.ts';

endAll();

describe('a library that an engine has open', () => {
  it('is refused to a second one that would write, by the number of the first process', async () => {
    const folder = tempFolder();
    await openHosted(folder);
    await expect(open(folder)).rejects.toMatchObject({
      code: 'library_busy',
      message: expect.stringContaining(`Cuebooth already has this library open (process ${process.pid})`),
    });
  });

  it('is read by others meanwhile, who see every commit and can change nothing', async () => {
    const folder = tempFolder();
    const { client } = await openHosted(folder);
    const render = await renderAll(client, ['One line for the readers.']);
    const reader = openReader(folder);
    expect((await reader.client.call('take.list', {})).takes.map(({ text }) => text)).toEqual([
      'One line for the readers.',
    ]);
    expect(await reader.client.call('ledger.list', {})).toMatchObject([{ chargedCredits: 0, renderId: render.id }]);
    expect(await reader.client.call('queue.list', {})).toMatchObject([{ state: 'succeeded' }]);
    expect((await reader.client.call('render.get', { renderId: render.id })).progress.succeeded).toBe(1);
    expect((await reader.client.call('library.get', {})).readOnly).toBe(true);
    expect(await reader.client.call('workspace.list', {})).toMatchObject([{ name: 'scratch' }]);
    expect((await reader.client.call('queue.lanes', {})).tally).toEqual({ queued: 0, running: 0, asking: 0 });
    await renderAll(client, ['A second one.'], 'scratch/slt', 'Later');
    expect((await reader.client.call('take.list', {})).takes).toHaveLength(2);
    await expect(reader.client.call('project.ensure', { name: 'New' })).rejects.toThrow();
    await expect(
      reader.client.call('render.enqueue', {
        scriptId: (await client.call('script.list', {}))[0]?.id ?? ('' as never),
      }),
    ).rejects.toThrow();
    expect((await client.call('project.list', {})).map(({ name }) => name)).toEqual(['Test']);
  });
});

describe('a library of a newer Cuebooth', () => {
  it('is refused in words and left as it is, to the byte', async () => {
    const folder = tempFolder();
    const { client, close } = await openHosted(folder);
    await renderAll(client, ['From the future.']);
    await close();
    const database = openDatabase(join(folder, 'library.db'));
    database.exec('PRAGMA user_version = 99');
    database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    database.close();
    const before = readFileSync(join(folder, 'library.db'));
    await expect(open(folder)).rejects.toMatchObject({
      code: 'library_from_future',
      message: expect.stringContaining('schema 99'),
    });
    expect(() => openReader(folder)).toThrow(expect.objectContaining({ code: 'library_from_future' }));
    expect(readFileSync(join(folder, 'library.db')).equals(before)).toBe(true);
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
  });
});

describe('a damaged library', () => {
  it('names its newest backup, is never replaced by an empty one, and comes back by it', async () => {
    const folder = tempFolder();
    const first = await openHosted(folder, { dailyBackup: true });
    await renderAll(first.client, ['Before the backup.']);
    await first.close();
    const [backup] = readdirSync(join(folder, 'backups'));
    expect(backup).toMatch(/-daily\.db$/);
    truncateSync(join(folder, 'library.db'), 100);
    writeFileSync(join(folder, 'library.db'), 'not a database at all');
    const harmed = readFileSync(join(folder, 'library.db'));
    await expect(open(folder)).rejects.toMatchObject({
      code: 'library_corrupt',
      message: expect.stringContaining(backup ?? ''),
      action: { type: 'restore-backup', path: join(folder, 'backups', backup ?? '') },
    });
    expect(readFileSync(join(folder, 'library.db')).equals(harmed)).toBe(true);
    const { keptAside } = await restoreBackup(folder, backup ?? '');
    expect(readFileSync(keptAside ?? '').equals(harmed)).toBe(true);
    const again = await openHosted(folder);
    expect((await again.client.call('take.list', {})).takes.map(({ text }) => text)).toEqual(['Before the backup.']);
  });

  it('without any backup is refused all the same while there is audio', async () => {
    const folder = tempFolder();
    const first = await openHosted(folder);
    await renderAll(first.client, ['The only copy.']);
    await first.close();
    truncateSync(join(folder, 'library.db'), 0);
    await expect(open(folder)).rejects.toMatchObject({ code: 'library_corrupt', action: { type: 'run-doctor' } });
    expect(readFileSync(join(folder, 'library.db'))).toHaveLength(0);
  });
});

describe('a day of use', () => {
  it('ends with one backup, however often the library is opened, and one on demand beside it', async () => {
    const folder = tempFolder();
    for (let time = 0; time < 2; time += 1) await (await openHosted(folder, { dailyBackup: true })).close();
    const { client } = await openHosted(folder);
    const made = await client.call('library.backup', {});
    expect(existsSync(made.file)).toBe(true);
    const reasons = readdirSync(join(folder, 'backups')).map((name) => /-([a-z]+)\.db$/.exec(name)?.[1]);
    expect(reasons.sort()).toEqual(['daily', 'manual']);
    expect((await client.call('library.doctor', {})).backups).toHaveLength(2);
  });
});
