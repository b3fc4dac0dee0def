/** What is said about a damaged library, and the way back. Nothing is ever deleted here. */
import { existsSync, renameSync, statSync } from 'node:fs';
import { constants, copyFile, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#contract/errors.ts';
import { backupFolder, listBackups } from './backups.ts';
import { isSqliteFile, openReadOnly } from './database.ts';
import { fromFileSystem } from './files-errors.ts';
import { writeFileAtomic } from './files.ts';
import { createFolderSync } from './folder-sync.ts';
import { acquireLock } from './lock.ts';

/** `library_corrupt` that names the newest backup which passed its check. */
export const corruptLibrary = (folder: string, what: string, cause?: unknown): AppError => {
  const [newest] = listBackups(folder);
  const wayOut =
    newest === undefined
      ? 'There is no backup. Run the doctor: it can rebuild takes from the audio files and the notes beside them.'
      : `The newest backup that passed its check is from ${new Date(newest.createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC (${newest.file}). Restore it; the damaged database is kept beside it, and audio made since then is taken in again from the files.`;
  return new AppError(
    'library_corrupt',
    `${what} Nothing was changed, and the audio files in ${join(folder, 'media')} are untouched. ${wayOut}`,
    {
      cause,
      action: newest === undefined ? { type: 'run-doctor' } : { type: 'restore-backup', path: newest.file },
    },
  );
};

const refuse = (message: string, cause?: unknown): AppError =>
  new AppError('invalid_input', `${message} Nothing was changed.`, { cause });

/** Errors: `invalid_input` for a file that is damaged itself. */
export const checkBackup = (file: string): void => {
  let answer: string | undefined;
  let isWhole = false;
  try {
    const database = openReadOnly(file);
    const number = (name: string): number => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
    // SQLite reads what is missing at the end as zeros, and an empty table made of zeros passes its check.
    isWhole = number('page_count') * number('page_size') === statSync(file).size;
    answer = database.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check;
    database.close();
  } catch (error) {
    throw refuse(`The backup ${file} cannot be read; choose an older one.`, error);
  }
  if (answer !== 'ok' || !isWhole) throw refuse(`The backup ${file} is damaged itself; choose an older one.`);
};

/** Puts a backup in the database's place. Only while the engine lock is held; may be called again after it was cut off. */
export const placeBackup = async (
  folder: string,
  backup: string,
  now: () => number = Date.now,
): Promise<{ readonly keptAside: string | null }> => {
  const file = resolve(backupFolder(folder), backup);
  if (dirname(file) !== resolve(backupFolder(folder)) || !isSqliteFile(file))
    throw refuse(`"${backup}" is not a backup of this library.`);
  try {
    checkBackup(file);
    const database = join(folder, 'library.db');
    const arriving = `${database}.restoring`;
    await copyFile(file, arriving, constants.COPYFILE_FICLONE);
    const handle = await open(arriving, 'r+');
    await handle.sync().finally(() => handle.close());

    const aside = `${database}.corrupt-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
    const hadDatabase = existsSync(database);
    // The log goes before the database: an old log beside a new database would be played into it.
    for (const ending of ['-wal', '-shm', '']) {
      if (existsSync(database + ending)) renameSync(database + ending, aside + ending);
    }
    // Before the backup is in place: what was rendered since it was made must be taken in before anything is sent again.
    await writeFileAtomic(join(folder, 'restored.json'), JSON.stringify({ from: backup, at: now() }));
    renameSync(arriving, database);
    await createFolderSync()(folder);
    return { keptAside: hadDatabase ? aside : null };
  } catch (error) {
    throw fromFileSystem(error);
  }
};

/**
 * Puts a backup of this library in the database's place. The old database is kept as `library.db.corrupt-<time>`.
 * Takes the engine lock meanwhile, so no engine may have the library open.
 */
export const restoreBackup = async (
  folder: string,
  backup: string,
  now: () => number = Date.now,
): Promise<{ readonly keptAside: string | null }> => {
  const lock = acquireLock(folder);
  try {
    return await placeBackup(folder, backup, now);
  } finally {
    lock.release();
  }
};
