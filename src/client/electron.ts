/** The wire to Electron's main process, over the two functions that the preload exposes. */
import type { Push } from '#contract/transport.ts';
import { createByteDoor, type Fetch } from './bytes.ts';
import { hostCapabilities } from '#contract/host.ts';
import type { HostTransport } from './host.ts';
import { disconnected, toPush, toReply } from './reply.ts';

/** What the preload puts on the page's `window.cuebooth`. */
export interface PreloadBridge {
  request(method: string, input: unknown): Promise<unknown>;
  subscribe(listener: (push: unknown) => void): () => void;
  readonly capabilities: readonly string[];
}

export interface ElectronOptions {
  readonly fetch: Fetch;
}

export const createElectronTransport = (bridge: PreloadBridge, { fetch }: ElectronOptions): HostTransport => {
  const ends = new Set<() => void>();
  return {
    host: {
      kind: 'electron',
      capabilities: hostCapabilities.filter((name) => bridge.capabilities.includes(name)),
    },
    request: async (method, input) => {
      let answer: unknown;
      try {
        answer = await bridge.request(method, input);
      } catch {
        return disconnected();
      }
      return toReply(answer);
    },
    subscribe: (listener) => {
      const end = bridge.subscribe((value) => {
        const push: Push | null = toPush(value);
        if (push !== null) listener({ type: 'push', push });
      });
      ends.add(end);
      listener({ type: 'connection', state: 'open' });
      return () => {
        ends.delete(end);
        end();
      };
    },
    ...createByteDoor(fetch, ''),
    close: () => {
      for (const end of ends) end();
      ends.clear();
    },
  };
};
