/**
 * A fake of the generations API on a real port of 127.0.0.1, with its own books, its own clock and a second host that
 * remembers whether it was ever shown a key.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAudioRoute } from './audio-route.ts';
import { createSpeedClock, createTimers } from './clock.ts';
import type { FakeClock } from './clock.ts';
import { createDice } from './dice.ts';
import { createGenerationsRoute } from './generations-route.ts';
import { createLedger } from './ledger.ts';
import type { Ledger, LedgerRow } from './ledger.ts';
import { defaultOptions } from './options.ts';
import type { GenerationsServerOptions } from './options.ts';
import { createTones } from './tone.ts';
import { complain, send } from './world.ts';
import type { World } from './world.ts';

export interface GenerationsServer {
  readonly baseUrl: string;
  readonly port: number;
  /** The second host; anything that is sent there left the vendor. */
  readonly otherOrigin: string;
  readonly apiKey: string;
  ledger(): readonly LedgerRow[];
  billedTwice: Ledger['billedTwice'];
  /** Requests to the second host that carried a key, as `METHOD path`. Empty is good. */
  seenKeys(): readonly string[];
  /** posts, replays, polls, downloads, overCap, outages, probes, foreign; faults as `fault.<name>`. */
  counts(): Readonly<Record<string, number>>;
  /** From the next request on. */
  change(options: Partial<Omit<GenerationsServerOptions, 'seed' | 'speed' | 'faults' | 'audioBytes' | 'port'>>): void;
  pendingTimers(): number;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

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

const bodyOf = async (req: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** `clock` is shared with the program under test where both must agree; then `speed` has no effect. */
export const startGenerationsServer = async (
  given: Partial<GenerationsServerOptions> = {},
  clock?: FakeClock,
): Promise<GenerationsServer> => {
  let options: GenerationsServerOptions = { ...defaultOptions, ...given };
  const time = clock ?? createSpeedClock(options.speed);
  const timers = createTimers(time);
  const tones = createTones(options.audioBytes);
  const ledger = createLedger(tones);
  const dice = createDice(options.seed, options.faults);
  const counts: Record<string, number> = {};
  const keys = new Set([options.apiKey]);
  const leaks: string[] = [];
  const sockets = new Set<Socket>();
  const ports = { api: 0, other: 0 };
  let closing = false;
  let outageBegun = false;

  const world: World = {
    options: () => options,
    clock: time,
    timers,
    dice,
    ledger,
    tones,
    origin: () => `http://127.0.0.1:${ports.api}`,
    otherOrigin: () => `http://127.0.0.1:${ports.other}`,
    count: (what) => {
      counts[what] = (counts[what] ?? 0) + 1;
    },
  };
  const audio = createAudioRoute(world);
  const generations = createGenerationsRoute(world, audio);
  const totals = () => ({
    ...counts,
    ...Object.fromEntries(Object.entries(dice.counts()).map(([fault, times]) => [`fault.${fault}`, times])),
  });

  const goDown = (): void => {
    if (closing || outageBegun) return;
    outageBegun = true;
    world.count('outages');
    api.close();
    for (const socket of sockets) if (socket.localPort === ports.api) socket.destroy();
    timers.after(options.faults.outage?.forMs ?? 0, () => {
      if (!closing) api.listen(ports.api, '127.0.0.1');
    });
  };
  const watchOutage = (): void => {
    const outage = options.faults.outage;
    if (outage === undefined || outageBegun) return;
    if (outage.afterMs !== undefined && counts['posts'] === 1) timers.after(outage.afterMs, goDown);
    if (outage.afterPosts !== undefined && (counts['posts'] ?? 0) >= outage.afterPosts) goDown();
  };

  const route = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', world.origin());
    const body = await bodyOf(req);
    if (req.method === 'POST' && url.pathname === '/api/generations') {
      generations.create(req, res, body);
      watchOutage();
      return;
    }
    const id = /^\/api\/generations\/([^/]+)$/.exec(url.pathname)?.[1];
    if (req.method === 'GET' && id !== undefined) return generations.status(req, res, decodeURIComponent(id));
    if (req.method === 'GET' && url.pathname.startsWith('/audio/')) return audio.serve(req, res, url, 'api');
    if (url.pathname === '/__ledger')
      return send(res, 200, {
        generations: ledger.rows(),
        billedTwice: ledger.billedTwice(),
        seenKeys: leaks,
        counts: totals(),
      });
    if (url.pathname !== '/') return complain(res, 404, 'NOT_FOUND', 'No such path.');
    world.count('probes');
    send(res, 200, { name: 'fake generations API' });
  };

  const routeElsewhere = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    world.count('foreign');
    const body = await bodyOf(req);
    const whole = `${req.url ?? ''}\n${req.rawHeaders.join('\n')}\n${body}`;
    if ([...keys].some((key) => whole.includes(key))) leaks.push(`${req.method ?? ''} ${req.url ?? ''}`);
    const url = new URL(req.url ?? '/', world.otherOrigin());
    if (req.method === 'GET' && url.pathname.startsWith('/audio/')) return audio.serve(req, res, url, 'other');
    // Looks like success, so that a client that follows a redirected POST is found out by its books.
    send(res, 201, { id: 'stolen', status: 'PROCESSING', credits: 0 });
  };

  const handle =
    (run: (req: IncomingMessage, res: ServerResponse) => Promise<void>) =>
    (req: IncomingMessage, res: ServerResponse) => {
      run(req, res).catch((error: unknown) => {
        // A client that went away while it was sending is no fault of the server.
        if (!req.destroyed) throw error;
      });
    };
  const open = (run: Parameters<typeof handle>[0]): Server => {
    // Longer than any test is idle: sockets close under a request only where a fault says so.
    const server = createServer({ keepAliveTimeout: 120_000 }, handle(run));
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return server;
  };
  const api = open(route);
  const other = open(routeElsewhere);
  ports.api = await (options.port === 0 ? listenOutsideClientPorts(api) : listen(api, options.port));
  ports.other = await listen(other, 0);

  return {
    baseUrl: world.origin(),
    port: ports.api,
    otherOrigin: world.otherOrigin(),
    apiKey: options.apiKey,
    ledger: ledger.rows,
    billedTwice: ledger.billedTwice,
    seenKeys: () => [...leaks],
    counts: totals,
    change(next) {
      options = { ...options, ...next };
      keys.add(options.apiKey);
    },
    pendingTimers: timers.count,
    async close() {
      closing = true;
      timers.clear();
      const closed = [api, other].map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
};
