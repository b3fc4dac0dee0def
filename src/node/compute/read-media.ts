import { readFileSync } from 'node:fs';
import { AppError } from '#contract/errors.ts';

/** The whole file, synchronously: this runs in a worker thread that has nothing else to do. */
export const readMedia = (path: string): Uint8Array => {
  try {
    return readFileSync(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new AppError('media_missing', `The audio file ${path} is not there.`, { cause: error });
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('media_unreadable', `The audio file ${path} cannot be read: ${reason}`, { cause: error });
  }
};
