/** The Files port on the real disk. Nothing is named in its place before its bytes and its folder entry are flushed. */
import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Files } from '#engine/ports.ts';
import { openSink } from './file-sink.ts';
import { fromFileSystem } from './files-errors.ts';
import { createFolderSync } from './folder-sync.ts';
import type { FolderSync } from './folder-sync.ts';
import { resolveInside } from './paths-inside.ts';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Creates missing folders and makes their own entries durable. */
const makeFolders = async (folder: string, sync: FolderSync): Promise<void> => {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await sync(dirname(made));
};

/** Virus scanners and indexers on Windows hold a fresh file for a moment. Waits 10 to 320 ms, about 0.6 s in all. */
const renamePatiently = async (from: string, to: string): Promise<void> => {
  for (let waitMs = 10; ; waitMs *= 2) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const held = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(String(codeOf(error)));
      if (!held || waitMs > 320) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
};

/** Runs again after making the folder, so that the usual call costs no look at it. */
const withFolder = async <T>(path: string, sync: FolderSync, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    const missing = codeOf(error) === 'ENOENT' || codeOf(error instanceof Error ? error.cause : undefined) === 'ENOENT';
    if (!missing) throw error;
    await makeFolders(dirname(path), sync);
    return run();
  }
};

/** A hard link; where the file system has none, a flushed copy. A file of that name is kept. */
const nameAgain = async (source: string, target: string): Promise<void> => {
  try {
    await link(source, target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS', 'EXDEV'].includes(String(codeOf(error)))) throw error;
    const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
    try {
      await copyFile(source, temporary, constants.COPYFILE_EXCL);
      const handle = await open(temporary, 'r+');
      await handle.sync().finally(() => handle.close());
      await renamePatiently(temporary, target);
    } catch (failure) {
      await unlink(temporary).catch(() => undefined);
      throw failure;
    }
  }
};

const replaceFile = async (path: string, bytes: Uint8Array | string, mode: number, sync: FolderSync): Promise<void> => {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const sink = await withFolder(path, sync, () => openSink(temporary, mode));
  try {
    await sink.write(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    await sink.finish();
    await renamePatiently(temporary, path);
  } catch (error) {
    await sink.abandon();
    await unlink(temporary).catch(() => undefined);
    throw fromFileSystem(error);
  }
  await sync(dirname(path));
};

/** Whole file flushed and renamed into place, or nothing changed; absolute path, for files outside a library. */
export const writeFileAtomic = (path: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> =>
  replaceFile(path, bytes, mode, createFolderSync());

/** The files of the library in `root`. */
export const createFiles = (root: string): Files => {
  const sync = createFolderSync();
  const absolute = (path: string): string => resolveInside(root, path);
  const guarded = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw fromFileSystem(error);
    }
  };

  return {
    absolute,
    create: (path) =>
      guarded(() => {
        const target = absolute(path);
        return withFolder(target, sync, () => openSink(target));
      }),
    writeAtomic: (path, bytes) => guarded(() => replaceFile(absolute(path), bytes, 0o644, sync)),
    rename: (from, to) =>
      guarded(async () => {
        const source = absolute(from);
        const target = absolute(to);
        await withFolder(target, sync, () => renamePatiently(source, target));
        await sync(dirname(target));
      }),
    link: (from, to) =>
      guarded(async () => {
        const source = absolute(from);
        const target = absolute(to);
        await withFolder(target, sync, () => nameAgain(source, target));
        await sync(dirname(target));
      }),
    read: (path) => guarded(() => readFile(absolute(path))),
    size: (path) =>
      guarded(async () => {
        try {
          return (await stat(absolute(path))).size;
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return null;
          throw error;
        }
      }),
    list: (folder) =>
      guarded(async () => {
        const path = absolute(folder);
        const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
          if (codeOf(error) === 'ENOENT') return [];
          throw error;
        });
        return Promise.all(
          entries.map(async (entry) => {
            const isFolder = entry.isDirectory();
            const bytes = isFolder
              ? 0
              : await stat(`${path}/${entry.name}`).then(
                  (found) => found.size,
                  () => 0,
                );
            return { name: entry.name, bytes, isFolder };
          }),
        );
      }),
    remove: (path) =>
      guarded(async () => {
        await unlink(absolute(path)).catch((error: unknown) => {
          if (codeOf(error) !== 'ENOENT') throw error;
        });
      }),
  };
};
