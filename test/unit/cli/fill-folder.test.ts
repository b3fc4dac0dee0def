import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fillFolder, type OutFile } from '#hosts/cli/out/fill-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuebooth-out-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stored = async (name: string, content: string): Promise<OutFile> => {
  const source = join(folder, `${name.replaceAll('/', '-')}.stored`);
  await writeFile(source, content);
  return {
    name,
    source,
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: Buffer.byteLength(content),
  };
};

it('puts one take under each of its names', async () => {
  const take = await stored('lyon/1.wav', 'audio');
  const out = join(folder, 'out');
  expect(await fillFolder(out, [take, { ...take, name: 'paris/1.wav' }])).toEqual({ written: 2, kept: 0, replaced: 0 });
  expect(await readFile(join(out, 'paris', '1.wav'), 'utf8')).toBe('audio');
});

it('leaves a file that is the same already untouched', async () => {
  const take = await stored('1.wav', 'audio');
  const out = join(folder, 'out');
  await fillFolder(out, [take]);
  const before = await stat(join(out, '1.wav'));
  expect(await fillFolder(out, [take])).toEqual({ written: 0, kept: 1, replaced: 0 });
  expect((await stat(join(out, '1.wav'))).ino).toBe(before.ino);
});

it('replaces a file of the same length with other bytes', async () => {
  const take = await stored('1.wav', 'audio');
  const out = join(folder, 'out');
  await fillFolder(out, [take]);
  await writeFile(join(out, '1.wav'), 'oidua');
  expect(await fillFolder(out, [take])).toEqual({ written: 0, kept: 0, replaced: 1 });
  expect(await readFile(join(out, '1.wav'), 'utf8')).toBe('audio');
});

it('does not change the stored take when the delivered file is edited', async () => {
  const take = await stored('1.wav', 'audio');
  const out = join(folder, 'out');
  await fillFolder(out, [take]);
  await writeFile(join(out, '1.wav'), 'edited');
  expect(await readFile(take.source, 'utf8')).toBe('audio');
});

it('says that the audio is missing, and leaves no half file behind', async () => {
  const take = await stored('1.wav', 'audio');
  await rm(take.source);
  const out = join(folder, 'out');
  await expect(fillFolder(out, [take])).rejects.toMatchObject({ code: 'media_missing' });
  expect(await readdir(out)).toEqual([]);
});
