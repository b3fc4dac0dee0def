/** The studio as its callers see it: methods typed from the contract, over any transport. */
import type { BlobId, TakeId } from '#contract/entities.ts';
import type { EventName, EventPayload } from '#contract/events.ts';
import type { MethodInput, MethodName, MethodOutput } from '#contract/methods/index.ts';
import type { Push } from '#contract/transport.ts';
import type { HostDescription } from '#contract/host.ts';
import type { HostTransport } from './host.ts';
import { outputOf } from './reply.ts';

export type { HostDescription } from '#contract/host.ts';
export type { HostTransport } from './host.ts';

export type ConnectionState = 'open' | 'lost';

export interface Client {
  /** Which host this is and what it can do; screens read `capabilities`. */
  readonly host: HostDescription;
  /** Throws AppError with the reply's code; `disconnected` when the wire was lost under it. */
  call<N extends MethodName>(method: N, input: MethodInput<N>): Promise<MethodOutput<N>>;
  /** Later pushes only; returns the function that ends it. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void;
  /** Called at every change, and at once when the state is known already. */
  onConnection(listener: (state: ConnectionState) => void): () => void;
  /** Pushes may have been missed: fetch snapshots again. */
  onGap(listener: () => void): () => void;
  /** Bytes go up by id; methods take the id. */
  upload(file: Blob): Promise<BlobId>;
  /** Where a take's audio plays from. */
  mediaUrl(takeId: TakeId): string;
  /** Where an exported file is downloaded from. */
  exportUrl(exportId: string): string;
  close(): void;
}

const createListeners = <Arguments extends readonly unknown[]>(onError: (error: unknown) => void) => {
  const listeners = new Set<(...values: Arguments) => void>();
  return {
    add: (listener: (...values: Arguments) => void): (() => void) => {
      const own = (...values: Arguments): void => listener(...values);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    call: (...values: Arguments): void => {
      for (const listener of [...listeners]) {
        try {
          listener(...values);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
};

const surface = (error: unknown): void => {
  queueMicrotask(() => {
    throw error;
  });
};

export interface ClientOptions {
  /** What a listener threw; the other listeners are called all the same. Default: surfaces as an uncaught error. */
  readonly onListenerError?: (error: unknown) => void;
}

/** Types a transport's requests and pushes, and notices what was missed. */
export const createClient = (transport: HostTransport, { onListenerError = surface }: ClientOptions = {}): Client => {
  const pushes = createListeners<readonly [Push]>(onListenerError);
  const connections = createListeners<readonly [ConnectionState]>(onListenerError);
  const gaps = createListeners<readonly []>(onListenerError);
  let state: ConnectionState | undefined;
  let lastSeq: number | undefined;
  let asked = false;

  const unsubscribe = transport.subscribe((signal) => {
    if (signal.type === 'push') {
      const missed = lastSeq !== undefined && signal.push.seq !== lastSeq + 1;
      lastSeq = signal.push.seq;
      pushes.call(signal.push);
      if (missed) gaps.call();
      return;
    }
    if (signal.state === state) return;
    // A snapshot fetched before the push channel stood may lack what was pushed in between.
    const missed = signal.state === 'open' && (state === 'lost' || asked);
    state = signal.state;
    if (signal.state === 'lost') lastSeq = undefined;
    connections.call(signal.state);
    if (missed) gaps.call();
  });

  return {
    host: transport.host,
    call: async (method, input) => {
      asked = true;
      return outputOf(await transport.request(method, input)) as MethodOutput<typeof method>;
    },
    on: (name, listener) =>
      pushes.add((push) => {
        if (push.name === name) listener(push.payload as EventPayload<typeof name>);
      }),
    onConnection: (listener) => {
      if (state !== undefined) listener(state);
      return connections.add(listener);
    },
    onGap: (listener) => gaps.add(listener),
    upload: (file) => transport.upload(file),
    mediaUrl: (takeId) => transport.mediaUrl(takeId),
    exportUrl: (exportId) => transport.exportUrl(exportId),
    close: () => {
      unsubscribe();
      transport.close();
    },
  };
};
