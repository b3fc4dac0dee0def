/** Rows and files that no longer agree: told apart, mended where that is possible, and nothing that was paid for is thrown away. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMemoryVault } from '#node/vault/memory.ts';
import { restoreBackup } from '#node/restore-backup.ts';
import { createClock } from '#node/clock.ts';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { endAll, later, openHosted, renderAll, tempFolder, type Hosted } from './setup.ts';

endAll();

const mediaOf = ({ folder, engine }: Hosted, takeId: string): string =>
  join(folder, engine.mediaOf(takeId)?.path ?? '');
const startVendor = async (clock = createClock({ speed: 20 })) => {
  const vendor = await startGenerationsServer({ seed: 1, serviceTimeMs: 50, audioBytes: 4000 }, clock);
  later(() => vendor.close());
  return { clock, vendor };
};
const addVendor = async (
  hosted: Hosted,
  vendor: { readonly baseUrl: string; readonly apiKey: string },
): Promise<void> => {
  await hosted.client.call('workspace.add', {
    provider: 'chosen',
    name: 'chosen',
    baseUrl: vendor.baseUrl,
    key: vendor.apiKey,
  });
};

describe('the report', () => {
  it('of a sound library has nothing to say', async () => {
    const hosted = await openHosted(tempFolder());
    await renderAll(hosted.client, ['All is well.', 'Really.']);
    expect(await hosted.client.call('library.doctor', {})).toMatchObject({
      databaseOk: true,
      databaseMessage: 'ok',
      takes: 2,
      mediaFiles: 2,
      missing: [],
      unreferenced: [],
      incoming: [],
      repaired: [],
    });
  });

  it('names takes whose file is gone and files that no take names, and touches neither', async () => {
    const hosted = await openHosted(tempFolder());
    await renderAll(hosted.client, ['The one that goes.', 'The one that stays.']);
    const { takes } = await hosted.client.call('take.list', {});
    const gone = takes.find(({ text }) => text === 'The one that goes.');
    rmSync(mediaOf(hosted, gone?.id ?? ''));
    const stray = `${'ab'.repeat(32)}.wav`;
    mkdirSync(join(hosted.folder, 'media/ab'), { recursive: true });
    writeFileSync(join(hosted.folder, 'media/ab', stray), 'something');
    const report = await hosted.client.call('library.doctor', {});
    expect(report.missing).toEqual([
      { takeId: gone?.id, sha256: gone?.sha256, text: 'The one that goes.', paid: false },
    ]);
    expect(report.unreferenced).toEqual([{ file: `media/ab/${stray}`, bytes: 9, adoptable: false }]);
    expect((await hosted.client.call('take.list', {})).takes).toHaveLength(2);
    expect(existsSync(join(hosted.folder, 'media/ab', stray))).toBe(true);
  });

  it('names bodies on their way of calls that nobody knows, and keeps them', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'media/incoming'), { recursive: true });
    await (await openHosted(folder)).close();
    writeFileSync(join(folder, 'media/incoming/gone-call.audio'), 'paid for, perhaps');
    const hosted = await openHosted(folder);
    const report = await hosted.client.call('library.doctor', { repair: true });
    expect(report.incoming).toEqual([{ file: 'media/incoming/gone-call.audio', bytes: 17, generationId: 'gone-call' }]);
    expect(existsSync(join(folder, 'media/incoming/gone-call.audio'))).toBe(true);
  });
});

describe('the repair', () => {
  it('makes a backup first', async () => {
    const hosted = await openHosted(tempFolder());
    await hosted.client.call('library.doctor', {});
    expect(readdirSync(join(hosted.folder, 'backups'))).toEqual([]);
    await hosted.client.call('library.doctor', { repair: true });
    expect(readdirSync(join(hosted.folder, 'backups'))).toHaveLength(1);
  });

  it('gives a file without a row its take back, from the note beside it', async () => {
    const folder = tempFolder();
    const first = await openHosted(folder);
    await renderAll(first.client, ['Lost and found.']);
    const [before] = (await first.client.call('take.list', {})).takes;
    await first.close();
    for (const name of readdirSync(folder))
      if (name.startsWith('library.db')) renameSync(join(folder, name), join(folder, `old-${name}`));
    renameSync(join(folder, 'media'), join(folder, 'aside'));
    const second = await openHosted(folder);
    rmSync(join(folder, 'media'), { recursive: true });
    renameSync(join(folder, 'aside'), join(folder, 'media'));
    expect((await second.client.call('library.doctor', {})).unreferenced).toMatchObject([{ adoptable: true }]);
    const report = await second.client.call('library.doctor', { repair: true });
    expect(report.repaired).toHaveLength(1);
    expect(report.unreferenced).toEqual([]);
    const [after] = (await second.client.call('take.list', {})).takes;
    expect(after).toMatchObject({
      recipeHash: before?.recipeHash,
      takeNo: 1,
      sha256: before?.sha256,
      text: 'Lost and found.',
      durationMs: before?.durationMs,
    });
    expect(
      (await second.client.call('take.peaks', { takeId: after?.id ?? ('' as never) })).peaks.length,
    ).toBeGreaterThan(10);
  });

  it('drops the row of a free take whose file is gone, and the next render makes it anew', async () => {
    const hosted = await openHosted(tempFolder());
    await renderAll(hosted.client, ['Free of charge.']);
    const [take] = (await hosted.client.call('take.list', {})).takes;
    await hosted.client.call('take.select', { takeId: take?.id ?? ('' as never) });
    rmSync(mediaOf(hosted, take?.id ?? ''));
    const report = await hosted.client.call('library.doctor', { repair: true });
    expect(report).toMatchObject({ missing: [], repaired: [expect.stringContaining('Free of charge.')] });
    await renderAll(hosted.client, ['Free of charge.']);
    const [again] = (await hosted.client.call('take.list', {})).takes;
    expect(again).toMatchObject({ sha256: take?.sha256 });
    expect(existsSync(mediaOf(hosted, again?.id ?? ''))).toBe(true);
  });

  it('keeps the row of a paid take whose file is gone, and says that it was paid', async () => {
    const { clock, vendor } = await startVendor();
    const hosted = await openHosted(tempFolder(), { clock });
    await addVendor(hosted, vendor);
    await renderAll(hosted.client, ['Paid for.'], 'chosen/Ava');
    const [take] = (await hosted.client.call('take.list', {})).takes;
    rmSync(mediaOf(hosted, take?.id ?? ''));
    const report = await hosted.client.call('library.doctor', { repair: true });
    expect(report.missing).toMatchObject([{ takeId: take?.id, paid: true }]);
    expect((await hosted.client.call('take.list', {})).takes).toHaveLength(1);
    await renderAll(hosted.client, ['Paid for.'], 'chosen/Ava');
    expect(vendor.ledger()).toHaveLength(1);
  });

  it('never takes away audio, whatever it finds', async () => {
    const { clock, vendor } = await startVendor();
    const hosted = await openHosted(tempFolder(), { clock });
    await addVendor(hosted, vendor);
    await renderAll(hosted.client, ['One.', 'Two.', 'Three.'], 'chosen/Ava');
    const files = (): string[] =>
      readdirSync(join(hosted.folder, 'media'), { recursive: true })
        .map(String)
        .filter((name) => /\.(wav|json)$/.test(name))
        .sort();
    const before = files();
    hosted.library.database.exec('DELETE FROM take_peaks; DELETE FROM takes');
    await hosted.client.call('library.doctor', { repair: true });
    expect(files()).toEqual(before);
    expect((await hosted.client.call('take.list', {})).takes).toHaveLength(3);
  });
});

describe('a library that was restored', () => {
  it('takes in the audio made since the backup before anything is sent, and pays for none of it again', async () => {
    const { clock, vendor } = await startVendor();
    const folder = tempFolder();
    const vault = createMemoryVault();
    const first = await openHosted(folder, { clock, vault });
    await addVendor(first, vendor);
    const workspaces = await first.client.call('workspace.list', {});
    const workspaceId = workspaces.find(({ name }) => name === 'chosen')?.id ?? ('' as never);
    await renderAll(first.client, ['One line to learn the price.'], 'chosen/Ava', 'price');
    await first.client.call('queue.pause', { workspaceId });
    const project = await first.client.call('project.ensure', { name: 'Test' });
    const lines = ['Made after the backup, one.', 'Made after the backup, two.'];
    const script = await first.client.call('script.save', {
      projectId: project.id,
      path: 'late.cue.txt',
      source: { kind: 'text', text: `---\ntitle: Late\ncast:\n  NARRATOR: chosen/Ava\n---\n${lines.join('\n')}\n` },
    });
    const render = await first.client.call('render.enqueue', { scriptId: script.id });
    const { file } = await first.client.call('library.backup', {});
    const ended = new Promise<void>((resolve) => {
      first.client.on('render.changed', ({ render: { id, state } }) => {
        if (id === render.id && state === 'done') resolve();
      });
    });
    await first.client.call('queue.resume', { workspaceId });
    await ended;
    await first.close();
    expect(vendor.ledger()).toHaveLength(3);

    await restoreBackup(folder, file);
    expect(existsSync(join(folder, 'restored.json'))).toBe(true);
    const again = await openHosted(folder, { clock, vault });
    await again.client.call('queue.resume', { workspaceId });
    const restored = await renderAll(again.client, lines, 'chosen/Ava', 'late');
    expect(restored.progress.owned).toBe(2);
    expect(vendor.ledger()).toHaveLength(3);
    const ledger = await again.client.call('ledger.list', {});
    expect(ledger.reduce((total, { chargedCredits }) => total + chargedCredits, 0)).toBe(
      vendor.ledger().reduce((total, { chargedCredits }) => total + chargedCredits, 0),
    );
    expect(await again.client.call('queue.list', { states: ['queued', 'running', 'uncertain'] })).toEqual([]);
    expect((await again.client.call('take.list', {})).takes).toHaveLength(3);
    expect(existsSync(join(folder, 'restored.json'))).toBe(false);
  });
});

describe('a body that was whole when the program ended', () => {
  it('is adopted on open: the take and its charge are booked, nothing is asked and nothing is sent', async () => {
    const { clock, vendor } = await startVendor();
    const folder = tempFolder();
    const vault = createMemoryVault();
    const first = await openHosted(folder, { clock, vault });
    await addVendor(first, vendor);
    await renderAll(first.client, ['Whole on disk.'], 'chosen/Ava');
    const [take] = (await first.client.call('take.list', {})).takes;
    const [row] = await first.client.call('ledger.list', {});
    const wav = readFileSync(mediaOf(first, take?.id ?? ''));
    // As it stood right before the commit of take, charge and succeeded.
    const generationId = row?.generationId ?? '';
    first.library.database.exec(`DELETE FROM take_peaks; DELETE FROM takes; DROP TRIGGER ledger_append_only_delete; DELETE FROM ledger; DROP TRIGGER jobs_transition;
      UPDATE generations SET state = 'accepted', settled_at = NULL;
      UPDATE jobs SET state = 'running', claim_id = 'dead', held_credits = NULL; UPDATE renders SET state = 'active', finished_at = NULL`);
    await first.close();
    rmSync(join(folder, 'media', (take?.sha256 ?? '').slice(0, 2)), { recursive: true });
    writeFileSync(join(folder, `media/incoming/${generationId}.audio`), wav);
    const polls = vendor.counts();

    const second = await openHosted(folder, { clock, vault });
    expect((await second.client.call('take.list', {})).takes).toMatchObject([
      { sha256: take?.sha256, text: 'Whole on disk.', chargedCredits: row?.chargedCredits },
    ]);
    expect(await second.client.call('ledger.list', {})).toMatchObject([
      { generationId, state: 'settled', chargedCredits: row?.chargedCredits },
    ]);
    expect(await second.client.call('queue.list', {})).toMatchObject([{ state: 'succeeded' }]);
    expect(existsSync(join(folder, `media/incoming/${generationId}.audio`))).toBe(false);
    expect(vendor.counts()).toEqual(polls);
  });
});

describe('a library whose folder and database disagree', () => {
  it('says so by itself a while after it was opened, and what to do', async () => {
    const folder = tempFolder();
    const clock = createClock({ speed: 50 });
    const first = await openHosted(folder);
    await renderAll(first.client, ['A line whose file goes.'], 'scratch/slt', 'gone');
    const { takes } = await first.client.call('take.list', {});
    await first.close();
    const [take] = takes;
    if (take === undefined) throw new Error('There is no take.');
    rmSync(join(folder, 'media', take.sha256.slice(0, 2), `${take.sha256}.${take.format}`));
    const again = await openHosted(folder, { clock });
    const told = new Promise<string>((resolve) => {
      again.client.on('library.notice', ({ code, message }) => {
        if (code === 'media_disagrees') resolve(message);
      });
    });
    expect(await told).toContain('1 takes have lost their audio file');
  });
});
