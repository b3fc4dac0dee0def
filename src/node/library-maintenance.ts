/** What the opener of a library can do with its database file and with whole libraries: the same for every host. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError } from '#contract/errors.ts';
import type { WritableDatabase } from '#engine/ports.ts';
import { isSqliteFile, openDatabase } from './database.ts';
import { listPutAside, noteBackup, noteExchange } from './exchange.ts';
import { createMaintenance } from './maintenance.ts';
import type { OpenLibrary } from './open-library.ts';
import { checkBackup } from './restore-backup.ts';

export interface LibraryMaintenanceOptions {
  readonly library: OpenLibrary;
  readonly uploads: {
    /** Absolute path; null for an unknown one. */
    fileOf(blobId: string): Promise<string | null>;
    remove(blobId: string): Promise<void>;
  };
  /** Called once an exchange is written down: the host opens the library anew when it can. Until then the old one goes on. */
  readonly reopen: () => void;
  readonly now?: () => number;
}

const hashOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
};

/** The engine's `LibraryMaintenance`; its shape is checked where a host hands it over. */
export const createLibraryMaintenance = ({ library, uploads, reopen, now }: LibraryMaintenanceOptions) => {
  const at = now ?? Date.now;
  const { files, maintenance, backups } = library;
  return {
    backup: () => backups.make(),
    backups: async () => backups.list(),
    integrity: async () => {
      const { ok, problems } = await maintenance.integrityCheck();
      return ok ? 'ok' : problems.join('; ');
    },
    whole: {
      copyDatabase: async (path: string) => {
        const target = files.absolute(path);
        await mkdir(dirname(target), { recursive: true });
        const { bytes } = await maintenance.backup(target);
        return { bytes, sha256: await hashOf(target) };
      },
      openCopy: async (path: string) => {
        const file = files.absolute(path);
        if (!isSqliteFile(file))
          throw new AppError(
            'bad_response',
            'The library file holds no database that can be read. Nothing was changed.',
          );
        const looker = createMaintenance(file);
        const { problems } = await looker.integrityCheck().finally(() => looker.close());
        const database: WritableDatabase = openDatabase(file);
        return { database, problems, close: () => database.close() };
      },
      clear: (folder: string) => rm(files.absolute(folder), { recursive: true, force: true }),
      freeBytes: async () => {
        try {
          const { bavail, bsize } = await statfs(library.path);
          return bavail * bsize;
        } catch {
          return null;
        }
      },
      putAside: async () => listPutAside(library.path),
      uploadedFile: (blobId: string) => uploads.fileOf(blobId),
      dropUpload: (blobId: string) => uploads.remove(blobId),
      exchange: async (folder: string) => {
        const written = await noteExchange(library.path, folder, at());
        reopen();
        return written;
      },
      goBack: async (file: string) => {
        const found = backups.list().find((backup) => backup.file === resolve(file));
        if (found === undefined)
          throw new AppError('invalid_input', `"${file}" is not a backup of this library. Nothing was changed.`);
        checkBackup(found.file);
        await noteBackup(library.path, found.file);
        reopen();
        return { createdAt: found.createdAt };
      },
    },
  };
};
