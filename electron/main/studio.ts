/** The library and its engine in the main process: opened once, closed once, whatever the windows do. */
import { join } from 'node:path';
import { getWorkspace } from '#engine/database/workspaces.ts';
import { createEngine, migrate, pendingMigrations } from '#engine/index.ts';
import type { KeyVault, Logger, Power } from '#engine/ports.ts';
import type { Router } from '#engine/router.ts';
import { createBlobStore, type BlobStore } from '#node/serving/blobs.ts';
import type { MediaPath } from '#node/serving/media.ts';
import { createMediaPath } from '#node/serving/media-path.ts';
import { composePorts, type ComposeOptions } from '#node/compose-ports.ts';
import { openLibraryFolder } from '#node/open-library.ts';
import { readPerson } from '#node/person.ts';
import type { ShutdownMode } from './lifecycle.ts';

export interface Studio {
  readonly router: Router;
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
  readonly createVault: (nameOf: (workspaceId: string) => string | null) => KeyVault;
}

/** Throws the errors of `openLibraryFolder`. */
export const openStudio = async (parts: StudioParts): Promise<Studio> => {
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
      maintenance: {
        backup: () => library.backups.make(),
        backups: async () => library.backups.list(),
        integrity: async () => {
          const { ok, problems } = await library.maintenance.integrityCheck();
          return ok ? 'ok' : problems.join('; ');
        },
      },
    });
    let closing: Promise<void> | undefined;
    return {
      router: engine.router,
      mediaPath: createMediaPath(engine, library.files),
      saveBlob: blobs.save,
      start: async () => {
        await engine.start();
      },
      shutdown: async (mode) => {
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
