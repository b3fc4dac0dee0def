/** A push socket that comes back by itself. */

/** What is used of a WebSocket. */
export interface SocketLike {
  onopen: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  close(): void;
}

export interface ReconnectOptions {
  readonly open: () => SocketLike;
  readonly onMessage: (text: string) => void;
  readonly onState: (state: 'open' | 'lost') => void;
  /** Calls once after `delayMs`; returns the function that calls it off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** 0 <= x < 1. */
  readonly random: () => number;
}

export const firstDelayMs = 250;
export const longestDelayMs = 10_000;

/** Half of the doubled delay is fixed, half is chance, so that many pages do not come back at one moment. */
export const reconnectDelayMs = (failures: number, random: number): number => {
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures, 16));
  return delayMs / 2 + (delayMs / 2) * random;
};

/** Opens at once; returns the function that closes it for good. */
export const keepSocketOpen = ({ open, onMessage, onState, after, random }: ReconnectOptions): (() => void) => {
  let socket: SocketLike | undefined;
  let cancelRetry: (() => void) | undefined;
  let failures = 0;
  let closed = false;

  const retry = (): void => {
    cancelRetry = after(reconnectDelayMs(failures, random()), connect);
    failures += 1;
  };

  const connect = (): void => {
    cancelRetry = undefined;
    let current: SocketLike;
    try {
      current = open();
    } catch {
      onState('lost');
      if (!closed) retry();
      return;
    }
    socket = current;
    current.onopen = () => {
      failures = 0;
      onState('open');
    };
    current.onmessage = ({ data }) => {
      if (typeof data === 'string') onMessage(data);
    };
    // An error is always followed by a close; without a listener some sockets throw it.
    current.onerror = () => undefined;
    current.onclose = () => {
      if (socket !== current || closed) return;
      socket = undefined;
      onState('lost');
      // A listener of the state may have closed it.
      if (!closed) retry();
    };
  };

  connect();
  return () => {
    closed = true;
    cancelRetry?.();
    socket?.close();
    socket = undefined;
  };
};
