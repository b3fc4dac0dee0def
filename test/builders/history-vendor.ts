/**
 * A vendor without idempotency keys, as an adapter in memory: each call ends as the test says, its books and its history
 * are its own. For what the queue does with lost calls; the adapters and fakes of real vendors are tested elsewhere.
 */
import type { Clock } from '#engine/ports.ts';
import { ProviderError, type Findings, type SpeechProvider, type VendorStatus } from '#engine/providers/provider.ts';
import { toneFor } from '#test/integration/queue/gated-vendor.ts';

/** `before`: lost and never seen. `after`: made and charged, no answer. `headers`: ids seen, body cut. `refused`: 429. */
export type Ending = 'answer' | 'before' | 'after' | 'headers' | 'refused' | 'held';
export interface VendorCall {
  readonly id: string;
  readonly text: string;
  readonly body: string;
  readonly credits: number;
  readonly at: number;
}
export interface HistoryVendor {
  readonly provider: SpeechProvider;
  /** Every call that was charged. */
  readonly calls: readonly VendorCall[];
  readonly sends: readonly string[];
  /** What `find` was asked for. */
  readonly looks: readonly string[];
  /** Ends the calls that are held. */
  release(): void;
  most(): number;
}
export interface HistoryVendorOptions {
  readonly clock: Clock;
  readonly ending: (text: string, count: number) => Ending;
  /** How long an item takes to appear in the history. Default 0. */
  readonly writtenAfterMs?: number;
  readonly find?: 'history' | 'refused' | 'none';
  readonly maximum?: number;
  /** How long a call takes. Default: none. */
  readonly serviceMs?: number;
  readonly needsKey?: boolean;
}

const cut = (phase: 'sent' | 'body', message: string): ProviderError =>
  new ProviderError('outcome_unknown', message, { phase, charged: 'unknown', disposition: 'unknown' });

async function* bytesOf(audio: Uint8Array, isCut: boolean): AsyncGenerator<Uint8Array> {
  yield audio.subarray(0, Math.floor(audio.length / 2));
  await Promise.resolve();
  if (isCut) throw cut('body', 'The body was cut.');
  yield audio.subarray(Math.floor(audio.length / 2));
}

export const createHistoryVendor = (options: HistoryVendorOptions): HistoryVendor => {
  const { clock } = options;
  const calls: VendorCall[] = [];
  const sends: string[] = [];
  const looks: string[] = [];
  const counts = new Map<string, number>();
  const held = new Set<() => void>();
  let inFlight = 0;
  let most = 0;
  const written = (): VendorCall[] => calls.filter(({ at }) => clock.now() - at >= (options.writtenAfterMs ?? 0));
  const completed = (call: VendorCall) =>
    ({ kind: 'completed', vendorId: call.id, chargedCredits: call.credits, audioUrl: call.id }) as const;
  const find = async (lost: Parameters<NonNullable<SpeechProvider['find']>>[1]): Promise<Findings> => {
    looks.push(lost.recipe.text);
    if (options.find === 'refused')
      throw new ProviderError('history_unavailable', 'The key may not read the history.', {
        phase: 'headers',
        charged: 'unknown',
        disposition: 'permanent',
      });
    const match = written().find(({ id, text }) => text === lost.recipe.text && !lost.isTaken(id));
    if (match !== undefined) return { kind: 'found', status: completed(match) };
    return {
      kind: 'absent',
      message: 'It does not show there.',
      balanceNow: calls.reduce((sum, { credits }) => sum + credits, 0),
      candidates: written()
        .filter(({ id, text }) => text.toLowerCase() === lost.recipe.text.toLowerCase() && !lost.isTaken(id))
        .map(({ id, text, credits, at }) => ({
          item: {
            vendorItemId: id,
            at,
            requestId: null,
            voiceId: 'Ava',
            voiceName: 'Ava',
            model: null,
            text,
            credits,
            source: 'TTS',
            state: 'created',
            format: 'wav',
            settings: {},
            timings: null,
          },
          note: 'The text differs in case.',
        })),
    };
  };
  const submit: SpeechProvider['submit'] = async (_context, request): Promise<VendorStatus> => {
    const body = new TextDecoder().decode(request.body);
    const { text } = JSON.parse(body) as { text: string };
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    sends.push(text);
    inFlight += 1;
    most = Math.max(most, inFlight);
    try {
      const ending = options.ending(text, count);
      if (ending === 'refused')
        throw new ProviderError('provider_rate_limited', 'Later.', {
          phase: 'headers',
          charged: 'no',
          disposition: 'again',
          retryAfterMs: 500,
        });
      await (ending === 'held'
        ? new Promise<void>((resolve) => held.add(resolve))
        : new Promise<void>((resolve) => clock.after(options.serviceMs ?? 0, resolve)));
      if (ending === 'before') throw cut('sent', 'The connection was cut.');
      const call = { id: `item-${calls.length + 1}`, text, body, credits: text.length, at: clock.now() };
      calls.push(call);
      if (ending === 'after') throw cut('sent', 'The connection was cut.');
      return {
        kind: 'audio',
        vendorId: call.id,
        chargedCredits: call.credits,
        body: bytesOf(toneFor(text), ending === 'headers'),
        requestId: `request-${call.id}`,
        concurrency: { current: inFlight, maximum: options.maximum ?? null },
      };
    } finally {
      inFlight -= 1;
    }
  };
  const provider: SpeechProvider = {
    id: 'elevenlabs',
    title: 'History vendor',
    abilities: {
      idempotencyKey: false,
      jobPolling: false,
      remoteHistory: options.find !== 'none',
      balance: false,
      subscription: false,
      usage: false,
      durationPrediction: false,
      costUnit: 'characters',
      voiceList: false,
      needsKey: options.needsKey === true,
    },
    defaultBaseUrl: 'http://127.0.0.1:1',
    defaultConcurrency: 2,
    account: ({ baseUrl }) => baseUrl,
    textRules: (_workspace, _voice, model) => ({
      limit: null,
      pauseMarkup: null,
      directionMarkup: null,
      settings: [],
      model,
      format: 'wav',
      neighbours: true,
    }),
    estimateCredits: ({ text }) => text.length,
    request: (_workspace, recipe, context) => ({
      method: 'POST',
      url: 'http://127.0.0.1:1/speech',
      contentType: 'application/json',
      body: new TextEncoder().encode(JSON.stringify({ text: recipe.text, ...context })),
    }),
    submit,
    poll: async (_context, vendorId) => {
      const call = written().find(({ id }) => id === vendorId);
      if (call !== undefined) return completed(call);
      throw new ProviderError('not_found', 'No such item.', { phase: 'headers', charged: 'no', disposition: 'again' });
    },
    download: async (_context, id) => bytesOf(toneFor(calls.find((call) => call.id === id)?.text ?? 'x'), false),
    probe: () => Promise.resolve(),
    test: () => Promise.resolve({ ok: true, checks: [] }),
    voices: () => Promise.resolve([]),
  };
  return {
    provider: options.find === 'none' ? provider : { ...provider, find: (_context, lost) => find(lost) },
    calls,
    sends,
    looks,
    release: () => {
      for (const end of held) end();
      held.clear();
    },
    most: () => most,
  };
};
