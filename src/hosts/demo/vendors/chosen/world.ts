/** What the routes of one fake vendor share, and how they speak. */
import type { ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import type { FakeClock, Timers } from '../common/clock.ts';
import type { Dice } from '../common/dice.ts';
import type { Tones } from '../common/tone.ts';
import type { Ledger } from './ledger.ts';
import type { FaultChances, GenerationsServerOptions } from './options.ts';

export interface World {
  /** Read anew for each request: a test may change the key or the balance on the way. */
  readonly options: () => GenerationsServerOptions;
  readonly clock: FakeClock;
  readonly timers: Timers;
  readonly dice: Dice<keyof FaultChances>;
  readonly ledger: Ledger;
  readonly tones: Tones;
  /** `http://127.0.0.1:port` of the API and of the second host. */
  readonly origin: () => string;
  readonly otherOrigin: () => string;
  readonly count: (what: string) => void;
}

export const complain = (
  res: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): void => send(res, status, { error: { code, message } }, headers);

export const authorized = (headers: NodeJS.Dict<string | string[]>, apiKey: string): boolean =>
  headers['authorization'] === `Bearer ${apiKey}` || headers['x-api-key'] === apiKey;
