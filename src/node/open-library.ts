/**
 * From a folder to an open library: place, lock, health, backup, migrations, in this order.
 * `library.db`, `media/`, `media/incoming/`, `settings.json`, `backups/`, `exports/`, `lock.db`, `lock.json`; while one library
 * takes another's place also `restoring/` and `exchange.json`.
 */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '#contract/errors.ts';
import type { Files, ReadableDatabase, WritableDatabase } from '#engine/ports.ts';
import { createBackups, listBackups } from './backups.ts';
import type { Backups } from './backups.ts';
import { isSqliteFile, openDatabase, openReadOnly } from './database.ts';
import { exchangeIsPending, finishExchange, type Finished } from './exchange.ts';
import { createFiles } from './files.ts';
import { fromFileSystem } from './files-errors.ts';
import { acquireLock } from './lock.ts';
import type { EngineLock } from './lock.ts';
import { createMaintenance } from './maintenance.ts';
import type { Maintenance, MaintenanceOptions } from './maintenance.ts';
import { inspectFolder } from './network-folder.ts';
import type { FolderPlace } from './network-folder.ts';
import { corruptLibrary, placeBackup } from './restore-backup.ts';

export interface LibraryNotice {
  readonly level: 'notice' | 'warning';
  readonly code: string;
  readonly message: string;
}
/** The engine's own; injected, because migrations belong to it. */
export interface Schema {
  /** Throws `library_from_future`. */
  readonly pendingMigrations: (database: ReadableDatabase) => number;
  readonly migrate: (database: WritableDatabase) => void | Promise<void>;
}
export interface OpenLibraryOptions extends Schema {
  /** Default true; false where `keepLogShort` does it. */
  readonly automaticCheckpoints?: boolean;
  readonly maintenance?: MaintenanceOptions;
  readonly now?: () => number;
  /** Default: looks at the real file system. */
  readonly inspect?: (folder: string) => FolderPlace;
  /** Called at the steps of an exchange of libraries; the crash suite kills the process there. */
  readonly checkpoint?: (point: string) => void;
}
export interface OpenLibrary {
  /** Absolute. */
  readonly path: string;
  readonly databaseFile: string;
  readonly database: WritableDatabase;
  readonly files: Files;
  readonly maintenance: Maintenance;
  readonly backups: Backups;
  readonly notices: readonly LibraryNotice[];
  /** Tells a second process where this one can be reached. */
  noteUrl(url: string | null): void;
  /** Waits for a backup under way, closes the database, gives the lock back. */
  close(): Promise<void>;
}
export interface ReadOnlyLibrary {
  readonly path: string;
  readonly database: ReadableDatabase;
  readonly files: Files;
  close(): void;
}

const databaseName = 'library.db';

const refuseNetwork = (folder: string, place: FolderPlace): void => {
  if (place.kind !== 'network') return;
  throw new AppError(
    'library_on_network',
    `The library folder ${folder} lies on a network drive (${place.system}), where a database cannot be kept safely. Nothing was changed. Choose a folder on a disk of this computer.`,
    { details: { system: place.system } },
  );
};

const isEmptyFolder = (folder: string): boolean => {
  try {
    return readdirSync(folder).every((name) => name === 'incoming');
  } catch {
    return true;
  }
};

/** A new library may be made only where there never was one: an empty database beside paid audio would hide it. */
const hasHistory = (folder: string): boolean =>
  listBackups(folder).length > 0 ||
  !isEmptyFolder(join(folder, 'media')) ||
  !isEmptyFolder(join(folder, 'media', 'incoming')) ||
  existsSync(join(folder, `${databaseName}.restoring`));

const bytesOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const makeFolders = (folder: string, names: readonly string[]): void => {
  try {
    for (const name of names) mkdirSync(join(folder, name), { recursive: true });
  } catch (error) {
    throw fromFileSystem(error);
  }
};

const openHealthy = (
  folder: string,
  file: string,
  options: OpenLibraryOptions,
  wasUnclean: boolean,
): WritableDatabase => {
  if (bytesOf(file) === 0) {
    if (hasHistory(folder))
      throw corruptLibrary(
        folder,
        `The library database ${file} is missing or empty, but the folder has been a library before.`,
      );
  } else if (!isSqliteFile(file)) {
    throw corruptLibrary(folder, `The library database ${file} is damaged: it does not begin like a database.`);
  }
  const database = openDatabase(file, { automaticCheckpoints: options.automaticCheckpoints ?? true });
  try {
    if (wasUnclean) {
      const answer = database.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check;
      if (answer !== 'ok')
        throw corruptLibrary(folder, `The library database ${file} is damaged (${answer ?? 'no answer'}).`);
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

const toldAfter = (finished: Finished): LibraryNotice =>
  finished.kind === 'library'
    ? {
        level: 'notice',
        code: 'library_restored',
        message: `This library was restored from a file. The one before it lies whole in ${finished.putAside}. Orders that were open in the file are paused until you let them go on.`,
      }
    : {
        level: 'notice',
        code: 'backup_restored',
        message: `The database was put back to the backup ${finished.backup}. The one before it is kept beside it, and audio that was made since then is taken in again.`,
      };

const openLocked = async (
  folder: string,
  lock: EngineLock,
  options: OpenLibraryOptions,
  notices: readonly LibraryNotice[],
): Promise<OpenLibrary> => {
  const databaseFile = join(folder, databaseName);
  const isNew = bytesOf(databaseFile) === 0;
  const database = openHealthy(folder, databaseFile, options, lock.foundStale);
  const maintenance = createMaintenance(databaseFile, options.maintenance);
  try {
    const backups = createBackups(folder, maintenance, options.now);
    if (options.pendingMigrations(database) > 0) {
      if (!isNew) await backups.before('migration');
      await options.migrate(database);
    }
    const files = createFiles(folder);
    if ((await files.size('settings.json')) === null) await files.writeAtomic('settings.json', '{}\n');
    return {
      path: folder,
      databaseFile,
      database,
      files,
      maintenance,
      backups,
      notices,
      noteUrl: (url) => lock.note(url),
      close: async () => {
        await maintenance.close();
        database.close();
        lock.release();
      },
    };
  } catch (error) {
    await maintenance.close();
    database.close();
    throw error;
  }
};

const withBackup = (folder: string, error: unknown): unknown =>
  error instanceof AppError && error.code === 'library_corrupt' && error.action?.type !== 'restore-backup'
    ? corruptLibrary(folder, 'The library database is damaged and could not be read.', error)
    : error;

/**
 * Opens the library in `path` for this process alone, or creates it. Errors: `library_on_network`, `library_busy`,
 * `library_read_only`, `library_corrupt` (with the newest backup), `library_from_future`, `disk_full`.
 */
export const openLibraryFolder = async (path: string, options: OpenLibraryOptions): Promise<OpenLibrary> => {
  const folder = resolve(path);
  const place = (options.inspect ?? inspectFolder)(folder);
  refuseNetwork(folder, place);
  makeFolders(folder, ['.']);
  const lock = acquireLock(folder);
  const notices: LibraryNotice[] = [];
  if (place.kind === 'unsure') {
    notices.push({
      level: 'warning',
      code: 'library_place_unsure',
      message: `The library lies on ${place.system}, which may be another computer's disk. If it is, move the library to a disk of this computer.`,
    });
  }
  if (lock.foundStale) {
    notices.push({
      level: 'notice',
      code: 'library_was_not_closed',
      message:
        'Cuebooth did not close this library last time. The database was checked; open work goes on where it stood.',
    });
  }
  try {
    const finished = await finishExchange(folder, {
      placeBackup: async (backup) => {
        await placeBackup(folder, backup);
      },
      ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
    });
    if (finished !== null) notices.push(toldAfter(finished));
    makeFolders(folder, ['media/incoming', 'backups']);
    return await openLocked(folder, lock, options, notices);
  } catch (error) {
    lock.release({ unclean: lock.foundStale });
    throw withBackup(folder, error);
  }
};

/** Opens beside a running engine, and takes no lock. Errors: `not_found` where there is no library, else as `openLibraryFolder`. */
export const openLibraryReadOnly = (
  path: string,
  options: Pick<OpenLibraryOptions, 'pendingMigrations' | 'inspect'>,
): ReadOnlyLibrary => {
  const folder = resolve(path);
  const file = join(folder, databaseName);
  if (exchangeIsPending(folder)) {
    throw new AppError(
      'library_read_only',
      'A restore of this library is to be finished first. Open it once for writing: start Cuebooth, or run the doctor.',
    );
  }
  if (bytesOf(file) === 0) {
    if (hasHistory(folder))
      throw corruptLibrary(
        folder,
        `The library database ${file} is missing or empty, but the folder has been a library before.`,
      );
    throw new AppError(
      'not_found',
      `There is no library in ${folder} yet. It is made by the first command that writes, such as adding a workspace.`,
    );
  }
  refuseNetwork(folder, (options.inspect ?? inspectFolder)(folder));
  if (!isSqliteFile(file))
    throw corruptLibrary(folder, `The library database ${file} is damaged: it does not begin like a database.`);
  try {
    const database = openReadOnly(file);
    try {
      if (options.pendingMigrations(database) > 0) {
        throw new AppError(
          'library_read_only',
          'This library was written by an older Cuebooth and must be brought up to date before it can be read. Open it once for writing: start Cuebooth, or run the doctor.',
        );
      }
    } catch (error) {
      database.close();
      throw error;
    }
    return { path: folder, database, files: createFiles(folder), close: () => database.close() };
  } catch (error) {
    throw withBackup(folder, error);
  }
};
