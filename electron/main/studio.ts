/** The library and its engine in the main process: opened once, closed once, whatever the windows do. */
import { join } from 'node:path';
import { getWorkspace } from '#engine/database/workspaces.ts';
import { createEngine, migrate, pendingMigrations } from '#engine/index.ts';
import type { KeyVault, Logger, Power, Settings } from '#engine/ports.ts';
import { createBlobStore, type BlobStore } from '#node/serving/blobs.ts';
import type { MediaPath } from '#node/serving/media.ts';
import { createMediaPath } from '#node/serving/media-path.ts';
import { composePorts, type ComposeOptions } from '#node/compose-ports.ts';
import { createLibraryMaintenance } from '#node/library-maintenance.ts';
import { createLiveStudio, type LiveStudio, type OpenedStudio } from '#node/live-studio.ts';
import { openLibraryFolder } from '#node/open-library.ts';
import { readPerson } from '#node/person.ts';
import type { ShutdownMode } from './lifecycle.ts';

export interface Studio {
  readonly router: LiveStudio<Opened>['router'];
  readonly mediaPath: MediaPath;
  readonly saveBlob: BlobStore['save'];
  /** Lets the queue run. */
  start(): Promise<void>;
  /** `park` during `finish` hurries it. The library is closed when either resolves. */
  shutdown(mode: ShutdownMode): Promise<void>;
}

export interface StudioParts {
  readonly folder: string;
  readonly version: string;
  readonly logger: Logger;
  readonly power: Power;
  readonly proxy: NonNullable<ComposeOptions['proxy']>;
  /** Of this machine. */
  readonly settings: Settings;
  /** The library that was put in another's place cannot be opened. */
  readonly onLost: (error: unknown) => void;
  readonly createVault: (nameOf: (workspaceId: string) => string | null) => KeyVault;
}

interface Opened extends OpenedStudio {
  readonly mediaPath: MediaPath;
  readonly blobs: BlobStore;
}

/** One library with its engine. Opened again after it was exchanged for another. */
const openOnce = async (parts: StudioParts, reopen: () => void): Promise<Opened> => {
  // Checkpoints run on a worker's own connection: this process also draws the window.
  const library = await openLibraryFolder(parts.folder, { pendingMigrations, migrate, automaticCheckpoints: false });
  const composed = composePorts({
    library,
    vault: parts.createVault((workspaceId) => getWorkspace(library.database, workspaceId)?.name ?? null),
    userAgent: `Cuebooth/${parts.version}`,
    logger: parts.logger,
    power: parts.power,
    proxy: parts.proxy,
    checkpointsInWorker: true,
  });
  try {
    const blobs = await createBlobStore(join(library.path, 'blobs'));
    const engine = createEngine(composed.ports, {
      ...readPerson(),
      version: parts.version,
      libraryPath: library.path,
      notices: library.notices,
      readBlob: async (blobId) => {
        const bytes = await blobs.read(blobId);
        await blobs.remove(blobId);
        return bytes;
      },
      maintenance: createLibraryMaintenance({ library, uploads: blobs, reopen }),
      settings: parts.settings,
    });
    let closing: Promise<void> | undefined;
    return {
      router: engine.router,
      mediaPath: createMediaPath(engine, library.files),
      blobs,
      start: async () => {
        await engine.start();
      },
      close: async (mode) => {
        await engine.shutdown(mode);
        closing ??= composed.close();
        await closing;
      },
    };
  } catch (error) {
    await composed.close();
    throw error;
  }
};

/** Throws the errors of `openLibraryFolder`. */
export const openStudio = async (parts: StudioParts): Promise<Studio> => {
  const live = await createLiveStudio<Opened>({
    open: (reopen) => openOnce(parts, reopen),
    logger: parts.logger,
    onFailed: parts.onLost,
  });
  return {
    router: live.router,
    mediaPath: (mediaId) => live.current().mediaPath(mediaId),
    saveBlob: (body) => live.current().blobs.save(body),
    start: () => live.current().start(),
    shutdown: (mode) => live.close(mode),
  };
};
