/** The library and its engine in the main process: opened once, closed once, whatever the windows do. */
import { join } from 'node:path';
import { migrate, pendingMigrations } from '#engine/database/migrate.ts';
import { getWorkspace } from '#engine/database/workspaces.ts';
import { createEngine } from '#engine/index.ts';
import type { KeyVault, Logger, Power } from '#engine/ports.ts';
import type { Router } from '#engine/router.ts';
import { createBlobStore, type BlobStore } from '#hosts/blobs.ts';
import { createMediaPath } from '#hosts/web/media-path.ts';
import type { MediaPath } from '#hosts/web/media.ts';
import { composePorts, type ComposeOptions } from '#node/compose-ports.ts';
import { openLibraryFolder } from '#node/open-library.ts';
import type { ShutdownMode } from './lifecycle.ts';

export interface Studio {
  readonly router: Router;
  readonly mediaPath: MediaPath;
  readonly blobs: BlobStore;
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
  const vault = parts.createVault((workspaceId) => getWorkspace(library.database, workspaceId)?.name ?? null);
  const { ports, close } = composePorts({
    library,
    vault,
    userAgent: `Cuebooth/${parts.version}`,
    logger: parts.logger,
    power: parts.power,
    proxy: parts.proxy,
    checkpointsInWorker: true,
  });
  const blobs = await createBlobStore(join(library.path, 'blobs'));
  const engine = createEngine(ports);
  await engine.start();
  return {
    router: engine.router,
    mediaPath: createMediaPath(engine.router, library.files),
    blobs,
    shutdown: async (mode) => {
      await engine.shutdown(mode);
      await close();
    },
  };
};
