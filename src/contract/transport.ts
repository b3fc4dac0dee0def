/** The wire, whatever it is made of: one request, one push channel. */
import type { ErrorShape } from './errors.ts';

export type Reply =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: ErrorShape };

/** A push; `seq` rises by one, so that a gap shows. */
export interface Push {
  readonly seq: number;
  readonly name: string;
  readonly payload: unknown;
}

/** `connection` tells a listener that pushes may have been lost and a snapshot is due. */
export type TransportSignal =
  | { readonly type: 'push'; readonly push: Push }
  | { readonly type: 'connection'; readonly state: 'open' | 'lost' };

export interface Transport {
  /** Never rejects: a lost wire is a reply with `disconnected`. */
  request(method: string, input: unknown): Promise<Reply>;
  subscribe(listener: (signal: TransportSignal) => void): () => void;
  close(): void;
}
