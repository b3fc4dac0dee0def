/** The wire to the web host: POST /rpc/<method> up, one WebSocket down, a cookie that a single-use ticket bought. */
import { AppError } from '#contract/errors.ts';
import type { TransportSignal } from '#contract/transport.ts';
import { createByteDoor, fetchReply, type Fetch } from './bytes.ts';
import { hostCapabilities, type HostDescription } from '#contract/host.ts';
import type { HostTransport } from './host.ts';
import { outputOf, toPush } from './reply.ts';
import { keepSocketOpen, type ReconnectOptions, type SocketLike } from './socket.ts';

export interface HttpOptions {
  /** Such as `http://127.0.0.1:4780`. */
  readonly origin: string;
  readonly fetch: Fetch;
  readonly openSocket: (url: string) => SocketLike;
  readonly after: ReconnectOptions['after'];
  readonly random: () => number;
  /** From the address; absent on a reload, where the cookie still holds. */
  readonly ticket?: string | undefined;
}

/** The ticket of `#ticket=...`, if the address carries one. */
export const ticketOf = (hash: string): string | undefined =>
  new URLSearchParams(hash.replace(/^#/, '')).get('ticket') ?? undefined;

const toHost = (output: unknown): HostDescription => {
  const { kind, capabilities } = output as { readonly kind?: unknown; readonly capabilities?: unknown };
  if (kind !== 'web' || !Array.isArray(capabilities)) {
    throw new AppError('bad_response', 'The answer did not come from this version of Cuebooth. Reload the page.');
  }
  return { kind, capabilities: hostCapabilities.filter((name) => capabilities.includes(name)) };
};

/** Trades the ticket for a session and learns what the host can do. Throws AppError: `unauthorized`, `disconnected`. */
export const openHttpTransport = async (options: HttpOptions): Promise<HostTransport> => {
  const { origin, fetch, ticket } = options;
  const json = { 'content-type': 'application/json' };
  // A ticket that was used already is no error where the cookie it bought still holds; GET /host tells.
  if (ticket !== undefined) {
    await fetchReply(fetch, `${origin}/session`, { method: 'POST', headers: json, body: JSON.stringify({ ticket }) });
  }
  const host = toHost(outputOf(await fetchReply(fetch, `${origin}/host`, { method: 'GET' })));

  const listeners = new Set<(signal: TransportSignal) => void>();
  let state: 'open' | 'lost' | undefined;
  let closeSocket: (() => void) | undefined;
  const tell = (signal: TransportSignal): void => {
    for (const listener of [...listeners]) listener(signal);
  };
  const openPush = (): (() => void) =>
    keepSocketOpen({
      open: () => options.openSocket(`${origin.replace(/^http/, 'ws')}/push`),
      after: options.after,
      random: options.random,
      onState: (next) => {
        state = next;
        tell({ type: 'connection', state: next });
      },
      onMessage: (text) => {
        const push = toPush(JSON.parse(text));
        if (push !== null) tell({ type: 'push', push });
      },
    });

  return {
    host,
    request: (method, input) =>
      fetchReply(fetch, `${origin}/rpc/${encodeURIComponent(method)}`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(input ?? {}),
      }),
    subscribe: (listener) => {
      const own = (signal: TransportSignal): void => listener(signal);
      listeners.add(own);
      if (state !== undefined) own({ type: 'connection', state });
      closeSocket ??= openPush();
      return () => {
        listeners.delete(own);
      };
    },
    ...createByteDoor(fetch, origin),
    close: () => {
      listeners.clear();
      closeSocket?.();
    },
  };
};
