/** A transport whose answers a test gives, under the real client. */
import { type Client, createClient } from '#client/index.ts';
import type { ErrorShape } from '#contract/errors.ts';
import type { EventName, EventPayload } from '#contract/events.ts';
import type { Reply, TransportSignal } from '#contract/transport.ts';

type Answer = (input: Record<string, unknown>) => unknown;

export interface Refusal {
  readonly refused: ErrorShape;
}

export const createEngineStandIn = (answers: Readonly<Record<string, Answer>>) => {
  const listeners = new Set<(signal: TransportSignal) => void>();
  const calls: { readonly method: string; readonly input: Record<string, unknown> }[] = [];
  let seq = 0;
  const client: Client = createClient({
    host: { kind: 'direct', capabilities: [] },
    request: async (method, input): Promise<Reply> => {
      calls.push({ method, input: input as Record<string, unknown> });
      const output = await answers[method]?.(input as Record<string, unknown>);
      if (output === undefined) return { ok: false, error: { code: 'unknown_method', message: method } };
      if (typeof output === 'object' && output !== null && 'refused' in output)
        return { ok: false, error: (output as Refusal).refused };
      return { ok: true, output };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      listener({ type: 'connection', state: 'open' });
      return () => listeners.delete(listener);
    },
    upload: () => Promise.reject(new Error('not part of this test')),
    mediaUrl: (takeId) => `/media/${takeId}`,
    exportUrl: (exportId) => `/media/${exportId}`,
    close: () => undefined,
  });
  return {
    client,
    calls,
    called: (method: string) => calls.filter((call) => call.method === method),
    push: <N extends EventName>(name: N, payload: EventPayload<N>): void => {
      seq += 1;
      for (const listener of listeners) listener({ type: 'push', push: { seq, name, payload } });
    },
  };
};

/** Where a navigation store reads and writes its address. */
export const createPlace = (hash = '') => {
  const location = { hash };
  const write = (_state: unknown, _title: string, to?: string | URL | null): void => {
    location.hash = String(to ?? '');
  };
  return {
    location,
    history: { pushState: write, replaceState: write },
    addEventListener: () => undefined,
  } as unknown as Window;
};
