/** Puts library, ports and engine together for one command. */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BlobId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { createDirectTransport } from '#client/direct.ts';
import { createClient } from '#client/index.ts';
import { getWorkspace } from '#engine/database/workspaces.ts';
import { createEngine, migrate, pendingMigrations, type Engine } from '#engine/index.ts';
import type { Logger, WritableDatabase } from '#engine/ports.ts';
import { mediaPath } from '#engine/takes/store-audio.ts';
import { createBlobStore, type BlobStore } from '#node/serving/blobs.ts';
import { createMediaPath } from '#node/serving/media-path.ts';
import { listBackups } from '#node/backups.ts';
import { composePorts, type ComposedPorts } from '#node/compose-ports.ts';
import { createLibraryMaintenance } from '#node/library-maintenance.ts';
import { createLiveStudio, type OpenedStudio } from '#node/live-studio.ts';
import { createLogger, openLogFile } from '#node/logger.ts';
import type { MachineSettings } from '#node/machine-settings.ts';
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

const runsQueue = (access: Access): boolean => access === 'work' || access === 'serve';

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
    library: await openLibraryFolder(folder, { pendingMigrations, migrate, automaticCheckpoints: !runsQueue(access) }),
    readOnly: false,
  };
};

const openSettings = async (environment: Readonly<Record<string, string | undefined>>): Promise<MachineSettings> => {
  const { openMachineSettings } = await import('#node/machine-settings.ts');
  return openMachineSettings(findPaths(environment).appData);
};

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

/** Files that were sent up, and files of this machine that a command lends. */
const createUploads = (folder: string) => {
  const lent = new Map<string, string>();
  let blobs: Promise<BlobStore> | null = null;
  // Made at the first use: only the studio in the browser has uploads.
  const store = (): Promise<BlobStore> => (blobs ??= createBlobStore(folder));
  return {
    save: async (body: AsyncIterable<Uint8Array>) => (await store()).save(body),
    read: async (blobId: string) => {
      const bytes = await (await store()).read(blobId);
      await (await store()).remove(blobId);
      return bytes;
    },
    fileOf: async (blobId: string) => lent.get(blobId) ?? (await store()).fileOf(blobId),
    remove: async (blobId: string) => {
      if (!lent.delete(blobId)) await (await store()).remove(blobId);
    },
    lend: (path: string): BlobId => {
      const blobId = BlobId.parse(randomUUID());
      lent.set(blobId, path);
      return blobId;
    },
  };
};

interface Opened extends OpenedStudio {
  readonly engine: Engine;
  readonly library: OpenLibrary;
  readonly mediaPath: Session['mediaPath'];
  readonly uploads: ReturnType<typeof createUploads>;
}

/** One library with its engine. Opened again after an exchange. */
const openOnce = async (
  options: OpenSessionOptions,
  logger: Logger,
  settings: MachineSettings | undefined,
  reopen: () => void,
): Promise<Opened> => {
  const { access, version, tell, environment = process.env } = options;
  const { library, readOnly } = await open(libraryFolder(options.library, environment), access);
  let composed: ComposedPorts | null = null;
  try {
    const { appData } = findPaths(environment);
    if (!readOnly) mkdirSync(appData, { recursive: true });
    const nameOf = (workspaceId: string): string | null => getWorkspace(library.database, workspaceId)?.name ?? null;
    composed = composePorts({
      library,
      vault: createHostVault({ store: chooseKeyStore(appData, environment), nameOf, environment }),
      userAgent: `Cuebooth/${version}`,
      logger,
      dailyBackup: !readOnly,
      checkpointsInWorker: runsQueue(access),
    });
    const { ports, close } = composed;
    const uploads = createUploads(join(library.path, 'blobs'));
    const engine = createEngine(ports, {
      ...readPerson(environment),
      version,
      libraryPath: library.path,
      readOnly,
      notices: library.notices,
      readBlob: uploads.read,
      maintenance: createLibraryMaintenance({ library, uploads, reopen }),
      ...(settings === undefined ? {} : { settings }),
    });
    if (!readOnly) for (const notice of library.notices) tell(notice.message);
    return {
      router: engine.router,
      engine,
      library,
      mediaPath: createMediaPath(engine, library.files),
      uploads,
      start: async () => {
        if (!runsQueue(access)) return;
        const silence = engine.router.subscribe(({ name, payload }) => {
          if (name === 'library.notice') tell((payload as { readonly message: string }).message);
        });
        await engine.start();
        silence();
      },
      close: createEnding(engine, close),
    };
  } catch (error) {
    await (composed === null ? library.close() : composed.close());
    throw error;
  }
};

/** Errors: those of `openLibraryFolder` and `openLibraryReadOnly`. */
export const openSession = async (options: OpenSessionOptions): Promise<Session> => {
  const { access, environment = process.env } = options;
  const log = openLog(environment);
  try {
    // Loading them takes longer than many a command: only screens need them.
    const settings = access === 'serve' ? await openSettings(environment) : undefined;
    let url: string | null = null;
    const live = await createLiveStudio<Opened>({
      open: async (reopen) => {
        const opened = await openOnce(options, log.logger, settings, reopen);
        if (url !== null) opened.library.noteUrl(url);
        return opened;
      },
      logger: log.logger,
      onFailed: (error) =>
        options.tell(
          `The library that was put in place cannot be opened, and this studio is over. ${error instanceof Error ? error.message : ''}`,
        ),
    });
    const client = createClient(createDirectTransport(live.router));
    await live
      .current()
      .start()
      .catch(async (error: unknown) => {
        await live.close('park');
        throw error;
      });
    let closing: Promise<void> | null = null;
    return {
      client,
      router: live.router,
      libraryPath: live.current().library.path,
      logger: log.logger,
      mediaFile: (take) => live.current().library.files.absolute(mediaPath(take.sha256, take.format)),
      mediaPath: (takeId) => live.current().mediaPath(takeId),
      saveBlob: (body) => live.current().uploads.save(body),
      lendFile: (path) => live.current().uploads.lend(path),
      announce: (to) => {
        url = to;
        live.current().library.noteUrl(to);
      },
      close: (mode) => {
        if (closing !== null && mode === 'park') void live.close('park');
        closing ??= (async () => {
          await live.close(mode);
          client.close();
          log.close();
        })();
        return closing;
      },
    };
  } catch (error) {
    log.close();
    throw error;
  }
};
