/** The adapter, the real Http port and a fake vendor, set up for one test. */
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SpeechRecipe } from '#contract/entities.ts';
import type { Http } from '#engine/ports.ts';
import { createSupertone } from '#engine/providers/supertone/adapter.ts';
import { ProviderError } from '#engine/providers/provider.ts';
import type { CallContext, LostCall, SpeechProvider, VendorStatus, WorkspaceView } from '#engine/providers/provider.ts';
import { createHttp } from '#node/http.ts';
import type { FakeClock } from '#hosts/demo/vendors/common/clock.ts';
import type { SupertoneServerOptions } from '#hosts/demo/vendors/supertone/options.ts';
import { startSupertoneServer } from '#hosts/demo/vendors/supertone/server.ts';

const startsAt = Date.UTC(2026, 2, 31, 12, 30);

/** Stands still until a test moves it. */
export const createManualClock = (at = startsAt) => {
  let now = at;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const clock: FakeClock = {
    now: () => now,
    after(delayMs, run) {
      const timer = { at: now + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  return {
    ...clock,
    advance(ms: number): void {
      now += ms;
      for (const timer of [...timers].sort((a, b) => a.at - b.at)) {
        if (timer.at > now || !timers.delete(timer)) continue;
        timer.run();
      }
    },
  };
};

const unused = (): never => {
  throw new Error('A vendor needs no local speech.');
};
const openHttp = (): Http => {
  const http = createHttp({ userAgent: 'cuebooth-test', proxy: 'none', environment: {} });
  onTestFinished(() => http.close());
  return http;
};

export const createAdapter = (http: Http, now: () => number): SpeechProvider =>
  createSupertone({
    http,
    compute: { analyse: unused, join: unused, flite: unused, match: unused, close: unused },
    programs: { voices: unused, speak: unused },
    now,
  });

export const viewOf = (baseUrl: string, settings: WorkspaceView['settings'] = {}): WorkspaceView => ({
  id: 'w1',
  name: 'Agency',
  provider: 'supertone',
  baseUrl,
  settings,
});

export const setUp = async (
  options: Partial<SupertoneServerOptions> = {},
  settings: WorkspaceView['settings'] = {},
  clock?: FakeClock,
) => {
  const server = await startSupertoneServer({ serviceTimeMs: 1, ...options }, clock);
  onTestFinished(() => server.close());
  const http = openHttp();
  const supertone = createAdapter(http, () => (clock ?? Date).now());
  const workspace = viewOf(server.baseUrl, settings);
  const context: CallContext = { workspace, key: server.apiKey, signal: new AbortController().signal };
  const voice = server.voices()[0]?.voice_id ?? '';
  const recipe = (text: string, rest: Partial<SpeechRecipe> = {}): SpeechRecipe => ({
    kind: 'speech',
    provider: 'supertone',
    account: supertone.account(workspace),
    voice,
    model: null,
    language: 'en',
    text,
    settings: {},
    format: 'wav',
    ...rest,
  });
  const submit = (text: string, rest: Partial<SpeechRecipe> = {}): Promise<VendorStatus> =>
    supertone.submit(context, supertone.request(workspace, recipe(text, rest)), null);
  const lost = (text: string, rest: Partial<LostCall> = {}): LostCall => ({
    request: supertone.request(workspace, recipe(text)),
    recipe: recipe(text),
    submittedAt: (clock ?? Date).now(),
    requestId: null,
    estimateCredits: null,
    balanceBefore: null,
    isTaken: () => false,
    twinIds: [],
    ...rest,
  });
  return { server, http, supertone, workspace, context, voice, recipe, submit, lost };
};

/** A vendor that says what a test wants, and an adapter that talks to it. */
export const answering = async (listener: RequestListener, settings: WorkspaceView['settings'] = {}) => {
  const host = createServer(listener);
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    host.closeAllConnections();
    host.close();
  });
  const workspace = viewOf(`http://127.0.0.1:${(host.address() as AddressInfo).port}`, settings);
  const supertone = createAdapter(openHttp(), () => startsAt);
  const context: CallContext = { workspace, key: 'a-key-of-some-length', signal: new AbortController().signal };
  return { supertone, workspace, context };
};

/** Everything for the vendor's production address goes to another one: the requests are real, the name alone is not. */
export const leadingTo = (http: Http, baseUrl: string): Http => ({
  request: (pool, request) =>
    http.request(pool, { ...request, url: request.url.replace('https://supertoneapi.com', baseUrl) }),
  close: () => http.close(),
});

export const bytesOf = async (status: VendorStatus): Promise<Buffer> => {
  if (status.kind !== 'audio') throw new Error(`Expected audio, got ${status.kind}.`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of status.body) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** The ProviderError a call ends with; fails when it ends well. */
export const failureOf = async (call: Promise<unknown> | undefined): Promise<ProviderError> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error('The call succeeded where a ProviderError was due.');
};
