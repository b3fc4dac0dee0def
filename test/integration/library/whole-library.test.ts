/** The library as one file and back, what may be cleaned up, and the exchange behind a studio that stays open. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Push } from '#contract/transport.ts';
import { openSession } from '#hosts/cli/open-session.ts';
import type { Access, Session } from '#hosts/cli/session.ts';
import { createArchive } from '#node/archive.ts';
import { endAll, later, renderAll, tempFolder } from './setup.ts';

endAll();

const openAt = async (home: string, access: Access = 'serve'): Promise<Session> => {
  const session = await openSession({
    library: join(home, 'library'),
    access,
    version: '0.0.0-test',
    tell: () => undefined,
    environment: { CUEBOOTH_APP_DATA: join(home, 'app') },
  });
  later(() => session.close('park'));
  return session;
};

/** A library with two rendered lines, and its file. */
const exported = async (home: string) => {
  const session = await openAt(home);
  await renderAll(session.client, ['NARRATOR: One.', 'NARRATOR: Two.']);
  const made = await session.client.call('library.export', {});
  const file = await session.mediaPath(made.exportId);
  if (file === null) throw new Error('The export cannot be downloaded.');
  return { session, made, file: file.path };
};
const textsOf = async ({ client }: Session): Promise<string[]> =>
  (await client.call('take.list', { limit: 50 })).takes.map(({ text }) => text).sort();

it('is one file with all of it, that comes back as it was beside the library it takes the place of', async () => {
  const home = tempFolder();
  const { session, made, file } = await exported(home);
  const kept = join(home, 'kept.cuebooth');
  cpSync(file, kept);
  expect(made.fileName).toMatch(/^cuebooth-library-\d{4}-\d{2}-\d{2}\.cuebooth$/);
  expect(readFileSync(kept).length).toBe(made.bytes);
  await renderAll(session.client, ['NARRATOR: Three.'], 'scratch/slt', 'Later');
  expect(await textsOf(session)).toEqual(['One.', 'Three.', 'Two.']);

  const pushes: Push[] = [];
  session.router.subscribe((push) => pushes.push(push));
  const restored = await session.client.call('library.restore', { blobId: session.lendFile(kept) });
  expect(restored).toMatchObject({ takes: 2, scripts: 1, paused: 0 });
  expect(await textsOf(session)).toEqual(['One.', 'Two.']);
  // A number is left out, so that every page fetches all of it again.
  const said = pushes.find(({ payload }) => (payload as { code?: string }).code === 'library_replaced');
  const before = pushes[pushes.indexOf(said as Push) - 1];
  expect(said?.seq).toBe((before?.seq ?? 0) + 2);

  const { putAside } = await session.client.call('library.storage', {});
  expect(putAside.map(({ path }) => path)).toEqual([restored.putAside]);
  expect(dirname(restored.putAside)).toBe(home);
  const { notices } = await session.client.call('library.get', {});
  expect(notices.map(({ code }) => code)).toContain('library_restored');
  await renderAll(session.client, ['NARRATOR: One.'], 'scratch/slt', 'Again');
  await session.close('park');

  const old = await openSession({
    library: restored.putAside,
    access: 'edit',
    version: '0.0.0-test',
    tell: () => undefined,
    environment: { CUEBOOTH_APP_DATA: join(home, 'app') },
  });
  later(() => old.close('park'));
  expect(await textsOf(old)).toEqual(['One.', 'Three.', 'Two.']);
  expect((await old.client.call('library.doctor', {})).missing).toEqual([]);
});

it('pauses what was open in the file, so that nothing is sent a second time', async () => {
  const home = tempFolder();
  const session = await openAt(home, 'edit');
  const project = await session.client.call('project.ensure', { name: 'Test' });
  const source = { kind: 'text' as const, text: '---\ncast:\n  NARRATOR: scratch/slt\n---\nNARRATOR: Waits.\n' };
  const script = await session.client.call('script.save', { projectId: project.id, path: 'a.cue.txt', source });
  const render = await session.client.call('render.enqueue', { scriptId: script.id });
  const { exportId } = await session.client.call('library.export', {});
  const file = await session.mediaPath(exportId);
  const restored = await session.client.call('library.restore', { blobId: session.lendFile(file?.path ?? '') });
  expect(restored.paused).toBe(1);
  expect((await session.client.call('render.get', { renderId: render.id })).state).toBe('paused');
});

it('refuses what is no library file, a damaged one and one of a newer Cuebooth, and leaves all as it was', async () => {
  const home = tempFolder();
  const { session, file } = await exported(home);
  const library = join(home, 'library');
  const archive = createArchive(home);
  const manifestOf = async (): Promise<Record<string, unknown>> =>
    JSON.parse(new TextDecoder().decode((await archive.read(file, 'cuebooth.json', 1e6)) ?? new Uint8Array()));
  await archive.extract(file, 'unpacked', () => true);
  const unpacked = join(home, 'unpacked');
  const names = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  const audio = names.find((name) => name.endsWith('.wav')) ?? '';
  /** The same file with some entries changed; null leaves one out. */
  const changed = async (name: string, over: Readonly<Record<string, string | null>>): Promise<string> => {
    const entries = names.flatMap((entry) => {
      const content = over[entry];
      if (content === null) return [];
      return [{ name: entry, content: content ?? { file: join(unpacked, entry) } }];
    });
    await archive.write(name, entries);
    return join(home, name);
  };
  const newer = { ...(await manifestOf()), schema: 999 };
  const cases: readonly (readonly [file: string, code: string])[] = [
    [join(library, 'library.db'), 'bad_response'],
    [await changed('other.zip', { 'cuebooth.json': '{}' }), 'invalid_input'],
    [await changed('newer.zip', { 'cuebooth.json': JSON.stringify(newer) }), 'library_from_future'],
    [await changed('silent.zip', { [audio]: null }), 'invalid_input'],
    [await changed('swapped.zip', { [audio]: 'another sound' }), 'invalid_input'],
    [await changed('empty.zip', { 'library.db': null }), 'invalid_input'],
    [await changed('broken.zip', { 'library.db': 'not a database' }), 'invalid_input'],
  ];
  for (const [path, code] of cases) {
    const reply = await session.router.dispatch('library.restore', { blobId: session.lendFile(path) });
    expect(reply, path).toMatchObject({ ok: false, error: { code } });
    expect(existsSync(join(library, 'restoring')), path).toBe(false);
    expect(existsSync(join(library, 'exchange.json')), path).toBe(false);
  }
  expect(await textsOf(session)).toEqual(['One.', 'Two.']);
});

it('holds no key', async () => {
  const home = tempFolder();
  const session = await openAt(home);
  const key = 'sk-RECOGNISABLE-in-no-export-5d21';
  await session.client.call('workspace.add', {
    provider: 'chosen',
    name: 'agency',
    baseUrl: 'http://127.0.0.1:9',
    key,
    sessionOnly: true,
  });
  const { exportId } = await session.client.call('library.export', {});
  const file = await session.mediaPath(exportId);
  await createArchive(home).extract(file?.path ?? '', 'unpacked', () => true);
  for (const name of readdirSync(join(home, 'unpacked'), { recursive: true, encoding: 'utf8' })) {
    const path = join(home, 'unpacked', name);
    if (/\.\w+$/.test(name)) expect(readFileSync(path).includes(key), name).toBe(false);
  }
});

const strayAudio = (library: string, content: string, note: object | null): string => {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const folder = join(library, 'media', sha256.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${sha256}.wav`), content);
  if (note !== null) writeFileSync(join(folder, `${sha256}.json`), JSON.stringify({ version: 1, takes: [note] }));
  return join(folder, `${sha256}.wav`);
};
const noteOf = (provider: string, chargedCredits: number | null) => ({
  recipeHash: 'x',
  takeNo: 1,
  recipe: JSON.stringify({ kind: 'speech', provider, text: 'Stray.' }),
  generationId: null,
  vendorId: null,
  chargedCredits,
});

it('cleans up only what no take names and what cost nothing; audio that was paid for stays', async () => {
  const home = tempFolder();
  const { session } = await exported(home);
  const library = join(home, 'library');
  const free = strayAudio(library, 'made here', noteOf('scratch', null));
  const paid = strayAudio(library, 'made there', noteOf('elevenlabs', 12));
  const unpriced = strayAudio(library, 'price unknown', noteOf('chosen', null));
  const charged = strayAudio(library, 'charged all the same', noteOf('scratch', 3));
  const nobodys = strayAudio(library, 'no note', null);
  const found = await session.client.call('library.storage', {});
  expect(found.unreferenced).toMatchObject({ files: 5, removable: 1, removableBytes: 9 });
  expect(found.media.files).toBe(7);

  expect(await session.client.call('library.cleanUp', { what: ['unreferenced', 'exports'] })).toMatchObject({
    files: 2,
  });
  expect(existsSync(free)).toBe(false);
  for (const file of [paid, unpriced, charged, nobodys]) expect(existsSync(file), file).toBe(true);
  expect((await session.client.call('library.doctor', {})).missing).toEqual([]);
  expect((await session.client.call('library.storage', {})).exports.files).toBe(0);
});

it('goes back to a backup, and takes in again what was made since', async () => {
  const home = tempFolder();
  const session = await openAt(home);
  await renderAll(session.client, ['NARRATOR: One.']);
  const backup = await session.client.call('library.backup', {});
  await renderAll(session.client, ['NARRATOR: Two.'], 'scratch/slt', 'Later');
  const scripts = await session.client.call('script.list', {});
  expect(scripts).toHaveLength(2);
  await session.client.call('library.goBack', { file: backup.file });
  expect(await session.client.call('script.list', {})).toHaveLength(1);
  expect(await textsOf(session)).toEqual(['One.', 'Two.']);
});

it('drops a restore that ended before it was written down', async () => {
  const home = tempFolder();
  const { session } = await exported(home);
  await session.close('park');
  mkdirSync(join(home, 'library', 'restoring', 'media'), { recursive: true });
  const again = await openAt(home, 'edit');
  expect(existsSync(join(home, 'library', 'restoring'))).toBe(false);
  expect(await textsOf(again)).toEqual(['One.', 'Two.']);
  rmSync(join(home, 'app'), { recursive: true, force: true });
});
