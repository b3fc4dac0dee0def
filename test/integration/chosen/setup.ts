/** The adapter, the real Http port and a fake vendor, set up for one test. */
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { SpeechRecipe } from '#contract/entities.ts';
import { createChosen } from '#engine/providers/chosen/adapter.ts';
import { ProviderError } from '#engine/providers/provider.ts';
import type { CallContext, VendorStatus, WorkspaceView } from '#engine/providers/provider.ts';
import { createHttp } from '#node/http.ts';
import type { FakeClock } from '#hosts/demo/vendors/common/clock.ts';
import type { GenerationsServerOptions } from '#hosts/demo/vendors/chosen/options.ts';
import { startGenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';

/** Stands still until a test moves it. */
export const createManualClock = () => {
  let now = Date.UTC(2026, 0, 1);
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
  throw new Error('The generations API needs no local speech.');
};

export const setUp = async (
  options: Partial<GenerationsServerOptions> = {},
  settings: WorkspaceView['settings'] = {},
  clock?: FakeClock,
) => {
  const server = await startGenerationsServer({ serviceTimeMs: 5, ...options }, clock);
  const http = createHttp({ userAgent: 'cuebooth-test', proxy: 'none', environment: {} });
  onTestFinished(async () => {
    await http.close();
    await server.close();
  });
  const chosen = createChosen({
    http,
    compute: { analyse: unused, join: unused, flite: unused, match: unused, close: unused },
    programs: { voices: unused, speak: unused },
    now: () => (clock ?? Date).now(),
  });
  const workspace: WorkspaceView = { id: 'w1', name: 'Agency', provider: 'chosen', baseUrl: server.baseUrl, settings };
  const context: CallContext = { workspace, key: server.apiKey, signal: new AbortController().signal };
  const recipe = (text: string): SpeechRecipe => ({
    kind: 'speech',
    provider: 'chosen',
    account: chosen.account(workspace),
    voice: 'Nova',
    model: null,
    language: null,
    text,
    settings: {},
    format: 'wav',
  });
  const submit = (text: string, key: string = randomUUID(), given: CallContext = context): Promise<VendorStatus> =>
    chosen.submit(given, chosen.request(workspace, recipe(text)), key);
  /** Sends the same body and key again until it is answered, as the queue does. */
  const submitUntilAnswered = async (text: string, key: string): Promise<VendorStatus> => {
    for (let left = 10; ; left -= 1) {
      try {
        return await submit(text, key);
      } catch (error) {
        if (!(error instanceof ProviderError) || error.disposition === 'permanent' || left === 0) throw error;
      }
    }
  };
  const download = async (audioUrl: string): Promise<Buffer> => {
    const body = await chosen.download?.(context, audioUrl);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body ?? []) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const poll = (vendorId: string): Promise<VendorStatus> =>
    chosen.poll?.(context, vendorId, { method: 'POST', url: '', contentType: '', body: new Uint8Array() }) ??
    Promise.reject(new Error('The adapter cannot poll.'));
  return { server, chosen, workspace, context, submit, submitUntilAnswered, download, poll };
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

export const completed = (status: VendorStatus): Extract<VendorStatus, { kind: 'completed' }> => {
  if (status.kind !== 'completed') throw new Error(`Expected a completed generation, got ${JSON.stringify(status)}.`);
  return status;
};
