/** Puts takes into a folder under names of their own. */
import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#contract/errors.ts';

export interface OutFile {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  /** Absolute path of the stored audio. */
  readonly source: string;
  readonly sha256: string;
  readonly bytes: number;
}
export interface FilledFolder {
  readonly written: number;
  /** Were there already with the same bytes. */
  readonly kept: number;
  /** Were there with other bytes. */
  readonly replaced: number;
}

const sizeOf = async (path: string): Promise<number | null> => {
  try {
    const found = await stat(path);
    return found.isFile() ? found.size : null;
  } catch {
    return null;
  }
};

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const explain = (error: unknown, file: OutFile, folder: string): AppError => {
  const again = 'The takes are kept in the library: run the same command again, nothing is paid again.';
  switch (codeOf(error)) {
    case 'ENOENT':
      return new AppError(
        'media_missing',
        `The audio of ${file.name} is not in the library any more (${file.source}). Run \`cuebooth doctor\`, which says what can be mended.`,
        { cause: error, action: { type: 'run-doctor' } },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk_full', `${folder} is full, ${file.name} was not written. ${again}`, {
        cause: error,
        action: { type: 'free-disk-space' },
      });
    default:
      return new AppError(
        'invalid_input',
        `${join(folder, file.name)} could not be written: ${error instanceof Error ? error.message : String(error)}. ${again}`,
        { cause: error },
      );
  }
};

/**
 * Writes each file under a temporary name and renames it, so that no half file is ever seen under its own name.
 * Always a copy (a cheap clone where the file system can): a hard link would let an edit of the delivered file change the
 * take that was paid for, and the same take under other names. Errors: `media_missing`, `disk_full`, `invalid_input`.
 */
export const fillFolder = async (folder: string, files: readonly OutFile[]): Promise<FilledFolder> => {
  const tally = { written: 0, kept: 0, replaced: 0 };
  const made = new Set<string>();
  for (const file of files) {
    const target = join(folder, ...file.name.split('/'));
    const temporary = join(dirname(target), `.cuebooth-${process.pid}.part`);
    try {
      const size = await sizeOf(target);
      if (size === file.bytes && (await hashOf(target)) === file.sha256) {
        tally.kept += 1;
        continue;
      }
      if (!made.has(dirname(target))) await mkdir(dirname(target), { recursive: true });
      made.add(dirname(target));
      await copyFile(file.source, temporary, constants.COPYFILE_FICLONE);
      await rename(temporary, target);
      tally[size === null ? 'written' : 'replaced'] += 1;
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw explain(error, file, folder);
    }
  }
  return tally;
};
