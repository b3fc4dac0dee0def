/**
 * A fake of the generations API on a real port of 127.0.0.1, with its own books, its own clock and a second host that
 * remembers whether it was ever shown a key.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import { createSpeedClock, createTimers } from '../common/clock.ts';
import type { FakeClock } from '../common/clock.ts';
import { createDice } from '../common/dice.ts';
import { bodyOf, openHosts } from '../common/host.ts';
import { createTones } from '../common/tone.ts';
import { createAudioRoute } from './audio-route.ts';
import { createGenerationsRoute } from './generations-route.ts';
import { createLedger } from './ledger.ts';
import type { Ledger, LedgerRow } from './ledger.ts';
import { createListRoute } from './list-route.ts';
import { defaultOptions } from './options.ts';
import type { FaultChances, GenerationsServerOptions } from './options.ts';
import { complain } from './world.ts';
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
  /** posts, replays, polls, downloads, lists, overCap, outages, probes, foreign; faults as `fault.<name>`. */
  counts(): Readonly<Record<string, number>>;
  /** From the next request on. */
  change(options: Partial<Omit<GenerationsServerOptions, 'seed' | 'speed' | 'faults' | 'audioBytes' | 'port'>>): void;
  pendingTimers(): number;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

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
  const dice = createDice<keyof FaultChances>(options.seed, options.faults);
  const counts: Record<string, number> = {};
  const keys = new Set([options.apiKey]);
  const leaks: string[] = [];
  const ports = { api: 0, other: 0 };

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
  const lists = createListRoute(world);
  const totals = () => ({
    ...counts,
    ...Object.fromEntries(Object.entries(dice.counts()).map(([fault, times]) => [`fault.${fault}`, times])),
  });

  const route = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', world.origin());
    const body = await bodyOf(req);
    if (req.method === 'POST' && url.pathname === '/api/generations') {
      generations.create(req, res, body);
      hosts.watchOutage(counts['posts'] ?? 0);
      return;
    }
    if (req.method === 'GET' && ['/api/generations', '/api/account'].includes(url.pathname))
      return lists(req, res, url);
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

  const hosts = await openHosts(
    options.port,
    { api: route, other: routeElsewhere },
    options.faults.outage,
    timers,
    () => world.count('outages'),
  );
  ports.api = hosts.apiPort;
  ports.other = hosts.otherPort;

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
      timers.clear();
      await hosts.close();
    },
  };
};
