/** The same studio over each wire. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectTransport } from '#client/direct.ts';
import { createElectronTransport } from '#client/electron.ts';
import { openHttpTransport } from '#client/http.ts';
import type { HostTransport } from '#client/host.ts';
import { createSchemeHandler } from '#electron/main/scheme.ts';
import { registerIpc } from '#electron/main/ipc.ts';
import { createBridge } from '#electron/preload/bridge.ts';
import { createBlobStore, type BlobStore } from '#node/serving/blobs.ts';
import { startWebHost } from '#hosts/web/server.ts';
import { readStaticFiles } from '#node/serving/static-files.ts';
import type { MediaPath } from '#node/serving/media.ts';
import { createFakeIpc, createFakePage } from '#test/fakes/electron.ts';
import { createLog, type TestEngine } from './test-engine.ts';
import { createPage } from './page.ts';

export interface OpenWire {
  readonly transport: HostTransport;
  readonly blobs: BlobStore;
  /** File names, finished or not. */
  storedBlobs(): Promise<string[]>;
  /** Takes the far side away, as a crash of the host would. */
  loseHost(): Promise<void>;
  close(): Promise<void>;
}

export interface Wire {
  readonly name: string;
  open(engine: TestEngine): Promise<OpenWire>;
}

export const blobLimit = 1024;
/** One take, `t 1`, of ten bytes. */
export const takeBytes = '0123456789';

const createPlace = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cuebooth-wire-'));
  await writeFile(join(folder, 'take.wav'), takeBytes);
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Cuebooth</title>');
  const mediaPath: MediaPath = async (takeId) =>
    takeId === 't 1' ? { path: join(folder, 'take.wav'), contentType: 'audio/wav' } : null;
  const blobs = await createBlobStore(join(folder, 'blobs'), { maxBytes: blobLimit });
  return {
    folder,
    mediaPath,
    blobs,
    storedBlobs: () => readdir(join(folder, 'blobs')),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

const direct: Wire = {
  name: 'direct',
  open: async ({ engine }) => {
    const place = await createPlace();
    const transport = createDirectTransport(engine, { upload: (file) => place.blobs.save(file.stream()) });
    return {
      transport,
      blobs: place.blobs,
      storedBlobs: place.storedBlobs,
      loseHost: async () => transport.close(),
      close: place.remove,
    };
  },
};

const web: Wire = {
  name: 'http and push',
  open: async ({ engine }) => {
    const place = await createPlace();
    const host = await startWebHost({
      router: engine,
      mediaPath: place.mediaPath,
      saveBlob: place.blobs.save,
      staticFolder: place.folder,
      logger: createLog().logger,
    });
    const page = createPage(host.origin);
    const transport = await openHttpTransport({
      origin: host.origin,
      fetch: page.fetch,
      openSocket: page.openSocket,
      ticket: host.mintTicket(),
      after: () => () => undefined,
      random: () => 0,
    });
    return {
      transport,
      blobs: place.blobs,
      storedBlobs: place.storedBlobs,
      loseHost: host.close,
      close: async () => {
        transport.close();
        await host.close();
        await place.remove();
      },
    };
  },
};

const electron: Wire = {
  name: 'Electron',
  open: async ({ engine }) => {
    const place = await createPlace();
    const { logger } = createLog();
    const ipc = createFakeIpc();
    const page = createFakePage();
    const unregister = registerIpc({ ipcMain: ipc.ipcMain, router: engine, page: () => page, logger });
    const scheme = createSchemeHandler({
      staticFiles: await readStaticFiles(place.folder),
      mediaPath: place.mediaPath,
      saveBlob: place.blobs.save,
      logger,
    });
    const transport = createElectronTransport(createBridge(ipc.rendererOf(page)), {
      fetch: (url, init) => {
        const { body, method = 'GET', headers = {} } = init;
        const upload = body === undefined || body === null ? {} : { body, duplex: 'half' };
        return scheme(new Request(new URL(url, 'cuebooth://app/'), { method, headers, ...upload } as RequestInit));
      },
    });
    return {
      transport,
      blobs: place.blobs,
      storedBlobs: place.storedBlobs,
      loseHost: async () => unregister(),
      close: async () => {
        transport.close();
        unregister();
        await place.remove();
      },
    };
  },
};

export const wires: readonly Wire[] = [direct, web, electron];
