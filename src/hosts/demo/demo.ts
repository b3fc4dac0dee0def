/**
 * The studio over three fake vendors, with three months of made-up history in a library that is thrown away: what
 * `cuebooth serve --demo` opens. Nothing in it is real and nothing can be charged.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectTransport } from '#client/direct.ts';
import { type Client, createClient } from '#client/index.ts';
import { listWorkspaces } from '#engine/database/workspaces.ts';
import { createEngine, migrate, pendingMigrations } from '#engine/index.ts';
import type { Clock, Logger } from '#engine/ports.ts';
import { createClock } from '#node/clock.ts';
import { composePorts } from '#node/compose-ports.ts';
import { listPutAside } from '#node/exchange.ts';
import { createLibraryMaintenance } from '#node/library-maintenance.ts';
import { createLiveStudio, type LiveStudio, type OpenedStudio } from '#node/live-studio.ts';
import { createLogger } from '#node/logger.ts';
import { createMemorySettings } from '#node/machine-settings.ts';
import { openLibraryFolder } from '#node/open-library.ts';
import { type BlobStore, createBlobStore } from '#node/serving/blobs.ts';
import { createMediaPath } from '#node/serving/media-path.ts';
import type { MediaPath } from '#node/serving/media.ts';
import { createMemoryVault } from '#node/vault/memory.ts';
import { fillLibrary } from './fill.ts';
import { createMovableClock } from './movable-clock.ts';
import { pastDays } from './past/write.ts';
import { type DemoVendors, startVendors } from './vendors.ts';

export interface DemoStudio {
  readonly client: Client;
  readonly router: LiveStudio<Opened>['router'];
  readonly logger: Logger;
  readonly folder: string;
  readonly mediaPath: MediaPath;
  readonly saveBlob: BlobStore['save'];
  /** What its user has to know before anything else. */
  readonly notice: string;
  close(mode: 'finish' | 'park'): Promise<void>;
}
interface Opened extends OpenedStudio {
  readonly mediaPath: MediaPath;
  readonly blobs: BlobStore;
}
export interface Demo {
  readonly vendors: DemoVendors;
  /** A new library in this folder, filled, with its queue running. Once a demo. */
  prepare(folder: string): Promise<DemoStudio>;
  /** Ends the vendors. */
  close(): Promise<void>;
}
export interface DemoOptions {
  /** Default: the real one. */
  readonly clock?: Clock;
  readonly version?: string;
}

const noticeOf = ({ retired }: DemoVendors): string =>
  `This is the demo: the vendors, the people, the history and every credit in it are made up, and nothing is charged. The library is thrown away at the end. To see a vendor that has ended its service, set the base URL of supertone-demo to ${retired.baseUrl}.`;

export const startDemo = async (options: DemoOptions = {}): Promise<Demo> => {
  const { version = '0.0.0' } = options;
  const clock = createMovableClock(options.clock ?? createClock());
  const vendors = await startVendors(clock);
  const vault = createMemoryVault();

  const settings = createMemorySettings();
  const notice = noticeOf(vendors);

  /** Filled the first time; after a restore it is what the file brought. */
  const openOnce = async (folder: string, logger: Logger, reopen: () => void): Promise<Opened> => {
    const library = await openLibraryFolder(folder, { migrate, pendingMigrations });
    // A power cut may take this library: it is thrown away anyhow. Waiting for the disk would be most of the start.
    library.database.exec('PRAGMA synchronous = OFF');
    const { ports, close } = composePorts({
      library,
      vault,
      userAgent: `Cuebooth/${version}`,
      clock,
      logger,
      proxy: 'none',
      dailyBackup: false,
    });
    try {
      const about = { machine: 'demo', version, libraryPath: folder };
      const isNew = listWorkspaces(library.database).length === 0;
      if (isNew) await fillLibrary(ports, clock, vendors, about);
      const blobs = await createBlobStore(join(folder, 'blobs'));
      const engine = createEngine(ports, {
        ...about,
        person: 'You (demo)',
        notices: [{ level: 'notice', code: 'demo', message: notice }, ...library.notices],
        readBlob: async (blobId) => {
          const bytes = await blobs.read(blobId);
          await blobs.remove(blobId);
          return bytes;
        },
        maintenance: createLibraryMaintenance({ library, uploads: blobs, reopen }),
        settings,
      });
      return {
        router: engine.router,
        mediaPath: createMediaPath(engine, library.files),
        blobs,
        start: async () => {
          const client = createClient(createDirectTransport(engine.router));
          await engine.start();
          if (!isNew) return;
          // So that no screen is empty at first: all of this is free.
          await client.call('account.refresh', {});
          const from = new Date(clock.now() - pastDays * 86_400_000).toISOString().slice(0, 10);
          await client.call('usage.sync', { from });
          await client.call('history.sync', {});
          client.close();
        },
        close: async (mode) => {
          await engine.shutdown(mode);
          await close();
        },
      };
    } catch (error) {
      await close();
      throw error;
    }
  };

  const prepare = async (folder: string): Promise<DemoStudio> => {
    const logger = createLogger({ level: 'error' });
    const live = await createLiveStudio<Opened>({
      open: (reopen) => openOnce(folder, logger, reopen),
      logger,
      onFailed: () => undefined,
    });
    try {
      await live.current().start();
    } catch (error) {
      await live.close('park');
      throw error;
    }
    const client = createClient(createDirectTransport(live.router));
    let ending: Promise<void> | null = null;
    return {
      client,
      router: live.router,
      logger,
      folder,
      mediaPath: (mediaId) => live.current().mediaPath(mediaId),
      saveBlob: (body) => live.current().blobs.save(body),
      notice,
      close: (mode) => {
        if (ending !== null && mode === 'park') void live.close('park');
        ending ??= (async () => {
          await live.close(mode);
          client.close();
        })();
        return ending;
      },
    };
  };
  return { vendors, prepare, close: () => vendors.close() };
};

/** A demo in a temp folder of its own, which is gone when it is closed. */
export const openDemo = async (options: DemoOptions = {}): Promise<DemoStudio & { readonly vendors: DemoVendors }> => {
  const folder = await mkdtemp(join(tmpdir(), 'cuebooth-demo-'));
  const demo = await startDemo(options);
  const clear = async (): Promise<void> => {
    await demo.close();
    for (const made of [folder, ...listPutAside(folder).map(({ path }) => path)])
      await rm(made, { recursive: true, force: true });
  };
  try {
    const studio = await demo.prepare(folder);
    let cleared: Promise<void> | null = null;
    return {
      ...studio,
      vendors: demo.vendors,
      close: async (mode) => {
        await studio.close(mode);
        await (cleared ??= clear());
      },
    };
  } catch (error) {
    await clear();
    throw error;
  }
};
