import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { libraryOn, mountSmallDisk, runOnDisk, type SmallDisk } from './small-disk.ts';

const texts = Array.from({ length: 5 }, (_, index) => `This is line ${index + 1} of an order that fills the disk.`);

/** Every path below a folder with its mode and what it holds. */
const contentsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const held = entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'folder';
      return `${path} ${statSync(path).mode} ${held}`;
    })
    .toSorted();

const setModes = (folder: string, folders: number, files: number): void => {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isFile() ? files : folders);
  }
  chmodSync(folder, folders);
};

describe('a full disk', () => {
  it.each([
    ['body.opened', 2],
    ['body.flushed', 2],
    ['body.measured', 2],
    ['sidecar.written', 3],
    ['take.committed', 2],
  ] as const)(
    'keeps lines running and says so when it fills at %s, and pays for nothing again when there is space',
    async (point, nth) => {
      const disk = mountSmallDisk(4);
      process.stdout.write(
        disk.by === 'disk'
          ? 'On a small tmpfs that fills up.\n'
          : 'Mounting was refused: through a failing Files port.\n',
      );
      const server = await startGenerationsServer({ speed: 10, audioBytes: 40_000 });
      onTestFinished(() => server.close());
      const seen = await runOnDisk({
        kind: 'fill',
        folder: libraryOn(disk),
        baseUrl: server.baseUrl,
        key: server.apiKey,
        texts,
        point,
        nth,
        by: disk.by,
      });
      expect(seen.lane?.state).toBe('blocked');
      expect(seen.lane?.reason).toMatch(/disk is full|did not take a write/);
      expect(seen.meanwhile.length).toBeGreaterThan(0);
      expect(new Set(seen.meanwhile)).toEqual(new Set(['running']));
      expect(seen.complaints).toEqual([]);
      expect(seen.billed.at(-1)).toBe(texts.length);
      expect(server.billedTwice()).toEqual([]);
      expect(server.counts()['posts']).toBe(texts.length);
    },
  );
});

it('calls a render done later when the disk fills up behind its last line', async (context) => {
  const disk = mountSmallDisk(4);
  if (disk.by === 'port') return context.skip('Mounting was refused, and the database is no part of the failing port.');
  const server = await startGenerationsServer({ speed: 10, audioBytes: 40_000 });
  onTestFinished(() => server.close());
  const last = { point: 'body.cleared', nth: texts.length };
  const seen = await runOnDisk({
    kind: 'fill',
    folder: libraryOn(disk),
    baseUrl: server.baseUrl,
    key: server.apiKey,
    texts,
    ...last,
    by: disk.by,
  });
  expect(seen).toMatchObject({ meanwhile: [], complaints: [], billed: [texts.length, texts.length] });
});

describe('a library that may only be read', () => {
  const refusedAsItIs = async (folder: string): Promise<void> => {
    const before = contentsOf(folder);
    const seen = await runOnDisk({ kind: 'open', folder });
    expect(seen.refused).toBe('library_read_only');
    expect(seen.message).toContain('Nothing was changed');
    expect(contentsOf(folder)).toEqual(before);
  };
  const madeLibrary = async (disk: SmallDisk): Promise<string> => {
    const folder = libraryOn(disk);
    expect(await runOnDisk({ kind: 'open', folder })).toMatchObject({ refused: null });
    return folder;
  };

  it('is refused and left as it is when its user may not write', async () => {
    const folder = await madeLibrary(mountSmallDisk(4));
    setModes(folder, 0o555, 0o444);
    // Otherwise nobody but root could clear it away.
    onTestFinished(() => setModes(folder, 0o755, 0o644));
    await refusedAsItIs(folder);
  });

  it('is refused and left as it is when the disk is mounted for reading only', async (context) => {
    const disk = mountSmallDisk(4);
    const folder = await madeLibrary(disk);
    if (!disk.remountReadOnly()) return context.skip('Mounting was refused.');
    await refusedAsItIs(folder);
  });
});
