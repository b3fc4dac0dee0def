/** What the routes of one fake vendor share, and how they speak. */
import type { ServerResponse } from 'node:http';
import type { FakeClock, Timers } from './clock.ts';
import type { Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { GenerationsServerOptions } from './options.ts';
import type { Tones } from './tone.ts';

export interface World {
  /** Read anew for each request: a test may change the key or the balance on the way. */
  readonly options: () => GenerationsServerOptions;
  readonly clock: FakeClock;
  readonly timers: Timers;
  readonly dice: Dice;
  readonly ledger: Ledger;
  readonly tones: Tones;
  /** `http://127.0.0.1:port` of the API and of the second host. */
  readonly origin: () => string;
  readonly otherOrigin: () => string;
  readonly count: (what: string) => void;
}

/** A client that has gone gets nothing, without complaint. */
export const send = (
  res: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void => {
  if (res.socket === null || res.socket.destroyed) return;
  const text = JSON.stringify(value);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  res.end(text);
};

export const complain = (
  res: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void => send(res, status, { error: { code, message } }, headers);

export const cut = (res: ServerResponse): void => {
  res.socket?.destroy();
};

/** Lets what was written go out, then closes. */
export const cutAfterFlush = (res: ServerResponse): void => {
  res.socket?.destroySoon();
};

export const authorized = (headers: NodeJS.Dict<string | string[]>, apiKey: string): boolean =>
  headers['authorization'] === `Bearer ${apiKey}` || headers['x-api-key'] === apiKey;
