/** The database ports over better-sqlite3. On the hot path of a queue that makes thousands of tiny commits, so every layer counts. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { AppError } from '#contract/errors.ts';
import type { ReadableDatabase, SqlValue, Statement, Sync, WritableDatabase } from '#engine/ports.ts';
import { fromSqlite } from './database-errors.ts';

export interface DatabaseOptions {
  /** SQLite's own checkpoint every 1,000 pages of WAL. Default true; false where a worker does it. */
  readonly automaticCheckpoints?: boolean;
  /** Longest wait for another connection's lock, in ms. Default 5,000. */
  readonly busyTimeoutMs?: number;
}
export type ClosableDatabase = ReadableDatabase & { close(): void };

/** Above this a database on a read-only folder is not loaded into memory, in bytes. */
const memoryCopyLimit = 1024 ** 3;
const offsetOfFileFormat = 18;

/** better-sqlite3 takes `?1` for a parameter with the name 1. */
const numbered = /\?\d/;
const asGiven = (parameters: readonly SqlValue[]): readonly unknown[] => parameters;
const byNumber = (parameters: readonly SqlValue[]): readonly unknown[] => {
  const named: Record<string, SqlValue> = {};
  for (let index = 0; index < parameters.length; index += 1) named[index + 1] = parameters[index] ?? null;
  return [named];
};

const cachedStatements = (connection: Sqlite.Database): ReadableDatabase['prepare'] => {
  const statements = new Map<string, Statement<unknown>>();
  return <Row>(sql: string): Statement<Row> => {
    const known = statements.get(sql);
    if (known !== undefined) return known as Statement<Row>;
    try {
      const native = connection.prepare<unknown[], Row>(sql);
      const bound = numbered.test(sql) ? byNumber : asGiven;
      const statement: Statement<Row> = {
        run: (...parameters) => {
          try {
            // Row ids are numbers: better-sqlite3 gives bigints only after defaultSafeIntegers().
            return native.run(...bound(parameters)) as { changes: number; lastInsertRowid: number };
          } catch (error) {
            throw fromSqlite(error);
          }
        },
        get: (...parameters) => {
          try {
            return native.get(...bound(parameters));
          } catch (error) {
            throw fromSqlite(error);
          }
        },
        all: (...parameters) => {
          try {
            return native.all(...bound(parameters));
          } catch (error) {
            throw fromSqlite(error);
          }
        },
      };
      statements.set(sql, statement as Statement<unknown>);
      return statement;
    } catch (error) {
      throw fromSqlite(error);
    }
  };
};

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const transactions = (connection: Sqlite.Database): WritableDatabase['transaction'] => {
  const begin = connection.prepare('BEGIN IMMEDIATE');
  const commit = connection.prepare('COMMIT');
  const rollback = connection.prepare('ROLLBACK');
  // One name is enough: ROLLBACK TO and RELEASE mean the innermost savepoint of that name.
  const save = connection.prepare('SAVEPOINT inner_step');
  const release = connection.prepare('RELEASE inner_step');
  const undo = connection.prepare('ROLLBACK TO inner_step');

  return <T>(run: () => Sync<T>): Sync<T> => {
    const inner = connection.inTransaction;
    try {
      (inner ? save : begin).run();
      const result = run();
      if (isPromise(result)) {
        result.then(undefined, () => undefined);
        throw new TypeError(
          'A transaction callback returned a promise; nothing async may happen inside a transaction.',
        );
      }
      (inner ? release : commit).run();
      return result;
    } catch (error) {
      // A full disk or a read error has already rolled everything back by itself.
      if (connection.inTransaction) {
        if (inner) {
          undo.run();
          release.run();
        } else {
          rollback.run();
        }
      }
      throw fromSqlite(error);
    }
  };
};

const connect = (file: string | Buffer, options: Sqlite.Options): Sqlite.Database => {
  try {
    const connection = new Sqlite(file, options);
    try {
      // Opening is lazy; this reads the header, so that what is wrong with the file is said here.
      connection.pragma('schema_version');
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    throw fromSqlite(error);
  }
};

/**
 * Opens for reading and writing, or creates: WAL, every commit flushed to the disk itself.
 * Errors: `library_corrupt`, `library_read_only`, `disk_full`, `library_busy`.
 */
export const openDatabase = (path: string, options: DatabaseOptions = {}): WritableDatabase => {
  const connection = connect(path, { timeout: options.busyTimeoutMs ?? 5_000 });
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('foreign_keys = ON');
    connection.pragma('trusted_schema = OFF');
    connection.pragma('journal_size_limit = 67108864');
    connection.pragma(`wal_autocheckpoint = ${options.automaticCheckpoints === false ? 0 : 1000}`);
    if (process.platform === 'darwin') {
      // There a plain fsync leaves the bytes in the drive's cache.
      connection.pragma('fullfsync = ON');
      connection.pragma('checkpoint_fullfsync = ON');
    }
  } catch (error) {
    connection.close();
    throw fromSqlite(error);
  }
  return {
    prepare: cachedStatements(connection),
    exec: (sql: string) => {
      try {
        connection.exec(sql);
      } catch (error) {
        throw fromSqlite(error);
      }
    },
    transaction: transactions(connection),
    close: () => {
      connection.close();
    },
  } as WritableDatabase;
};

const holdsFrames = (path: string): boolean => {
  try {
    return statSync(`${path}-wal`).size > 0;
  } catch {
    return false;
  }
};

/** For a folder where no -shm file may be made: the file as it lies there, in memory, marked as not WAL. */
const openCopyInMemory = (path: string, cause: unknown): Sqlite.Database => {
  if (holdsFrames(path) || statSync(path).size > memoryCopyLimit) {
    throw new AppError(
      'library_read_only',
      'The library lies in a read-only folder and was not closed cleanly, so it cannot be read there. Copy the folder to a place where you may write, and open the copy.',
      { cause },
    );
  }
  const bytes = readFileSync(path);
  bytes[offsetOfFileFormat] = 1;
  bytes[offsetOfFileFormat + 1] = 1;
  return connect(bytes, { readonly: true });
};

/**
 * Opens for reading beside a running engine. A reader of a WAL database needs the `-shm` index: it uses the engine's own, or makes one,
 * which takes a folder that can be written. Where it cannot (a mounted backup, another user's library) and no WAL
 * is pending, the file is read into memory instead.
 */
export const openReadOnly = (path: string): ClosableDatabase => {
  let connection: Sqlite.Database;
  try {
    connection = connect(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'library_read_only' || !isSqliteFile(path)) throw error;
    connection = openCopyInMemory(path, error);
  }
  return {
    prepare: cachedStatements(connection),
    close: () => {
      connection.close();
    },
  };
};

/** Looks at the first 16 bytes only. False also for a missing or empty file. */
export const isSqliteFile = (path: string): boolean => {
  const header = Buffer.alloc(16);
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, 'r');
    return readSync(descriptor, header, 0, 16, 0) === 16 && header.toString('latin1') === 'SQLite format 3\0';
  } catch {
    return false;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
};
