/**
 * A fake of ElevenLabs on a real port of 127.0.0.1: account, plan, credits, voices, speech, flows, history and usage,
 * with books of its own, its own clock and a second host that remembers whether it was ever shown a key.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import { createSpeedClock, createTimers } from '../common/clock.ts';
import type { FakeClock } from '../common/clock.ts';
import { createDice } from '../common/dice.ts';
import { bodyOf, openHosts } from '../common/host.ts';
import { createAccountRoute } from './account-route.ts';
import { createFakeAudio } from './audio.ts';
import { createFlowsRoute } from './flows-route.ts';
import { createHistoryRoute, createTrouble } from './history-route.ts';
import { createLedger, type Ledger, type LedgerRow, type Source } from './ledger.ts';
import { findModel } from './models.ts';
import { defaultOptions, type ElevenLabsServerOptions, type FaultChances } from './options.ts';
import { createService } from './service.ts';
import { createSpeechRoute } from './speech-route.ts';
import { createUsageRoute } from './usage-route.ts';
import { accountVoices, type FakeVoice } from './voices.ts';
import { createVoicesRoute } from './voices-route.ts';
import { complain, periodOf, type World } from './world.ts';

/** A call that was made elsewhere: in the web app, or by a colleague. */
export interface HistoryItem {
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
  /** One of the account's voices. */
  readonly voiceId: string;
  readonly model?: string;
  readonly format?: string;
  readonly source?: Source;
  /** Default: what the text costs. */
  readonly credits?: number;
  /** As a history item gets it; default: a new one. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface AddedItem {
  /** The history item's. */
  readonly id: string;
  readonly requestId: string;
  readonly credits: number;
}

export interface ElevenLabsServer {
  readonly baseUrl: string;
  readonly port: number;
  /** The second host; anything that is sent there left the vendor's API. */
  readonly otherOrigin: string;
  readonly apiKey: string;
  /** Calls that came in through the API; items of `addHistory` are not among them. */
  ledger(): readonly LedgerRow[];
  billedTwice: Ledger['billedTwice'];
  /** Requests to the second host that carried a key, as `METHOD path`. Empty is good. */
  seenKeys(): readonly string[];
  /** posts, flowPosts, lists, polls, downloads, previews, voices, usage ..., overCap, outages, foreign; faults as `fault.<name>`. */
  counts(): Readonly<Record<string, number>>;
  /** From the next request on. */
  change(options: Partial<Omit<ElevenLabsServerOptions, 'seed' | 'speed' | 'faults' | 'audioBytes' | 'port'>>): void;
  voices(): readonly FakeVoice[];
  /** In the running period, as its subscription says. */
  usedCredits(): number;
  /** Puts items into the history and the usage, at once and charged. */
  addHistory(items: readonly HistoryItem[]): readonly AddedItem[];
  pendingTimers(): number;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

/** `clock` is shared with the program under test where both must agree; then `speed` has no effect. */
export const startElevenLabsServer = async (
  given: Partial<ElevenLabsServerOptions> = {},
  clock?: FakeClock,
): Promise<ElevenLabsServer> => {
  let options: ElevenLabsServerOptions = { ...defaultOptions, ...given };
  const time = clock ?? createSpeedClock(options.speed);
  const timers = createTimers(time);
  const audio = createFakeAudio(options.audioBytes);
  const ledger = createLedger(audio);
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
    audio,
    voices: [...accountVoices(time.now())],
    otherOrigin: () => `http://127.0.0.1:${ports.other}`,
    count: (what) => {
      counts[what] = (counts[what] ?? 0) + 1;
    },
  };
  const troubled = createTrouble(world);
  const service = createService(world);
  const speak = createSpeechRoute(world, service);
  const flows = createFlowsRoute(world, service, troubled);
  const history = createHistoryRoute(world, troubled);
  const account = createAccountRoute(world);
  const voices = createVoicesRoute(world);
  const usage = createUsageRoute(world);
  const totals = () => ({
    ...counts,
    ...Object.fromEntries(Object.entries(dice.counts()).map(([fault, times]) => [`fault.${fault}`, times])),
  });

  const countPost = (what: 'posts' | 'flowPosts'): void => {
    world.count(what);
    hosts.watchOutage((counts['posts'] ?? 0) + (counts['flowPosts'] ?? 0));
  };
  type Handler = (req: IncomingMessage, res: ServerResponse, url: URL, body: string, ids: readonly string[]) => void;
  const routes: readonly (readonly [method: string, path: RegExp, run: Handler])[] = [
    [
      'POST',
      /^\/v1\/text-to-speech\/([^/]+)(\/with-timestamps)?$/,
      (req, res, url, body, [voiceId = '', stamped = '']) => {
        speak(req, res, url, body, voiceId, stamped !== '');
        countPost('posts');
      },
    ],
    [
      'POST',
      /^\/v1\/flows\/text-to-speech$/,
      (req, res, _url, body) => {
        flows.create(req, res, body);
        countPost('flowPosts');
      },
    ],
    ['GET', /^\/v1\/flows\/text-to-speech$/, (req, res, url) => flows.list(req, res, url)],
    ['GET', /^\/v1\/flows\/text-to-speech\/([^/]+)$/, (req, res, _u, _b, [id = '']) => flows.status(req, res, id)],
    ['GET', /^\/v1\/history$/, (req, res, url) => history.list(req, res, url)],
    ['POST', /^\/v1\/history\/download$/, (req, res, _url, body) => history.download(req, res, body)],
    ['GET', /^\/v1\/history\/([^/]+)$/, (req, res, _u, _b, [id = '']) => history.get(req, res, id)],
    ['DELETE', /^\/v1\/history\/([^/]+)$/, (req, res, _u, _b, [id = '']) => history.remove(req, res, id)],
    ['GET', /^\/v1\/history\/([^/]+)\/audio$/, (req, res, _u, _b, [id = '']) => history.getAudio(req, res, id)],
    ['GET', /^\/v1\/models$/, (req, res) => account.listModels(req, res)],
    ['GET', /^\/v1\/user$/, (req, res) => account.user(req, res)],
    ['GET', /^\/v1\/user\/subscription$/, (req, res) => account.subscription(req, res)],
    ['GET', /^\/v2\/voices$/, (req, res, url) => voices.list(req, res, url)],
    ['GET', /^\/v1\/voices$/, (req, res) => voices.listAll(req, res)],
    ['GET', /^\/v1\/voices\/settings\/default$/, (_req, res) => voices.defaultSettings(res)],
    ['GET', /^\/v1\/voices\/([^/]+)$/, (req, res, _u, _b, [id = '']) => voices.get(req, res, id, 'voice')],
    ['GET', /^\/v1\/voices\/([^/]+)\/settings$/, (req, res, _u, _b, [id = '']) => voices.get(req, res, id, 'settings')],
    ['GET', /^\/v1\/shared-voices$/, (req, res, url) => voices.library(req, res, url)],
    [
      'POST',
      /^\/v1\/voices\/add\/([^/]+)\/([^/]+)$/,
      (req, res, _url, body, [owner = '', id = '']) => voices.add(req, res, body, owner, id),
    ],
    ['GET', /^\/v1\/usage\/character-stats$/, (req, res, url) => usage.stats(req, res, url)],
    [
      'POST',
      /^\/v1\/workspace\/analytics\/query\/usage-by-product-over-time$/,
      (req, res, _url, body) => usage.overTime(req, res, body),
    ],
    ['POST', /^\/v1\/workspace\/analytics\/requests$/, (req, res, _url, body) => usage.requests(req, res, body)],
    [
      'GET',
      /^\/__ledger$/,
      (_req, res) =>
        send(res, 200, {
          generations: ledger.rows(),
          billedTwice: ledger.billedTwice(),
          seenKeys: leaks,
          counts: totals(),
        }),
    ],
  ];

  const route = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    // The vendor's time of day is its own clock's, also where that runs faster than the wall.
    res.setHeader('date', new Date(time.now()).toUTCString());
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    const body = await bodyOf(req);
    for (const [method, path, run] of routes) {
      const found = req.method === method ? path.exec(url.pathname) : null;
      if (found === null) continue;
      run(
        req,
        res,
        url,
        body,
        found.slice(1).map((part: string | undefined) => decodeURIComponent(part ?? '')),
      );
      return;
    }
    complain(world, res, { http: 404, type: 'not_found', code: 'not_found', message: 'Not Found' }, url.pathname);
  };

  const routeElsewhere = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    world.count('foreign');
    const body = await bodyOf(req);
    const whole = `${req.url ?? ''}\n${req.rawHeaders.join('\n')}\n${body}`;
    if ([...keys].some((key) => whole.includes(key))) leaks.push(`${req.method ?? ''} ${req.url ?? ''}`);
    const url = new URL(req.url ?? '/', 'http://127.0.0.1');
    const [, kind = '', id = ''] = /^\/(flows|previews)\/([^/.]+)(?:\.mp3)?$/.exec(url.pathname) ?? [];
    if (req.method === 'GET' && kind === 'flows') return flows.content(res, url, id);
    if (req.method === 'GET' && kind === 'previews') return voices.preview(res, url, id);
    send(res, 404, { error: 'NoSuchKey' });
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

  const addItem = (item: HistoryItem): AddedItem => {
    const voice = world.voices.find(({ voiceId }) => voiceId === item.voiceId);
    if (voice === undefined) throw new Error(`The account has no voice ${item.voiceId}.`);
    const model = item.model ?? 'eleven_multilingual_v2';
    const cost = Math.ceil([...item.text].length * (findModel(model)?.rate ?? 1) * voice.rate);
    const { id, requestId, chargedCredits } = ledger.bill(
      {
        flowId: null,
        body: '',
        text: item.text,
        voice: voice.voiceId,
        voiceName: voice.name,
        model,
        format: item.format ?? 'mp3_44100_128',
        settings: item.settings ?? null,
        source: item.source ?? 'TTS',
        chargedCredits: item.credits ?? cost,
        createdAt: item.at,
        isLogged: true,
        isOwn: false,
        visibleAt: item.at,
      },
      'done',
    );
    return { id, requestId, credits: chargedCredits };
  };

  return {
    baseUrl: `http://127.0.0.1:${ports.api}`,
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
    voices: () => [...world.voices],
    usedCredits: () => options.creditsUsed + ledger.usedSince(periodOf(world).from),
    addHistory: (items) => items.map(addItem),
    pendingTimers: timers.count,
    async close() {
      timers.clear();
      await hosts.close();
    },
  };
};
