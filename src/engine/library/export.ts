/** The library as one file: a consistent copy of the database, and all audio that a take names or that was paid for. */
import { AppError } from '#contract/errors.ts';
import { countRows } from '../database/counts.ts';
import { schemaVersion } from '../database/migrate.ts';
import { pageTakeFiles } from '../database/takes.ts';
import { exportPath, exportsFolder, newExportId } from '../exports.ts';
import type { ArchiveEntry, Ports } from '../ports.ts';
import type { Router } from '../router.ts';
import { listMedia } from '../takes/adopt-media.ts';
import { incomingFolder, mediaPath } from '../takes/store-audio.ts';
import { databaseName, settingsName, writeManifest } from './manifest.ts';
import { createProgress } from './progress.ts';
import type { WholeLibrary } from '../whole-library.ts';

interface Packed {
  readonly path: string;
  readonly bytes: number;
}
interface Contents {
  readonly files: readonly Packed[];
  /** Content addresses that a take names and the folder lacks. */
  readonly missing: readonly string[];
}

const sidecarOf = (path: string): string => path.replace(/\.[^./]+$/, '.json');

/** Audio without a take goes along where a note beside it says whose it is; so does what was paid for and lies elsewhere. */
const gather = async (ports: Pick<Ports, 'files' | 'database' | 'clock'>): Promise<Contents> => {
  const media = new Map((await listMedia(ports)).map((file) => [file.path, file.bytes]));
  const notes = new Map<string, number>();
  for (const folder of await ports.files.list('media')) {
    if (!folder.isFolder || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
    for (const { name, bytes } of await ports.files.list(`media/${folder.name}`))
      if (/^[0-9a-f]{64}\.json$/.test(name)) notes.set(`media/${folder.name}/${name}`, bytes);
    await ports.clock.breathe();
  }
  const wanted = new Map<string, number>();
  const missing = new Set<string>();
  for (let after = 0; ; ) {
    const page = pageTakeFiles(ports.database, after);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const { sha256, format } of page) {
      const path = mediaPath(sha256, format);
      const bytes = media.get(path);
      if (bytes === undefined) missing.add(sha256);
      else wanted.set(path, bytes);
    }
    after = last.seq;
    await ports.clock.breathe();
  }
  for (const [path, bytes] of media) if (notes.has(sidecarOf(path))) wanted.set(path, bytes);
  for (const [path, bytes] of notes) wanted.set(path, bytes);
  for (const [folder, ending] of [
    ['media/aside', '.bin'],
    [incomingFolder, '.audio'],
  ] as const) {
    for (const { name, bytes, isFolder } of await ports.files.list(folder))
      if (!isFolder && name.endsWith(ending)) wanted.set(`${folder}/${name}`, bytes);
  }
  return { files: [...wanted].map(([path, bytes]) => ({ path, bytes })), missing: [...missing] };
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Errors: `disk_full`, `media_missing` (a file went while it was packed), `library_read_only`. */
export const exportLibrary = async (
  ports: Pick<Ports, 'files' | 'database' | 'clock' | 'ids' | 'archive'>,
  whole: WholeLibrary,
  publish: Router['publish'],
  program: string,
): Promise<{ exportId: string; fileName: string; bytes: number }> => {
  const exportId = newExportId(ports.ids, 'cuebooth');
  const copy = `${exportsFolder}/${exportId}.db`;
  const createdAt = ports.clock.now();
  try {
    // First of all: takes are never changed, so that whatever the copy names is still there when the audio is listed.
    const database = await whole.copyDatabase(copy);
    const { files, missing } = await gather(ports);
    const settingsBytes = (await ports.files.size(settingsName)) ?? 0;
    const totalBytes = database.bytes + settingsBytes + files.reduce((sum, { bytes }) => sum + bytes, 0);
    const free = await whole.freeBytes();
    if (free !== null && totalBytes > free) {
      throw new AppError(
        'disk_full',
        `The library was not exported: its file needs up to ${Math.ceil(totalBytes / 1e6)} MB and the disk has ${Math.floor(free / 1e6)} MB left. Nothing was changed. Free some space, then export again.`,
        { action: { type: 'free-disk-space' } },
      );
    }
    const { projects, scripts, takes } = countRows(ports.database);
    const manifest = writeManifest({
      schema: schemaVersion,
      program,
      createdAt,
      counts: { projects, scripts, takes },
      database,
      totalBytes,
      files: files.length,
      missing: [...missing],
    });
    const entries = function* (): Generator<ArchiveEntry> {
      yield { name: 'cuebooth.json', content: manifest };
      yield { name: databaseName, content: { file: ports.files.absolute(copy) } };
      if (settingsBytes > 0) yield { name: settingsName, content: { file: ports.files.absolute(settingsName) } };
      for (const { path } of files) yield { name: path, content: { file: ports.files.absolute(path) } };
    };
    const tell = createProgress(publish, ports.clock, 'export', totalBytes);
    const { bytes } = await ports.archive.write(exportPath(exportId), entries(), { onBytes: tell });
    tell(totalBytes);
    return { exportId, fileName: `cuebooth-library-${day(createdAt)}.cuebooth`, bytes };
  } finally {
    await ports.files.remove(copy);
  }
};
