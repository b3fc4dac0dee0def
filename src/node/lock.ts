/**
 * One engine per library: a held `BEGIN EXCLUSIVE` on `lock.db`, which the system frees when the process dies in any way.
 * Nobody may open `lock.db` with file functions: on POSIX, closing any descriptor of a file drops the process's locks on it.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { AppError } from '#contract/errors.ts';
import { fromSqlite } from './database-errors.ts';
import { fromFileSystem } from './files-errors.ts';

export interface EngineLock {
  /** The engine before this one did not release: it crashed or was killed. */
  readonly foundStale: boolean;
  /** Tells a second process where this engine can be reached. */
  note(url: string | null): void;
  /** `unclean` leaves the mark that makes the next opening look closer. */
  release(how?: { readonly unclean: boolean }): void;
}
interface Holder {
  readonly pid: number;
  readonly url: string | null;
}

const readHolder = (file: string): Holder | null => {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof found !== 'object' || found === null || !('pid' in found) || typeof found.pid !== 'number') return null;
    return { pid: found.pid, url: 'url' in found && typeof found.url === 'string' ? found.url : null };
  } catch {
    return null;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const busy = (holder: Holder | null): AppError => {
  const known = holder !== null && isAlive(holder.pid) ? holder : null;
  const who = known === null ? '' : ` (process ${known.pid})`;
  const where = known === null || known.url === null ? '' : `, at ${known.url}`;
  return new AppError(
    'library_busy',
    `Cuebooth already has this library open${who}${where}. Use that one, or close it first.`,
    {
      details: known === null ? {} : { pid: known.pid, url: known.url },
    },
  );
};

/** Takes the library in `folder` for this process. Errors: `library_busy`, `library_read_only`. */
export const acquireLock = (folder: string): EngineLock => {
  const note = join(folder, 'lock.json');
  let connection: Sqlite.Database;
  try {
    connection = new Sqlite(join(folder, 'lock.db'), { timeout: 0 });
  } catch (error) {
    throw fromSqlite(error);
  }
  try {
    // In memory, so that a killed process leaves no journal to roll back.
    connection.pragma('journal_mode = MEMORY');
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    const translated = fromSqlite(error);
    throw translated instanceof AppError && translated.code === 'library_busy' ? busy(readHolder(note)) : translated;
  }
  const foundStale = readHolder(note) !== null;
  const write = (url: string | null): void => {
    const temporary = `${note}.${process.pid}`;
    try {
      writeFileSync(temporary, JSON.stringify({ pid: process.pid, url } satisfies Holder), { mode: 0o600 });
      renameSync(temporary, note);
    } catch (error) {
      throw fromFileSystem(error);
    }
  };
  try {
    write(null);
  } catch (error) {
    connection.close();
    throw error;
  }
  let held = true;
  return {
    foundStale,
    note: (url) => {
      if (held) write(url);
    },
    release: (how) => {
      if (!held) return;
      held = false;
      // The note goes first: whoever takes the lock next must not find it.
      if (how?.unclean !== true) rmSync(note, { force: true });
      connection.close();
    },
  };
};
