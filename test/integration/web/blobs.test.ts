import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createBlobStore } from '#node/serving/blobs.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'cuebooth-blobs-')), 'blobs');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const chunks = async function* (...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
};

it('gives back what was stored, under an id that nobody can guess', async () => {
  const blobs = await createBlobStore(folder);
  const [one, two] = [await blobs.save(chunks('a', 'bc')), await blobs.save(chunks('a', 'bc'))];
  expect(one).not.toBe(two);
  expect(Buffer.from((await blobs.read(one)) ?? []).toString()).toBe('abc');
});

it('keeps blobs from other users of the machine', async () => {
  const blobs = await createBlobStore(folder);
  const id = await blobs.save(chunks('a'));
  expect((await stat(join(folder, id))).mode & 0o077).toBe(0);
});

it('removes a blob after use', async () => {
  const blobs = await createBlobStore(folder);
  const id = await blobs.save(chunks('a'));
  await blobs.remove(id);
  expect(await blobs.read(id)).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});

it('removes what an earlier run left, and no file that it did not make', async () => {
  const earlier = await createBlobStore(folder);
  await earlier.save(chunks('a'));
  await writeFile(join(folder, '11111111-1111-1111-1111-111111111111.part'), 'half');
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await createBlobStore(folder);
  expect(await readdir(folder)).toEqual(['notes.txt']);
});

it('takes exactly its limit, and leaves nothing of a blob that is larger', async () => {
  const blobs = await createBlobStore(folder, { maxBytes: 4 });
  const id = await blobs.save(chunks('ab', 'cd'));
  await expect(blobs.save(chunks('ab', 'cd', 'e'))).rejects.toMatchObject({ code: 'blob_too_large' });
  expect(await readdir(folder)).toEqual([id]);
});

it.each(['../secret', '..', '', '/etc/passwd', '11111111-1111-1111-1111-111111111111.part'])(
  'holds nothing under the id %j',
  async (id) => {
    const blobs = await createBlobStore(folder);
    await writeFile(join(folder, '..', 'secret'), 'x');
    expect(await blobs.read(id)).toBeNull();
    await blobs.remove(id);
    expect(await readdir(join(folder, '..'))).toContain('secret');
  },
);
