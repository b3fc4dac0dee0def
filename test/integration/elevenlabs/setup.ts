/** The adapter and the real Http port, with the fake vendor or a server of the test's own. */
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SpeechRecipe } from '#contract/entities.ts';
import { createElevenLabs } from '#engine/providers/elevenlabs/adapter.ts';
import { ProviderError } from '#engine/providers/provider.ts';
import type { CallContext, LostCall, VendorRequest, VendorStatus, WorkspaceView } from '#engine/providers/provider.ts';
import type { FakeClock } from '#hosts/demo/vendors/common/clock.ts';
import type { ElevenLabsServerOptions } from '#hosts/demo/vendors/elevenlabs/options.ts';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { createHttp } from '#node/http.ts';

const unused = (): never => {
  throw new Error('ElevenLabs needs no local speech.');
};

/** Stands still until a test moves it. */
export const createStillClock = (startAt = Date.UTC(2026, 10, 22, 12)) => {
  let now = startAt;
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
      for (const timer of [...timers].toSorted((a, b) => a.at - b.at))
        if (timer.at <= now && timers.delete(timer)) timer.run();
    },
  };
};

export const adapterAt = (baseUrl: string, settings: WorkspaceView['settings'] = {}, now: () => number = Date.now) => {
  const http = createHttp({ userAgent: 'cuebooth-test', proxy: 'none', environment: {} });
  onTestFinished(() => http.close());
  const elevenlabs = createElevenLabs({
    http,
    compute: { analyse: unused, join: unused, flite: unused, match: unused, close: unused },
    programs: { voices: unused, speak: unused },
    now,
  });
  const workspace: WorkspaceView = { id: 'w1', name: 'Agency', provider: 'elevenlabs', baseUrl, settings };
  const context: CallContext = { workspace, key: 'sk_secret_key', signal: new AbortController().signal };
  const recipe = (given: Partial<SpeechRecipe> = {}): SpeechRecipe => ({
    kind: 'speech',
    provider: 'elevenlabs',
    account: elevenlabs.account(workspace),
    voice: 'voice1',
    model: 'eleven_multilingual_v2',
    language: null,
    text: 'Hello there.',
    settings: {},
    format: 'mp3_44100_128',
    ...given,
  });
  const request = (given: Partial<SpeechRecipe> = {}): VendorRequest => elevenlabs.request(workspace, recipe(given));
  return { elevenlabs, workspace, context, recipe, request };
};

/** A server of the test's own; returns its address. */
export const listen = async (answer: RequestListener): Promise<string> => {
  const host = createServer(answer);
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    host.closeAllConnections();
    host.close();
  });
  return `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
};

/** With the fake vendor. Without a clock it runs at the wall's pace. */
export const setUp = async (
  options: Partial<ElevenLabsServerOptions> = {},
  settings: WorkspaceView['settings'] = {},
  clock?: FakeClock,
) => {
  const server = await startElevenLabsServer({ serviceTimeMs: 5, historyDelayMs: 0, ...options }, clock);
  onTestFinished(() => server.close());
  const made = adapterAt(server.baseUrl, settings, () => (clock ?? Date).now());
  const context: CallContext = { ...made.context, key: server.apiKey };
  const voice = server.voices()[0]?.voiceId ?? '';
  const request = (given: Partial<SpeechRecipe> = {}): VendorRequest => made.request({ voice, ...given });
  const submit = (given: Partial<SpeechRecipe> = {}): Promise<VendorStatus> =>
    made.elevenlabs.submit(context, request(given), null);
  const poll = (vendorId: string, given: Partial<SpeechRecipe> = {}): Promise<VendorStatus> =>
    present(made.elevenlabs.poll)(context, vendorId, request(given));
  const download = async (audioUrl: string): Promise<Buffer> =>
    gather(await present(made.elevenlabs.download)(context, audioUrl));
  const lost = (given: Partial<SpeechRecipe> = {}, rest: Partial<LostCall> = {}): LostCall => ({
    request: request(given),
    recipe: made.recipe({ voice, ...given }),
    submittedAt: (clock ?? Date).now(),
    requestId: null,
    estimateCredits: null,
    balanceBefore: null,
    isTaken: () => false,
    twinIds: [],
    ...rest,
  });
  return { ...made, server, context, voice, request, submit, poll, download, lost };
};

/** An optional method that this adapter has. */
export const present = <T>(method: T | undefined): T => {
  if (method === undefined) throw new Error('The adapter lacks this method.');
  return method;
};

export const gather = async (body: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** The ProviderError a call ends with; fails when it ends well. */
export const failureOf = async (call: Promise<unknown>): Promise<ProviderError> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error('The call succeeded where a ProviderError was due.');
};

export const audioOf = (status: VendorStatus): Extract<VendorStatus, { kind: 'audio' }> => {
  if (status.kind !== 'audio') throw new Error(`Expected audio, got ${JSON.stringify(status)}.`);
  return status;
};
export const completedOf = (status: VendorStatus): Extract<VendorStatus, { kind: 'completed' }> => {
  if (status.kind !== 'completed') throw new Error(`Expected a completed call, got ${JSON.stringify(status)}.`);
  return status;
};
