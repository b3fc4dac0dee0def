/**
 * A fake of Supertone on a real port of 127.0.0.1, with its own books, its own clock and a second host, where samples
 * lie, that remembers whether it was ever shown a key.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import { createSpeedClock, createTimers } from '../common/clock.ts';
import type { FakeClock } from '../common/clock.ts';
import { createDice } from '../common/dice.ts';
import { bodyOf, openHosts } from '../common/host.ts';
import { createFakeSpeech } from './audio.ts';
import { createLedger } from './ledger.ts';
import type { LedgerRow } from './ledger.ts';
import { defaultOptions } from './options.ts';
import type { FaultChances, SupertoneServerOptions } from './options.ts';
import { createSpeechRoute } from './speech-route.ts';
import { createUsageRoute } from './usage-route.ts';
import { ownVoices, pastUse, presetsOf } from './voices.ts';
import type { Preset } from './voices.ts';
import { createVoicesRoute } from './voices-route.ts';
import { complainer, page } from './world.ts';
import type { World } from './world.ts';

export interface SupertoneServer {
  readonly baseUrl: string;
  readonly port: number;
  /** The second host; anything that is sent there left the vendor. */
  readonly otherOrigin: string;
  readonly apiKey: string;
  ledger(): readonly LedgerRow[];
  /** What is left of the balance; null: endless. */
  balance(): number | null;
  voices(): readonly Preset[];
  /** Requests to the second host that carried a key, as `METHOD path`. Empty is good. */
  seenKeys(): readonly string[];
  /** posts, predictions, figures, lists, overRate, outages, foreign; faults as `fault.<name>`. */
  counts(): Readonly<Record<string, number>>;
  /** From the next request on. */
  change(
    options: Partial<Omit<SupertoneServerOptions, 'seed' | 'speed' | 'faults' | 'audioBytes' | 'port' | 'pastDays'>>,
  ): void;
  pendingTimers(): number;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

/** `clock` is shared with the program under test where both must agree; then `speed` has no effect. */
export const startSupertoneServer = async (
  given: Partial<SupertoneServerOptions> = {},
  clock?: FakeClock,
): Promise<SupertoneServer> => {
  let options: SupertoneServerOptions = { ...defaultOptions, ...given };
  const time = clock ?? createSpeedClock(options.speed);
  const timers = createTimers(time);
  const speech = createFakeSpeech(options.audioBytes);
  const dice = createDice<keyof FaultChances>(options.seed, options.faults);
  const past = pastUse(options.seed, options.pastDays, time.now(), presetsOf('', 0));
  const ledger = createLedger(past);
  const counts: Record<string, number> = {};
  const keys = new Set([options.apiKey]);
  const leaks: string[] = [];
  let presets: readonly Preset[] | null = null;
  const ports = { api: 0, other: 0 };
  const otherOrigin = (): string => `http://127.0.0.1:${ports.other}`;
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  const world: World = {
    options: () => options,
    clock: time,
    timers,
    dice,
    ledger,
    speech,
    presets: () => (presets ??= presetsOf(otherOrigin(), options.extraVoices)),
    own: new Map(ownVoices().map((voice) => [voice.voice_id, voice])),
    count,
  };
  const complain = complainer(() => options);
  const speak = createSpeechRoute(world, complain);
  const usage = createUsageRoute(world, complain);
  const voices = createVoicesRoute(world, complain);
  const totals = () => ({
    ...counts,
    ...Object.fromEntries(Object.entries(dice.counts()).map(([fault, times]) => [`fault.${fault}`, times])),
  });

  const route = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', `http://127.0.0.1:${ports.api}`);
    const body = await bodyOf(req);
    const path = url.pathname;
    if (path === '/__ledger') return send(res, 200, { calls: ledger.rows(), seenKeys: leaks, counts: totals() });
    if (options.retired === 'gone') return complain(res, 410, 'The Supertone API is no longer available');
    if (options.retired === 'page') return page(res, 404, 'Supertone API has ended');
    const spoken = /^\/v1\/(text-to-speech|predict-duration)\/([^/]+)(\/stream)?$/.exec(path);
    if (req.method === 'POST' && spoken !== null) {
      const [, kind, voice = '', stream] = spoken;
      const call = kind === 'predict-duration' ? 'prediction' : stream === undefined ? 'speech' : 'stream';
      speak(req, res, call, decodeURIComponent(voice), body);
      if (call !== 'prediction') hosts.watchOutage(counts['posts'] ?? 0);
      return;
    }
    if (req.method === 'GET' && ['/v1/credits', '/v1/usage', '/v1/voice-usage'].includes(path))
      return usage(req, res, url);
    if (path.startsWith('/v1/voices') || path.startsWith('/v1/custom-voices')) return voices(req, res, url, body);
    complain(res, 404, 'Cannot find this path');
  };

  const routeElsewhere = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    count('foreign');
    const body = await bodyOf(req);
    const whole = `${req.url ?? ''}\n${req.rawHeaders.join('\n')}\n${body}`;
    if ([...keys].some((key) => whole.includes(key))) leaks.push(`${req.method ?? ''} ${req.url ?? ''}`);
    const sample = /^\/samples\/([^/]+)\/([^/]+)\/([^/]+)\.wav$/.exec(req.url ?? '');
    if (req.method !== 'GET' || sample === null) return page(res, 404, 'Nothing here');
    const audio = speech.of(`A sample in ${sample[2] ?? ''} with ${sample[3] ?? ''}.`, sample[1] ?? '', 'wav');
    res.writeHead(200, { 'content-type': 'audio/wav', 'content-length': audio.bytes });
    for (const chunk of audio.chunks) res.write(chunk);
    res.end();
  };

  const hosts = await openHosts(
    options.port,
    { api: route, other: routeElsewhere },
    options.faults.outage,
    timers,
    () => count('outages'),
  );
  ports.api = hosts.apiPort;
  ports.other = hosts.otherPort;

  return {
    baseUrl: `http://127.0.0.1:${ports.api}`,
    port: ports.api,
    otherOrigin: otherOrigin(),
    apiKey: options.apiKey,
    ledger: ledger.rows,
    balance: () => (options.balance === null ? null : options.balance - ledger.chargedCredits()),
    voices: world.presets,
    seenKeys: () => [...leaks],
    counts: totals,
    change(next) {
      options = { ...options, ...next };
      presets = null;
      keys.add(options.apiKey);
    },
    pendingTimers: timers.count,
    async close() {
      timers.clear();
      await hosts.close();
    },
  };
};
