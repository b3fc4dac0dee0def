/** An answer's body: chunks queue up to a mark, then the connection is paused. One reader. */
import type { HttpAnswer } from '#engine/ports.ts';

/** Paused above the first, resumed below the second, in bytes. */
const highMark = 256 * 1024;
const lowMark = 64 * 1024;
/** What `dump` reads to keep the connection; a longer rest is cheaper to cut off. */
const dumpLimit = 128 * 1024;
const defaultTextLimit = 8 * 1024 * 1024;

export interface BodySource {
  pause(): void;
  resume(): void;
  /** The reader wants no more: closes the connection. */
  cut(): void;
}
export interface Body {
  push(chunk: Uint8Array): void;
  end(): void;
  fail(error: Error): void;
  readonly reading: Pick<HttpAnswer, 'body' | 'text' | 'dump'>;
}

const last: IteratorReturnResult<undefined> = { done: true, value: undefined };

export const createBody = (source: BodySource): Body => {
  const chunks: Uint8Array[] = [];
  let queued = 0;
  let paused = false;
  let ended = false;
  let failure: Error | null = null;
  let waiting: {
    resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
    reject: (error: Error) => void;
  } | null = null;

  const take = (): Uint8Array | undefined => {
    const chunk = chunks.shift();
    if (chunk === undefined) return undefined;
    queued -= chunk.byteLength;
    if (paused && queued < lowMark) {
      paused = false;
      source.resume();
    }
    return chunk;
  };

  const iterator: AsyncIterator<Uint8Array, undefined> = {
    next: () => {
      const chunk = take();
      if (chunk !== undefined) return Promise.resolve({ done: false, value: chunk });
      if (failure !== null) return Promise.reject(failure);
      if (ended) return Promise.resolve(last);
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    return: () => {
      if (!ended && failure === null) source.cut();
      chunks.length = 0;
      return Promise.resolve(last);
    },
  };
  const body: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => iterator };

  return {
    push: (chunk) => {
      if (waiting !== null) {
        const reader = waiting;
        waiting = null;
        reader.resolve({ done: false, value: chunk });
        return;
      }
      chunks.push(chunk);
      queued += chunk.byteLength;
      if (!paused && queued >= highMark) {
        paused = true;
        source.pause();
      }
    },
    end: () => {
      ended = true;
      waiting?.resolve(last);
      waiting = null;
    },
    fail: (error) => {
      if (ended || failure !== null) return;
      failure = error;
      waiting?.reject(error);
      waiting = null;
    },
    reading: {
      body,
      text: async (limitBytes = defaultTextLimit) => {
        const parts: Uint8Array[] = [];
        let bytes = 0;
        for await (const chunk of body) {
          parts.push(chunk.subarray(0, limitBytes - bytes));
          bytes += chunk.byteLength;
          if (bytes >= limitBytes) break;
        }
        return new TextDecoder().decode(Buffer.concat(parts));
      },
      dump: async () => {
        try {
          let bytes = 0;
          for await (const chunk of body) {
            bytes += chunk.byteLength;
            if (bytes > dumpLimit) break;
          }
        } catch {
          // Nobody wants the rest; how it ended does not matter.
        }
      },
    },
  };
};
