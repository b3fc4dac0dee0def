/**
 * A library file becomes a library in a folder of its own, checked whole; only then is the open one exchanged for it. Until
 * the exchange is written down nothing of the open library has changed.
 */
import { AppError } from '#contract/errors.ts';
import { countRows } from '../database/counts.ts';
import { migrate, pendingMigrations, schemaVersion } from '../database/migrate.ts';
import { pauseOpenRenders } from '../database/renders.ts';
import { pageTakeFiles } from '../database/takes.ts';
import type { Ports, WritableDatabase } from '../ports.ts';
import type { Router } from '../router.ts';
import { claimedHash, databaseName, isLibraryEntry, type Manifest, manifestName } from './manifest.ts';
import { mostManifestBytes, readManifest } from './manifest.ts';
import { createProgress } from './progress.ts';
import type { WholeLibrary } from '../whole-library.ts';

/** Where a library waits for the exchange; what an earlier restore left there is cleared away. */
export const stagingFolder = 'restoring';

type RestorePorts = Pick<Ports, 'files' | 'clock' | 'archive'>;

const damaged = (what: string): AppError =>
  new AppError(
    'invalid_input',
    `The library file is damaged: ${what}. Nothing was changed. Export it again where it came from, or use an older file.`,
  );

const refuseWithoutRoom = (manifest: Manifest, free: number | null): void => {
  if (free === null || manifest.totalBytes <= free) return;
  throw new AppError(
    'disk_full',
    `The library file unpacks to ${Math.ceil(manifest.totalBytes / 1e6)} MB, and the disk has ${Math.floor(free / 1e6)} MB left. Nothing was changed. Free some space, then restore again.`,
    { action: { type: 'free-disk-space' } },
  );
};

const unpack = async (
  { archive, clock }: RestorePorts,
  publish: Router['publish'],
  file: string,
  manifest: Manifest,
): Promise<ReadonlySet<string>> => {
  const audio = new Set<string>();
  let hasDatabase = false;
  const tell = createProgress(publish, clock, 'restore', manifest.totalBytes);
  await archive.extract(file, stagingFolder, isLibraryEntry, {
    // What it says of itself, and a little more: a file that unpacks to something else is not what it says.
    totalBytes: manifest.totalBytes + 1024 * 1024,
    onBytes: tell,
    onEntry: ({ name, sha256 }) => {
      const claimed = claimedHash(name);
      if (claimed !== null && claimed !== sha256) throw damaged(`the audio ${name} is not what its name says`);
      if (claimed !== null) audio.add(claimed);
      if (name !== databaseName) return;
      hasDatabase = true;
      if (sha256 !== manifest.database.sha256) throw damaged('its database is not the one that was packed');
    },
  });
  if (!hasDatabase) throw damaged('it holds no database');
  return audio;
};

const checkTakes = async (
  { clock }: RestorePorts,
  database: WritableDatabase,
  audio: ReadonlySet<string>,
  lost: ReadonlySet<string>,
): Promise<void> => {
  for (let after = 0; ; ) {
    const page = pageTakeFiles(database, after);
    const last = page.at(-1);
    if (last === undefined) return;
    for (const { sha256, text } of page)
      if (!audio.has(sha256) && !lost.has(sha256)) throw damaged(`the audio of "${text.slice(0, 60)}" is not in it`);
    after = last.seq;
    await clock.breathe();
  }
};

export interface Staged {
  readonly takes: number;
  readonly scripts: number;
  readonly paused: number;
}

/** Errors: `invalid_input`, `bad_response` (no sound zip), `library_from_future`, `disk_full`. Whatever fails leaves no trace. */
export const stageLibrary = async (
  ports: RestorePorts,
  whole: WholeLibrary,
  publish: Router['publish'],
  file: string,
): Promise<Staged> => {
  const manifest = readManifest(await ports.archive.read(file, manifestName, mostManifestBytes), schemaVersion);
  refuseWithoutRoom(manifest, await whole.freeBytes());
  try {
    const audio = await unpack(ports, publish, file, manifest);
    const { database, problems, close } = await whole.openCopy(`${stagingFolder}/${databaseName}`);
    try {
      const [problem] = problems;
      if (problem !== undefined) throw damaged(`its database does not pass its check (${problem})`);
      if (pendingMigrations(database) > 0) migrate(database);
      await checkTakes(ports, database, audio, new Set(manifest.missing));
      // What was open when the file was made may have been sent and paid for since.
      const paused = database.transaction(() => pauseOpenRenders(database));
      const { takes, scripts } = countRows(database);
      return { takes, scripts, paused };
    } finally {
      close();
    }
  } catch (error) {
    await whole.clear(stagingFolder);
    throw error;
  }
};
