/** The studio on http://127.0.0.1: the same renderer over the same engine, for this machine's user only. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { BlobId } from '#contract/entities.ts';
import type { HostCapability } from '#contract/host.ts';
import type { Logger } from '#engine/ports.ts';
import type { Router } from '#engine/router.ts';
import { createApp } from './app.ts';
import { createGuards } from './guards.ts';
import type { MediaPath } from '#node/serving/media.ts';
import { attachPushSockets } from './push-socket.ts';
import { createSessions } from './session.ts';
import { readStaticFiles } from '#node/serving/static-files.ts';

export interface WebHostOptions {
  readonly router: Pick<Router, 'dispatch' | 'subscribe'>;
  readonly mediaPath: MediaPath;
  readonly saveBlob: (body: AsyncIterable<Uint8Array>) => Promise<BlobId>;
  /** The built renderer; a missing one is told on the page. */
  readonly staticFolder: string;
  readonly logger: Logger;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly capabilities?: readonly HostCapability[];
  /** Ms of a clock that never goes back, for the tickets. Default `performance.now`. */
  readonly now?: () => number;
}

export interface WebHost {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  readonly port: number;
  /** The address to open, with the first ticket: good once, for 60 seconds. */
  readonly url: string;
  mintTicket(): string;
  /** The address to open with a new ticket. */
  mintUrl(): string;
  /** Ends sockets and requests; resolves when the port is free. */
  close(): Promise<void>;
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Rejects with the system's error when the port is taken. */
export const startWebHost = async (options: WebHostOptions): Promise<WebHost> => {
  const { router, logger, now = () => performance.now() } = options;
  const staticFiles = await readStaticFiles(options.staticFolder);
  const sessions = createSessions({ now });
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const guards = createGuards({ port, sessions });
  const app = createApp({
    ...options,
    staticFiles,
    sessions,
    guards,
    port,
    host: { kind: 'web', capabilities: options.capabilities ?? [] },
  });
  const listener = getRequestListener((request, env) => app.fetch(request, env as HttpBindings), {
    // Response and Request stay the platform's own for the rest of the process.
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      logger.error('A web request failed unexpectedly.', { error });
      return new Response('The request failed because of a fault in Cuebooth.', { status: 500 });
    },
  });
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing));
  const sockets = attachPushSockets(server, router, guards);

  const origin = `http://127.0.0.1:${port}`;
  const mintUrl = (): string => `${origin}/#ticket=${sessions.mintTicket()}`;
  let closing: Promise<void> | undefined;
  return {
    origin,
    port,
    url: mintUrl(),
    mintTicket: () => sessions.mintTicket(),
    mintUrl,
    close: () => {
      closing ??= new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
};
