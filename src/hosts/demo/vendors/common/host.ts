/** Servers of one fake vendor on 127.0.0.1: ports, sockets, outages and their end. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Timers } from './clock.ts';

/** The port is closed once, its sockets destroyed, and opened again; what was in flight stays billed. */
export interface Outage {
  /** Begins when this many POSTs have come. */
  readonly afterPosts?: number;
  /** Begins this long after the first POST. */
  readonly afterMs?: number;
  readonly forMs: number;
}

export type Route = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

const listen = async (server: Server, port: number): Promise<number> => {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

/**
 * A port below the range that systems hand out to clients (from 32768 on): during an outage such a client could be
 * given the closed port as its own, which would keep the server from coming back, or even connect to itself.
 */
const listenOutsideClientPorts = async (server: Server): Promise<number> => {
  for (;;) {
    try {
      return await listen(server, randomInt(15_000, 32_000));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
};

export const bodyOf = async (req: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const handle =
  (run: Route) =>
  (req: IncomingMessage, res: ServerResponse): void => {
    run(req, res).catch((error: unknown) => {
      // A client that went away while it was sending is no fault of the server.
      if (!req.destroyed) throw error;
    });
  };

export interface Hosts {
  readonly apiPort: number;
  readonly otherPort: number;
  /** Begins the outage when it is due; called after each POST with the number of POSTs so far. */
  watchOutage(posts: number): void;
  /** Ends every connection. Timers are the caller's. */
  close(): Promise<void>;
}

/** `port` 0: any free port. `onOutage` is called when the API's port closes. */
export const openHosts = async (
  port: number,
  routes: { readonly api: Route; readonly other: Route },
  outage: Outage | undefined,
  timers: Timers,
  onOutage: () => void,
): Promise<Hosts> => {
  const sockets = new Set<Socket>();
  let closing = false;
  let outageBegun = false;
  const open = (run: Route): Server => {
    // Longer than any test is idle: sockets close under a request only where a fault says so.
    const server = createServer({ keepAliveTimeout: 120_000 }, handle(run));
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return server;
  };
  const api = open(routes.api);
  const other = open(routes.other);
  const apiPort = await (port === 0 ? listenOutsideClientPorts(api) : listen(api, port));
  const otherPort = await listen(other, 0);

  const goDown = (forMs: number): void => {
    if (closing || outageBegun) return;
    outageBegun = true;
    onOutage();
    api.close();
    for (const socket of sockets) if (socket.localPort === apiPort) socket.destroy();
    timers.after(forMs, () => {
      if (!closing) api.listen(apiPort, '127.0.0.1');
    });
  };

  return {
    apiPort,
    otherPort,
    watchOutage(posts) {
      if (outage === undefined || outageBegun) return;
      if (outage.afterMs !== undefined && posts === 1) timers.after(outage.afterMs, () => goDown(outage.forMs));
      if (outage.afterPosts !== undefined && posts >= outage.afterPosts) goDown(outage.forMs);
    },
    async close() {
      closing = true;
      const closed = [api, other].map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
};
