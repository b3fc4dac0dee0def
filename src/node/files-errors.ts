/** The file system's error codes in the product's words. */
import { AppError } from '#contract/errors.ts';

/** The error to throw for what `node:fs` threw; unknown ones come back as they are. */
export const fromFileSystem = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError(
        'disk_full',
        'The disk is full. What was stored before is kept, and audio that was paid for can be fetched again. Free some space, then go on.',
        {
          cause: error,
          action: { type: 'free-disk-space' },
        },
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new AppError(
        'library_read_only',
        'The library folder cannot be written by this user. Nothing was changed. Allow writing, or choose another library.',
        { cause: error },
      );
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError(
        'media_missing',
        'A file of the library is gone: it was moved or deleted outside Cuebooth. Run the doctor to see what is missing.',
        {
          cause: error,
          action: { type: 'run-doctor' },
        },
      );
    case 'EIO':
      return new AppError(
        'media_unreadable',
        'The disk could not read or write a file of the library. Check the disk; run the doctor to see what is affected.',
        {
          cause: error,
          action: { type: 'run-doctor' },
        },
      );
    default:
      return error;
  }
};
