/** Zip files for the engine, by yazl and yauzl: 64-bit sizes, written aside and renamed, read with limits. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contract/errors.ts';
import type { Archive, ArchiveEntry, ArchiveLimits } from '#engine/ports.ts';
import { fromFileSystem } from './files-errors.ts';
import { createFolderSync } from './folder-sync.ts';
import { resolveInside } from './paths-inside.ts';

const packed = /\.(html|css|js|json|txt|csv|md|srt|vtt|svg|db)$/i;
const defaults = { entries: 10_000, totalBytes: 256 * 1024 * 1024 } as const satisfies Required<ArchiveLimits>;

const unsound = (reason: string, cause?: unknown): AppError =>
  new AppError('bad_response', `The file cannot be unpacked: ${reason}. Nothing was changed.`, { cause });
const tooMany = (entries: number): AppError => unsound(`it holds more than ${entries} files`);
const tooLarge = (bytes: number): AppError => unsound(`it unpacks to more than ${Math.round(bytes / 1024 / 1024)} MiB`);
const isSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;
const readFailure = (error: unknown): unknown => {
  if (error instanceof AppError) return error;
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
    return unsound('a name comes twice in it', error);
  return isSystem(error) ? fromFileSystem(error) : unsound('it is no sound zip file', error);
};

const checkFile = async (entry: ArchiveEntry): Promise<void> => {
  if (typeof entry.content === 'string' || entry.content instanceof Uint8Array) return;
  const { file } = entry.content;
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true)
    throw new AppError(
      'media_missing',
      `${entry.name} cannot be packed: its file ${file} is missing. Nothing was written.`,
    );
};

const flush = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
};

/** `folder`: the library's. */
export const createArchive = (folder: string): Archive => ({
  write: async (path, entries, { onBytes } = {}) => {
    const target = join(folder, path);
    const aside = `${target}.tmp`;
    const { ZipFile } = await import('yazl');
    try {
      await mkdir(dirname(target), { recursive: true });
      const zip = new ZipFile();
      const output = zip.outputStream as NodeJS.ReadableStream & { destroy(error: Error): void };
      // A file that goes while it is being packed is told here, and nowhere else.
      zip.on('error', (error: Error) => output.destroy(error));
      if (onBytes !== undefined) {
        let done = 0;
        output.on('data', (chunk: Uint8Array) => {
          done += chunk.byteLength;
          onBytes(done);
        });
      }
      const written = pipeline(output, createWriteStream(aside));
      // Told by the await below; a loop that is still adding must not leave it unheard.
      written.catch(() => undefined);
      try {
        for await (const entry of entries) {
          await checkFile(entry);
          const compress = packed.test(entry.name);
          const { content } = entry;
          if (typeof content === 'string') zip.addBuffer(Buffer.from(content, 'utf8'), entry.name, { compress });
          else if (content instanceof Uint8Array) zip.addBuffer(Buffer.from(content), entry.name, { compress });
          else zip.addFile(content.file, entry.name, { compress });
        }
        zip.end();
        await written;
      } catch (error) {
        output.destroy(new Error('not finished'));
        await written.catch(() => undefined);
        throw error;
      }
      await flush(aside);
      await rename(aside, target);
      return { bytes: (await stat(target)).size };
    } catch (error) {
      await rm(aside, { force: true });
      throw error instanceof AppError ? error : fromFileSystem(error);
    }
  },

  unpack: async (archive, wanted, limits = {}) => {
    const { fromBufferPromise } = await import('yauzl');
    const { entries: mostEntries, totalBytes } = { ...defaults, ...limits };
    const found = new Map<string, Uint8Array>();
    let total = 0;
    try {
      const zip = await fromBufferPromise(Buffer.from(archive), { lazyEntries: true });
      if (zip.entryCount > mostEntries) throw tooMany(mostEntries);
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith('/') || !wanted(entry.fileName)) continue;
        const chunks: Uint8Array[] = [];
        const stream = await zip.openReadStreamPromise(entry);
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          total += chunk.byteLength;
          if (total > totalBytes) {
            stream.destroy();
            throw tooLarge(totalBytes);
          }
          chunks.push(chunk);
        }
        found.set(entry.fileName, Buffer.concat(chunks));
      }
    } catch (error) {
      throw error instanceof AppError ? error : unsound('it is no sound zip file', error);
    }
    return found;
  },

  read: async (file, name, mostBytes) => {
    const { openPromise } = await import('yauzl');
    try {
      const zip = await openPromise(file, { lazyEntries: true, autoClose: false });
      try {
        for await (const entry of zip.eachEntry()) {
          if (entry.fileName !== name) continue;
          const chunks: Uint8Array[] = [];
          let bytes = 0;
          const stream = await zip.openReadStreamPromise(entry);
          for await (const chunk of stream as AsyncIterable<Uint8Array>) {
            bytes += chunk.byteLength;
            if (bytes > mostBytes) {
              stream.destroy();
              throw tooLarge(mostBytes);
            }
            chunks.push(chunk);
          }
          return Buffer.concat(chunks);
        }
        return null;
      } finally {
        zip.close();
      }
    } catch (error) {
      throw readFailure(error);
    }
  },

  extract: async (file, into, wanted, options = {}) => {
    const { openPromise } = await import('yauzl');
    const { entries: mostEntries = Infinity, totalBytes = Infinity, onEntry, onBytes } = options;
    const root = resolveInside(folder, into);
    const sync = createFolderSync();
    const folders = new Set<string>([root]);
    let bytes = 0;
    let count = 0;
    const store = async (name: string, stream: AsyncIterable<Uint8Array>): Promise<void> => {
      const target = resolveInside(root, name);
      const parent = dirname(target);
      if (!folders.has(parent)) {
        await mkdir(parent, { recursive: true });
        for (let made = parent; made.length > root.length; made = dirname(made)) folders.add(made);
      }
      const hash = createHash('sha256');
      let own = 0;
      // `wx`: a name that comes twice is no sound archive of ours.
      const handle = await open(target, 'wx');
      try {
        for await (const chunk of stream) {
          own += chunk.byteLength;
          bytes += chunk.byteLength;
          if (bytes > totalBytes) throw tooLarge(totalBytes);
          hash.update(chunk);
          await handle.writeFile(chunk);
          onBytes?.(bytes);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
      count += 1;
      onEntry?.({ name, bytes: own, sha256: hash.digest('hex') });
    };
    try {
      await rm(root, { recursive: true, force: true });
      await mkdir(root, { recursive: true });
      const zip = await openPromise(file, { lazyEntries: true, autoClose: false });
      try {
        if (zip.entryCount > mostEntries) throw tooMany(mostEntries);
        for await (const entry of zip.eachEntry()) {
          if (entry.fileName.endsWith('/') || !wanted(entry.fileName)) continue;
          await store(entry.fileName, (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>);
        }
      } finally {
        zip.close();
      }
      for (const made of folders) await sync(made);
      await sync(dirname(root));
      return { entries: count, bytes };
    } catch (error) {
      await rm(root, { recursive: true, force: true });
      throw readFailure(error);
    }
  },
});
