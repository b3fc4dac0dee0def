/** Puts library, ports and engine together for one command. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '#contract/errors.ts';
import { createDirectTransport } from '#client/direct.ts';
import { createClient } from '#client/index.ts';
import { getWorkspace } from '#engine/database/workspaces.ts';
import { createEngine, migrate, pendingMigrations, type Engine, type EngineOptions } from '#engine/index.ts';
import type { Logger, WritableDatabase } from '#engine/ports.ts';
import { mediaPath } from '#engine/takes/store-audio.ts';
import { createBlobStore, type BlobStore } from '#node/serving/blobs.ts';
import { createMediaPath } from '#node/serving/media-path.ts';
import { listBackups } from '#node/backups.ts';
import { composePorts, type ComposedPorts } from '#node/compose-ports.ts';
import { createLogger, openLogFile } from '#node/logger.ts';
import { createMaintenance } from '#node/maintenance.ts';
import { openLibraryFolder, openLibraryReadOnly, type OpenLibrary } from '#node/open-library.ts';
import { findPaths } from '#node/paths.ts';
import { readPerson } from '#node/person.ts';
import { chooseKeyStore, createHostVault } from '#node/vault/host-vault.ts';
import type { Access, Session } from './session.ts';

export interface OpenSessionOptions {
  /** What `--library` says; undefined: the default place. */
  readonly library: string | undefined;
  readonly access: Access;
  readonly version: string;
  /** Something about the library that its user should read. */
  readonly tell: (message: string) => void;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export const libraryFolder = (
  library: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string => (library === undefined ? findPaths(environment).defaultLibrary : resolve(library));

const refuseWriting = (): never => {
  throw new AppError('library_read_only', 'This command reads the library only. Nothing was changed.');
};

/** A library opened beside a running engine, in the shape that the ports are made from; whatever would write is refused. */
const openToRead = (folder: string): OpenLibrary => {
  const library = openLibraryReadOnly(folder, { pendingMigrations });
  const databaseFile = join(library.path, 'library.db');
  const maintenance = createMaintenance(databaseFile);
  const database = {
    prepare: library.database.prepare,
    exec: refuseWriting,
    transaction: refuseWriting,
    close: () => library.close(),
  };
  return {
    path: library.path,
    databaseFile,
    // The brand says that a writer made it; here every way to write is shut, and SQLite itself refuses the rest.
    database: database as unknown as WritableDatabase,
    files: library.files,
    maintenance,
    backups: {
      list: () => listBackups(library.path),
      ensureDaily: async () => null,
      before: async () => refuseWriting(),
      make: async () => refuseWriting(),
    },
    notices: [],
    noteUrl: refuseWriting,
    close: async () => {
      await maintenance.close();
      library.close();
    },
  };
};

/** A library that is not there yet or is of an older version has to be written once before it can be read. */
const open = async (
  folder: string,
  access: Access,
): Promise<{ readonly library: OpenLibrary; readonly readOnly: boolean }> => {
  if (access === 'read') {
    try {
      return { library: openToRead(folder), readOnly: true };
    } catch (error) {
      const isFixable = error instanceof AppError && (error.code === 'not_found' || error.code === 'library_read_only');
      if (!isFixable) throw error;
    }
  }
  // Checkpoints run on a worker's own connection where the queue works: they would hold up its loop.
  return {
    library: await openLibraryFolder(folder, { pendingMigrations, migrate, automaticCheckpoints: access !== 'work' }),
    readOnly: false,
  };
};

const maintenanceOf = (library: OpenLibrary): NonNullable<EngineOptions['maintenance']> => ({
  backup: () => library.backups.make(),
  backups: async () => library.backups.list(),
  integrity: async () => {
    const { ok, problems } = await library.maintenance.integrityCheck();
    return ok ? 'ok' : problems.join('; ');
  },
});

/** Messages go to a file: on standard error they would run through the progress bar. */
const openLog = (
  environment: Readonly<Record<string, string | undefined>>,
): { readonly logger: Logger; readonly close: () => void } => {
  if ((environment['CUEBOOTH_DEBUG'] ?? '') !== '')
    return { logger: createLogger({ level: 'debug' }), close: () => undefined };
  const file = openLogFile(join(findPaths(environment).logs, 'cuebooth.log'));
  return { logger: createLogger({ write: file.write }), close: () => file.close() };
};

/** Ends once, by whichever call comes first; a later `park` hurries an unfinished `finish`. */
const createEnding = (engine: Engine, afterwards: () => Promise<void>): Session['close'] => {
  let ending: Promise<void> | null = null;
  let stopped = false;
  return (mode) => {
    if (ending === null) {
      ending = (async () => {
        await engine.shutdown(mode);
        stopped = true;
        await afterwards();
      })();
    } else if (mode === 'park' && !stopped) void engine.shutdown('park');
    return ending;
  };
};

/** Errors: those of `openLibraryFolder` and `openLibraryReadOnly`. */
export const openSession = async (options: OpenSessionOptions): Promise<Session> => {
  const { access, version, tell, environment = process.env } = options;
  const { library, readOnly } = await open(libraryFolder(options.library, environment), access);
  const log = openLog(environment);
  let composed: ComposedPorts | null = null;
  try {
    const { appData } = findPaths(environment);
    if (!readOnly) mkdirSync(appData, { recursive: true });
    const nameOf = (workspaceId: string): string | null => getWorkspace(library.database, workspaceId)?.name ?? null;
    composed = composePorts({
      library,
      vault: createHostVault({ store: chooseKeyStore(appData, environment), nameOf, environment }),
      userAgent: `Cuebooth/${version}`,
      logger: log.logger,
      dailyBackup: !readOnly,
      checkpointsInWorker: access === 'work',
    });
    const { ports, close } = composed;
    let blobs: Promise<BlobStore> | null = null;
    // Made at the first use: only the studio in the browser has uploads.
    const blobStore = (): Promise<BlobStore> => (blobs ??= createBlobStore(join(library.path, 'blobs')));
    const engine = createEngine(ports, {
      ...readPerson(environment),
      version,
      libraryPath: library.path,
      readOnly,
      notices: library.notices,
      readBlob: async (blobId) => {
        const store = await blobStore();
        const bytes = await store.read(blobId);
        await store.remove(blobId);
        return bytes;
      },
      maintenance: maintenanceOf(library),
    });
    const client = createClient(createDirectTransport(engine.router));
    if (!readOnly) for (const notice of library.notices) tell(notice.message);
    if (access === 'work') {
      const silence = client.on('library.notice', ({ message }) => tell(message));
      await engine.start();
      silence();
    }
    return {
      client,
      router: engine.router,
      libraryPath: library.path,
      logger: log.logger,
      mediaFile: (take) => library.files.absolute(mediaPath(take.sha256, take.format)),
      mediaPath: createMediaPath(engine, library.files),
      saveBlob: async (body) => (await blobStore()).save(body),
      announce: (url) => library.noteUrl(url),
      close: createEnding(engine, async () => {
        client.close();
        await close();
        log.close();
      }),
    };
  } catch (error) {
    await (composed === null ? library.close() : composed.close());
    log.close();
    throw error;
  }
};
