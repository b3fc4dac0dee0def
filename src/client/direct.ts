/** The wire inside one process: the CLI and tests. Everything is cloned, so that neither side can reach into the other. */
import type { BlobId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { Push, Reply } from '#contract/transport.ts';
import type { HostTransport } from './host.ts';
import { disconnected } from './reply.ts';

export interface DirectEngine {
  dispatch(method: string, input: unknown): Promise<Reply>;
  subscribe(listener: (push: Push) => void): () => void;
}

export interface DirectOptions {
  /** Default: refuses, for a host without blobs. */
  readonly upload?: (file: Blob) => Promise<BlobId>;
}

const refuseUpload = async (): Promise<BlobId> => {
  throw new AppError('not_found', 'This host takes no uploads; nothing was stored. Pass the text itself.');
};

export const createDirectTransport = (engine: DirectEngine, options: DirectOptions = {}): HostTransport => {
  const ends = new Set<() => void>();
  let closed = false;
  return {
    host: { kind: 'direct', capabilities: [] },
    request: async (method, input) => {
      if (closed) return disconnected();
      try {
        return structuredClone(await engine.dispatch(method, structuredClone(input)));
      } catch {
        return {
          ok: false,
          error: { code: 'invalid_input', message: `${method} was not run: its input cannot be sent.` },
        };
      }
    },
    subscribe: (listener) => {
      if (closed) return () => undefined;
      const end = engine.subscribe((push) => listener({ type: 'push', push: structuredClone(push) }));
      ends.add(end);
      listener({ type: 'connection', state: 'open' });
      return () => {
        ends.delete(end);
        end();
      };
    },
    upload: options.upload ?? refuseUpload,
    mediaUrl: (takeId) => `/media/${encodeURIComponent(takeId)}`,
    exportUrl: (exportId) => `/media/${encodeURIComponent(exportId)}`,
    close: () => {
      closed = true;
      for (const end of ends) end();
      ends.clear();
    },
  };
};
