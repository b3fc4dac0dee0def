/** The small JSON file behind the file vaults: readable by its owner only, replaced whole. */
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '#contract/errors.ts';
import { writeFileAtomic } from '../files.ts';

export interface KeyFile {
  read(): Promise<Readonly<Record<string, string>>>;
  /** Changes follow each other; two at once lose nothing. */
  change(edit: (entries: Record<string, string>) => void): Promise<void>;
}

const damaged = (path: string, cause?: unknown): AppError =>
  new AppError(
    'vault_unavailable',
    `The key file ${path} cannot be read. It was left as it is. Move it away and set the keys again.`,
    { cause },
  );

export const createKeyFile = (path: string, format: string): KeyFile => {
  let last: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<Record<string, string>> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw damaged(path, error);
    }
    try {
      const found = JSON.parse(text) as { format?: unknown; keys?: Record<string, unknown> };
      if (found.format !== format || typeof found.keys !== 'object') throw new Error('Unknown format.');
      return Object.fromEntries(
        Object.entries(found.keys).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
    } catch (error) {
      throw damaged(path, error);
    }
  };

  return {
    read,
    change: (edit) => {
      const result = last.then(async () => {
        const entries = await read();
        edit(entries);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeFileAtomic(path, `${JSON.stringify({ format, keys: entries }, null, 2)}\n`, 0o600);
        // The process's umask may have taken more than asked; never may it leave more.
        await chmod(path, 0o600);
      });
      last = result.catch(() => undefined);
      return result;
    },
  };
};
