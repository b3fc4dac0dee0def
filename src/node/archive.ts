/** Zip files for the engine, by yazl and yauzl: 64-bit sizes, written aside and renamed, read with limits. */
import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contract/errors.ts';
import type { Archive, ArchiveEntry, ArchiveLimits } from '#engine/ports.ts';
import { fromFileSystem } from './files-errors.ts';

const packed = /\.(html|css|js|json|txt|csv|md|srt|vtt|svg|db)$/i;
const defaults = { entries: 10_000, totalBytes: 256 * 1024 * 1024 } as const satisfies Required<ArchiveLimits>;

const unsound = (reason: string, cause?: unknown): AppError =>
  new AppError('bad_response', `The file cannot be unpacked: ${reason}. Nothing was changed.`, { cause });

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

/** `folder`: the library's. */
export const createArchive = (folder: string): Archive => ({
  write: async (path, entries) => {
    const target = join(folder, path);
    const aside = `${target}.tmp`;
    const { ZipFile } = await import('yazl');
    try {
      await mkdir(dirname(target), { recursive: true });
      const zip = new ZipFile();
      const written = pipeline(zip.outputStream, createWriteStream(aside));
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
        zip.outputStream.unpipe();
        (zip.outputStream as { destroy?: (error: Error) => void }).destroy?.(new Error('not finished'));
        await written.catch(() => undefined);
        throw error;
      }
      const handle = await open(aside, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
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
      if (zip.entryCount > mostEntries) throw unsound(`it holds more than ${mostEntries} files`);
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith('/') || !wanted(entry.fileName)) continue;
        const chunks: Uint8Array[] = [];
        const stream = await zip.openReadStreamPromise(entry);
        for await (const chunk of stream as AsyncIterable<Uint8Array>) {
          total += chunk.byteLength;
          if (total > totalBytes) {
            stream.destroy();
            throw unsound(`it unpacks to more than ${Math.round(totalBytes / 1024 / 1024)} MiB`);
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
});
