import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFiles } from '#node/files.ts';
import { nobody, startChild } from './child.ts';
import { useTempFolders } from './temp-folder.ts';

const tempFolder = useTempFolders();
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('files', () => {
  it('writes chunks in order, makes missing folders, and gives the same bytes back', async () => {
    const root = tempFolder();
    const files = createFiles(root);
    const sink = await files.create('media/incoming/g1.part');
    const chunk = new Uint8Array(100_000);
    const expected: number[] = [];
    for (let number = 0; number < 9; number += 1) {
      chunk.fill(number);
      expected.push(...chunk);
      await sink.write(chunk);
    }
    await sink.finish();
    expect(Buffer.compare(await files.read('media/incoming/g1.part'), Buffer.from(expected))).toBe(0);
    expect(await files.size('media/incoming/g1.part')).toBe(900_000);
  });

  it('keeps what was written when a file is given up', async () => {
    const files = createFiles(tempFolder());
    const sink = await files.create('half.part');
    await sink.write(bytes('half'));
    await sink.abandon();
    await sink.abandon();
    expect(Buffer.from(await files.read('half.part')).toString()).toBe('half');
    await expect(sink.write(bytes('more'))).rejects.toThrow(/closed/);
  });

  it('empties a file that is created again', async () => {
    const files = createFiles(tempFolder());
    for (const text of ['a long first text', 'short']) {
      const sink = await files.create('same');
      await sink.write(bytes(text));
      await sink.finish();
    }
    expect(Buffer.from(await files.read('same')).toString()).toBe('short');
  });

  it('renames across folders that did not exist, many at once, and replaces a target', async () => {
    const root = tempFolder();
    const files = createFiles(root);
    await Promise.all(
      Array.from({ length: 30 }, async (_, number) => {
        await files.writeAtomic(`incoming/${number}`, `text ${number}`);
        await files.rename(`incoming/${number}`, `media/${number % 3}/${number}.wav`);
      }),
    );
    expect(readdirSync(join(root, 'incoming'))).toEqual([]);
    expect(Buffer.from(await files.read('media/2/29.wav')).toString()).toBe('text 29');
    await files.writeAtomic('again', 'new');
    await files.rename('again', 'media/2/29.wav');
    expect(Buffer.from(await files.read('media/2/29.wav')).toString()).toBe('new');
  });

  it('gives a file a second name and keeps a target that is there', async () => {
    const root = tempFolder();
    const files = createFiles(root);
    await files.writeAtomic('one', 'first');
    await files.writeAtomic('two', 'second');
    await files.link('one', 'deep/er/three');
    await files.link('one', 'two');
    expect(readFileSync(join(root, 'deep/er/three'), 'utf8')).toBe('first');
    expect(readFileSync(join(root, 'two'), 'utf8')).toBe('second');
  });

  it('leaves nothing but the whole file after an atomic write', async () => {
    const root = tempFolder();
    const files = createFiles(root);
    await files.writeAtomic('settings.json', '{}');
    await files.writeAtomic('settings.json', bytes('{"a":1}'));
    expect(readdirSync(root)).toEqual(['settings.json']);
    expect(readFileSync(join(root, 'settings.json'), 'utf8')).toBe('{"a":1}');
    mkdirSync(join(root, 'taken/inside'), { recursive: true });
    await expect(files.writeAtomic('taken', 'x')).rejects.toThrow();
    expect(readdirSync(root).sort()).toEqual(['settings.json', 'taken']);
  });

  it('lists, sizes and removes, and takes a missing one as nothing', async () => {
    const root = tempFolder();
    const files = createFiles(root);
    await files.writeAtomic('media/a.wav', 'abc');
    await files.writeAtomic('media/incoming/b.part', 'b');
    const found = await files.list('media');
    expect([...found].sort((x, y) => x.name.localeCompare(y.name))).toEqual([
      { name: 'a.wav', bytes: 3, isFolder: false },
      { name: 'incoming', bytes: 0, isFolder: true },
    ]);
    expect(await files.list('nothing')).toEqual([]);
    expect(await files.size('nothing')).toBeNull();
    await files.remove('media/a.wav');
    await files.remove('media/a.wav');
    expect(await files.size('media/a.wav')).toBeNull();
    await expect(files.read('media/a.wav')).rejects.toMatchObject({ code: 'media_missing' });
    await expect(files.rename('media/a.wav', 'media/c.wav')).rejects.toMatchObject({ code: 'media_missing' });
  });

  it.each(['../out', 'a/../../out', '/etc/passwd', 'a\\b', 'C:/x', '', '.', 'a//b', 'a/./b', 'a\0b'])(
    'never leaves the library for %j',
    async (path) => {
      const files = createFiles(tempFolder());
      expect(() => files.absolute(path)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
      await expect(files.read(path)).rejects.toMatchObject({ code: 'invalid_input' });
      await expect(files.writeAtomic(path, 'x')).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );

  it('says library_read_only where it may not write, and leaves the folder as it was', async () => {
    const root = tempFolder();
    writeFileSync(join(root, 'there'), 'x');
    chmodSync(root, 0o555);
    const child = startChild(
      `import { createFiles } from '#node/files.ts';
       const files = createFiles(${JSON.stringify(root)});
       const codes = [];
       for (const run of [() => files.create('a'), () => files.writeAtomic('b', 'x'), () => files.rename('there', 'c'), () => files.remove('there')]) {
         try { await run(); codes.push('done'); } catch (error) { codes.push(error.code); }
       }
       console.log(JSON.stringify(codes));`,
      nobody,
    );
    expect(await child.line()).toEqual([
      'library_read_only',
      'library_read_only',
      'library_read_only',
      'library_read_only',
    ]);
    expect(readdirSync(root)).toEqual(['there']);
    chmodSync(root, 0o755);
  });

  it.skipIf(!existsSync('/dev/full'))('says disk_full with a way out when the disk takes no more', async () => {
    // A device that answers every write like a full disk, reached through a link inside the library.
    const root = tempFolder();
    symlinkSync('/dev/full', join(root, 'full.part'));
    const sink = await createFiles(root).create('full.part');
    await sink.write(bytes('one line'));
    await expect(sink.finish()).rejects.toMatchObject({ code: 'disk_full', action: { type: 'free-disk-space' } });
    await sink.abandon();
  });
});
