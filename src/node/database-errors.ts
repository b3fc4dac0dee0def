/** SQLite's error codes in the product's words. Constraint errors stay as they are: they belong to the engine's own logic. */
import { AppError } from '#contract/errors.ts';
import type { ErrorCode } from '#contract/errors.ts';

const freeDiskSpace = { type: 'free-disk-space' } as const;
const runDoctor = { type: 'run-doctor' } as const;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** SQLite reports a quota that is used up, and an index file that cannot grow, as input/output errors of a write. */
const writeFailure = /^SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE|SHMSIZE|SHMOPEN|SHMMAP|GETTEMPPATH|DELETE)/;

const translated = (code: string): readonly [ErrorCode, string] | null => {
  if (code === 'SQLITE_FULL') {
    return [
      'disk_full',
      'The disk is full, so the library could not be written. Everything saved before is kept. Free some space, then go on.',
    ];
  }
  if (writeFailure.test(code)) {
    return [
      'disk_full',
      'The disk did not take a write to the library: it is full, over its quota or failing. Everything saved before is kept. Free some space or check the disk, then go on.',
    ];
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_PERM')) {
    return [
      'library_read_only',
      'The library cannot be written: its folder or its files are read-only for this user. Nothing was changed. Allow writing, or choose another library.',
    ];
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_AUTH')) {
    return [
      'library_read_only',
      'The library database could not be opened. Check that its folder exists and that this user may read and write it.',
    ];
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_IOERR')) {
    return [
      'library_corrupt',
      'The library database is damaged and could not be read. The audio files beside it are untouched. Restore a backup, or run the doctor.',
    ];
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return ['library_busy', 'Another program holds the library database. Close it, then try again.'];
  }
  return null;
};

/** The error to throw for what better-sqlite3 threw. */
export const fromSqlite = (error: unknown): unknown => {
  const found = translated(codeOf(error));
  if (found === null) return error;
  const [code, message] = found;
  return new AppError(code, message, {
    cause: error,
    details: { sqlite: codeOf(error) },
    ...(code === 'disk_full' ? { action: freeDiskSpace } : {}),
    ...(code === 'library_corrupt' ? { action: runDoctor } : {}),
  });
};
