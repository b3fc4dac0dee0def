/** What the routes of this fake share: books, time, who may do what, and how it complains. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import type { FakeClock, Timers } from '../common/clock.ts';
import { type Dice, fraction } from '../common/dice.ts';
import type { FakeAudio } from './audio.ts';
import type { Ledger } from './ledger.ts';
import type { ElevenLabsServerOptions, FaultChances, Scope } from './options.ts';
import type { FakeVoice } from './voices.ts';

export interface World {
  /** Read anew for each request: a test may change the key or the credits on the way. */
  readonly options: () => ElevenLabsServerOptions;
  readonly clock: FakeClock;
  readonly timers: Timers;
  readonly dice: Dice<keyof FaultChances>;
  readonly ledger: Ledger;
  readonly audio: FakeAudio;
  /** Voices of the account; grows when one is added from the library. */
  readonly voices: FakeVoice[];
  readonly otherOrigin: () => string;
  readonly count: (what: string) => void;
}

/** One failure with the vendor's current type and code, and the older status beside it. */
export interface Complaint {
  readonly http: number;
  readonly type: string;
  readonly code: string;
  /** Legacy; default: the code. */
  readonly status?: string;
  readonly message: string;
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const proxyPage =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';

/** `subject` decides the shape where shapes are mixed. `mayBeProxy`: for failures that say nothing. */
export const complain = (
  world: World,
  res: ServerResponse,
  complaint: Complaint,
  subject: string,
  mayBeProxy = false,
): void => {
  const { http, type, code, message, status = code, param, headers = {} } = complaint;
  const traceId = Math.floor(fraction(`trace ${subject} ${world.clock.now()}`) * 2 ** 32).toString(16);
  const all = { 'x-trace-id': traceId, ...headers };
  const current = {
    detail: { type, code, message, status, request_id: traceId, ...(param === undefined ? {} : { param }) },
  };
  const legacy = { detail: { status, message } };
  const { errorShape, seed } = world.options();
  if (errorShape !== 'mixed') return send(res, http, errorShape === 'current' ? current : legacy, all);
  const roll = fraction(`${seed}:shape:${code}:${subject}`);
  if (http >= 500 && mayBeProxy && roll < 0.25) {
    if (res.socket === null || res.socket.destroyed) return;
    res.writeHead(502, { 'content-type': 'text/html', 'content-length': Buffer.byteLength(proxyPage) });
    res.end(proxyPage);
    return;
  }
  if (http >= 500 && roll < 0.5) return send(res, http, { status, message }, all);
  send(res, http, roll < 0.75 ? current : legacy, all);
};

/** What FastAPI answers to a request that does not fit its schema; it runs before the key is looked at. */
export interface Misfit {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
  readonly input?: unknown;
}
export const refuse = (res: ServerResponse, misfits: readonly Misfit[]): void => send(res, 422, { detail: misfits });

const hasKey = (world: World, req: IncomingMessage): boolean => req.headers['xi-api-key'] === world.options().apiKey;

/** Whether the key may do this; if not, it was said. */
export const mayGo = (world: World, req: IncomingMessage, res: ServerResponse, scope: Scope): boolean => {
  const subject = `${req.method ?? ''} ${req.url ?? ''}`;
  if (!hasKey(world, req)) {
    const isMissing = req.headers['xi-api-key'] === undefined;
    complain(
      world,
      res,
      isMissing
        ? {
            http: 401,
            type: 'authentication_error',
            code: 'missing_api_key',
            status: 'needs_authorization',
            message: 'Neither authorization header nor xi-api-key received, please provide one.',
          }
        : {
            http: 401,
            type: 'authentication_error',
            code: 'unauthorized',
            status: 'invalid_api_key',
            message: 'Invalid API key',
          },
      subject,
    );
    return false;
  }
  if (world.options().scopes.includes(scope)) return true;
  complain(
    world,
    res,
    {
      http: 401,
      type: 'authentication_error',
      code: 'unauthorized',
      status: 'missing_permissions',
      message: `The API key you used is missing the permission ${scope} to execute this operation.`,
    },
    subject,
  );
  return false;
};

const monthMs = (from: number, months: number): number => {
  const at = new Date(from);
  at.setUTCMonth(at.getUTCMonth() + months);
  return at.getTime();
};
/** The running billing period, epoch ms. */
export const periodOf = (world: World): { readonly from: number; readonly to: number } => {
  const now = world.clock.now();
  const today = new Date(now);
  let to = world.options().resetAt ?? Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1);
  while (to <= now) to = monthMs(to, 1);
  return { from: monthMs(to, -1), to };
};
