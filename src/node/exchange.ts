/**
 * One library in another's place, in steps that a crash can fall between. While `exchange.json` lies in the folder, the next
 * opening goes on where the last one ended; before it is written nothing has changed, after it is gone all is done.
 * Nothing is deleted: what was there is put aside whole.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { access, constants, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#contract/errors.ts';
import { fromFileSystem } from './files-errors.ts';
import { writeFileAtomic } from './files.ts';
import { createFolderSync } from './folder-sync.ts';

const noteName = 'exchange.json';
const asideMark = '.before-restore-';

const Note = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('library'),
    /** Name of the folder inside that holds the library to come. */
    folder: z.string().regex(/^[\w-]+$/),
    /** Absolute. */
    putAside: z.string(),
    /** `aside`: what was here is being moved out. `place`: it is out, what is to come is being moved in. */
    phase: z.enum(['aside', 'place']),
  }),
  z.object({ kind: z.literal('backup'), backup: z.string() }),
]);
export type ExchangeNote = z.infer<typeof Note>;

export const exchangeIsPending = (folder: string): boolean => existsSync(join(folder, noteName));

/** Null where none is pending. Throws `library_corrupt` for a note that nobody can read. */
export const readExchange = (folder: string): ExchangeNote | null => {
  const file = join(folder, noteName);
  if (!existsSync(file)) return null;
  try {
    return Note.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new AppError(
      'library_corrupt',
      `A restore of this library was cut off, and the note about it (${file}) cannot be read. Nothing was changed. What was there before lies in a folder beside it whose name contains "${asideMark}".`,
      { cause: error },
    );
  }
};

const writeNote = (folder: string, note: ExchangeNote): Promise<void> =>
  writeFileAtomic(join(folder, noteName), JSON.stringify(note));

/** They belong to the place, not to the library in it. */
const staysHere = (name: string, folder: string): boolean =>
  /^lock\.(db|json)/.test(name) || name.startsWith(noteName) || name === folder || name.startsWith('before-restore-');

const stampOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replace(/[:.]/g, '-');

/** Beside the library where its disk goes on there, else in a folder inside it: renaming must never become copying. */
const chooseAside = async (library: string, at: number): Promise<string> => {
  const parent = dirname(library);
  const beside = join(parent, `${basename(library)}${asideMark}${stampOf(at)}`);
  const inside = join(library, `before-restore-${stampOf(at)}`);
  try {
    await access(parent, constants.W_OK);
    return statSync(parent).dev === statSync(library).dev && !existsSync(beside) ? beside : inside;
  } catch {
    return inside;
  }
};

/** Libraries that were put aside, newest first. */
export const listPutAside = (library: string): readonly { readonly path: string; readonly createdAt: number }[] => {
  const found = (folder: string, start: string): { path: string; createdAt: number }[] => {
    let names: string[];
    try {
      names = readdirSync(folder);
    } catch {
      return [];
    }
    return names.flatMap((name) => {
      const [, stamp] = name.startsWith(start)
        ? (/^(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2})$/.exec(name.slice(start.length)) ?? [])
        : [];
      if (stamp === undefined) return [];
      const at = Date.parse(`${stamp.slice(0, 11)}${stamp.slice(11).replaceAll('-', ':')}Z`);
      return [{ path: join(folder, name), createdAt: at }];
    });
  };
  return [...found(dirname(library), `${basename(library)}${asideMark}`), ...found(library, 'before-restore-')].sort(
    (a, b) => b.createdAt - a.createdAt,
  );
};

/** From here on the library in `folder` (a name inside) will take this one's place, whatever happens to the process. */
export const noteExchange = async (library: string, folder: string, now: number): Promise<{ putAside: string }> => {
  try {
    const putAside = await chooseAside(library, now);
    await writeNote(library, { kind: 'library', folder, putAside, phase: 'aside' });
    return { putAside };
  } catch (error) {
    throw fromFileSystem(error);
  }
};
export const noteBackup = (library: string, backup: string): Promise<void> =>
  writeNote(library, { kind: 'backup', backup });

export interface FinishOptions {
  /** Puts a backup in the database's place; may be called again after it was cut off. */
  readonly placeBackup: (backup: string) => Promise<void>;
  readonly checkpoint?: (point: string) => void;
}
export type Finished =
  | { readonly kind: 'library'; readonly putAside: string }
  | { readonly kind: 'backup'; readonly backup: string };

/** Goes on with what the note says, to its end. Only while the engine lock is held and the database is closed. */
export const finishExchange = async (library: string, options: FinishOptions): Promise<Finished | null> => {
  const { checkpoint = () => undefined } = options;
  const sync = createFolderSync();
  const note = readExchange(library);
  if (note === null) {
    // A restore that was cut off before it was written down: what it had unpacked is a copy of what was sent.
    await rm(join(library, 'restoring'), { recursive: true, force: true });
    return null;
  }
  const end = async (): Promise<void> => {
    rmSync(join(library, noteName), { force: true });
    await sync(library);
    checkpoint('exchange.ended');
  };
  try {
    if (note.kind === 'backup') {
      await options.placeBackup(note.backup);
      await end();
      return note;
    }
    const { folder, putAside } = note;
    const staged = join(library, folder);
    if (note.phase === 'aside') {
      await mkdir(putAside, { recursive: true });
      await sync(dirname(putAside));
      // The log goes before the database: an old log beside a new database would be played into it.
      for (const name of readdirSync(library).sort().reverse()) {
        if (staysHere(name, folder)) continue;
        await rename(join(library, name), join(putAside, name));
        checkpoint('exchange.aside');
      }
      await sync(putAside);
      await sync(library);
      await writeNote(library, { ...note, phase: 'place' });
      checkpoint('exchange.place');
    }
    // The database last: as long as it is missing, nobody takes the folder for a library.
    const names = existsSync(staged) ? readdirSync(staged) : [];
    for (const name of names.sort((a, b) => Number(a === 'library.db') - Number(b === 'library.db'))) {
      renameSync(join(staged, name), join(library, name));
      checkpoint('exchange.placed');
    }
    await sync(library);
    await rm(staged, { recursive: true, force: true });
    await end();
    return { kind: 'library', putAside };
  } catch (error) {
    throw fromFileSystem(error);
  }
};
