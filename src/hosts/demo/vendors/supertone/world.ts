/** What the routes of the fake of Supertone share, and how they speak. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import type { FakeClock, Timers } from '../common/clock.ts';
import { fraction } from '../common/dice.ts';
import type { Dice } from '../common/dice.ts';
import type { FakeSpeech } from './audio.ts';
import type { Ledger } from './ledger.ts';
import type { FaultChances, SupertoneServerOptions } from './options.ts';
import type { OwnVoice, Preset } from './voices.ts';

export interface World {
  /** Read anew for each request: a test may change the key or the balance on the way. */
  readonly options: () => SupertoneServerOptions;
  readonly clock: FakeClock;
  readonly timers: Timers;
  readonly dice: Dice<keyof FaultChances>;
  readonly ledger: Ledger;
  readonly speech: FakeSpeech;
  readonly presets: () => readonly Preset[];
  readonly own: Map<string, OwnVoice>;
  readonly count: (what: string) => void;
}

/** Answers with a status, in the vendor's shape: the specification and its own examples disagree on the spelling. */
export type Complain = (res: ServerResponse, status: number, message: string) => void;

const names: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  410: 'Gone',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
};

export const bare = (res: ServerResponse, status: number): void => {
  if (res.socket === null || res.socket.destroyed) return;
  res.writeHead(status, { 'content-length': '0' });
  res.end();
};

export const page = (res: ServerResponse, status: number, title: string): void => {
  if (res.socket === null || res.socket.destroyed) return;
  const html = `<!doctype html><title>${title}</title><h1>${title}</h1>`;
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(html) });
  res.end(html);
};

export const complainer =
  (options: () => SupertoneServerOptions): Complain =>
  (res, status, message) => {
    const { spelling, seed } = options();
    const share = fraction(`${seed}:${status}:${message}`);
    const chosen = spelling !== 'mixed' ? spelling : share < 0.45 ? 'snake' : share < 0.9 ? 'camel' : 'none';
    if (chosen === 'none') return bare(res, status);
    const told = chosen === 'snake' ? { status_code: status } : { statusCode: status };
    send(res, status, { status: 'error', message: { message, error: names[status] ?? 'Error', ...told } });
  };

export const authorized = ({ headers }: IncomingMessage, apiKey: string): boolean =>
  headers['x-sup-api-key'] === apiKey;
