/**
 * From what went wrong to one ProviderError. The vendor promises stable codes but lists none, so a cause is found by
 * what a code speaks of, then by the HTTP status. `charged` is about this very call: an earlier send of the same
 * idempotency key may have been charged all the same.
 */
import type { ErrorCode } from '#contract/errors.ts';
import type { HttpError, HttpPhase } from '../../ports.ts';
import { ProviderError } from '../provider.ts';
import { messageFor } from './messages.ts';
import type { Complaint } from './schema.ts';

/** Which call failed: only `create` can cost anything. */
export type CallKind = 'create' | 'status' | 'audio' | 'probe' | 'list' | 'account';

export interface Failure {
  readonly call: CallKind;
  readonly workspaceName: string;
  /** What the vendor says, without the key; null when it says nothing. */
  readonly vendorSays: string | null;
  readonly retryAfterMs?: number | undefined;
  readonly status?: number;
  /** What an answer of a list or an account lacks. */
  readonly missing?: string;
  readonly cause?: unknown;
}

type Ending = Pick<ProviderError, 'charged' | 'disposition'>;
const refused: Ending = { charged: 'no', disposition: 'permanent' };
const unclear: Ending = { charged: 'unknown', disposition: 'unknown' };
const later: Ending = { charged: 'no', disposition: 'again' };

const isReading = (call: CallKind): boolean => call === 'list' || call === 'account';

const fail = (code: ErrorCode, phase: HttpPhase, ending: Ending, failure: Failure): ProviderError => {
  // A free look never ends a job that may be paid for: it is only ever repeated. Lists and accounts belong to no job.
  const isFinal = failure.call === 'create' || (isReading(failure.call) && ending.charged === 'no');
  const { charged, disposition } = isFinal ? ending : later;
  const { retryAfterMs, cause } = failure;
  return new ProviderError(code, messageFor(code, failure), {
    phase,
    charged,
    disposition,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(cause === undefined ? {} : { cause }),
  });
};

/** Nothing left: a missing key, a base URL that changed. */
export const failBefore = (code: ErrorCode, failure: Failure): ProviderError => fail(code, 'connect', refused, failure);

/** A request that broke. Only the phase `connect` means that nothing left. */
export const failInTransit = (error: HttpError, failure: Failure): ProviderError => {
  const cancelled = error.reason === 'aborted';
  if (error.phase === 'connect') return fail(cancelled ? 'cancelled' : 'provider_offline', 'connect', later, failure);
  if (failure.call === 'create') return fail('outcome_unknown', error.phase, unclear, failure);
  if (cancelled) return fail('cancelled', error.phase, later, failure);
  return fail(error.reason === 'timeout' ? 'provider_timeout' : 'provider_offline', error.phase, later, failure);
};

/** A 2xx answer without an id, or that is not JSON: work may well have started. */
export const failUnreadable = (failure: Failure): ProviderError => fail('bad_response', 'body', unclear, failure);

// Tried in this order against the letters of a code alone, then of the message, so that
// `TEXT_TOO_LONG_FOR_PLAN` is about the text and `invalid_idempotency_key` is not about the API key.
const speaksOf: readonly (readonly [ErrorCode, RegExp])[] = [
  ['idempotency_in_flight', /idempot|inflight|(already|still)(inprogress|processing|running)|requestinprogress/],
  ['member_cap_reached', /(member|seat|peruser).*(cap|limit|quota|blocked)|(cap|limit|quota).*(member|seat)/],
  [
    'text_too_long',
    /(text|input|script|prompt).*(toolong|toolarge|limit|exceed)|toolong|(max|toomany)char|char(acter)?s?(limit|count)|pergeneration/,
  ],
  [
    'voice_not_found',
    /voice.*(notfound|unknown|invalid|missing|unavailable|notallowed|notexist)|(unknown|invalid|missing|no)(such)?voice/,
  ],
  [
    'out_of_credits',
    /(insufficient|notenough|outof|lacking|exceed).*(credit|balance|fund)|(credit|balance).*(insufficient|exceed|exhaust|low|empty)|overbalance|quotaexceeded|paymentrequired/,
  ],
  ['text_rejected', /moderat|policy|prohibited|unsafe|flagged|(content|text).*(reject|violat|blocked|notallowed)/],
  [
    'plan_without_api',
    /(plan|tier|subscription).*(api|notinclude|required|notallowed|upgrade|without|restrict)|apiaccess|apinot|upgradeplan|planrequired/,
  ],
  ['provider_rate_limited', /ratelimit|toomany(concurrent|request)|throttl|concurrencylimit/],
  [
    'key_refused',
    /^(?!.*idempot).*(?:(invalid|bad|missing|expired|revoked|unknown|wrong).*(key|token|credential|auth)|unauth|forbidden)/,
  ],
];

// A code may only say "idempotency_conflict" and leave it to the message to tell which kind.
const mismatch = /idempot.*(mismatch|differ|reuse|alreadyused|notmatch|another)|(differ|mismatch|reuse).*idempot/;

const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, '');
const topic = (complaint: Complaint, allowed: ReadonlySet<ErrorCode>): ErrorCode | null => {
  const whole = letters(`${complaint.code ?? ''}${complaint.message ?? ''}`);
  if (allowed.has('idempotency_mismatch') && mismatch.test(whole)) return 'idempotency_mismatch';
  for (const text of [complaint.code, complaint.message]) {
    if (text === null) continue;
    const found = speaksOf.find(([code, pattern]) => allowed.has(code) && pattern.test(letters(text)));
    if (found !== undefined) return found[0];
  }
  return null;
};

const account: readonly ErrorCode[] = ['member_cap_reached', 'out_of_credits', 'plan_without_api'];
const request: readonly ErrorCode[] = [
  ...account,
  'text_too_long',
  'voice_not_found',
  'text_rejected',
  'provider_rate_limited',
  'key_refused',
  'idempotency_mismatch',
];
// What a status leaves possible, and what it means when nothing more is said.
const byStatus = new Map<number, { readonly possible: readonly ErrorCode[]; readonly otherwise: ErrorCode }>([
  [401, { possible: [...account, 'key_refused'], otherwise: 'key_refused' }],
  [402, { possible: account, otherwise: 'out_of_credits' }],
  [403, { possible: request, otherwise: 'key_refused' }],
  [409, { possible: [...request, 'idempotency_in_flight'], otherwise: 'idempotency_in_flight' }],
  [413, { possible: request, otherwise: 'text_too_long' }],
  [425, { possible: [], otherwise: 'idempotency_in_flight' }],
  // Whatever else it says: a 429 never ends a job.
  [429, { possible: [], otherwise: 'provider_rate_limited' }],
]);

const endingOf = (code: ErrorCode): Ending => {
  if (code === 'provider_rate_limited') return later;
  if (code === 'idempotency_in_flight') return { charged: 'unknown', disposition: 'wait' };
  if (code === 'idempotency_mismatch') return { charged: 'unknown', disposition: 'permanent' };
  return refused;
};

// These say by definition that nothing was done and the request belongs elsewhere; after 302 and 303 the work may be done.
const onlyMoved = new Set([301, 307, 308]);

/** An answer that is not 2xx. A lost body leaves the complaint empty; the status alone then decides. */
export const failByStatus = (status: number, complaint: Complaint, failure: Omit<Failure, 'status'>): ProviderError => {
  const told: Failure = { ...failure, status };
  if (status >= 500) return fail('provider_error', 'headers', unclear, told);
  if (status >= 300 && status < 400)
    return fail(
      'redirect_refused',
      'headers',
      { charged: onlyMoved.has(status) ? 'no' : 'unknown', disposition: 'permanent' },
      told,
    );
  // The server gave up waiting for the request; whether a worker saw it is open.
  if (status === 408)
    return fail(failure.call === 'create' ? 'outcome_unknown' : 'provider_timeout', 'headers', unclear, told);
  if (failure.call === 'audio' && status !== 429) return fail('media_missing', 'headers', later, told);
  if (failure.call === 'status' && (status === 404 || status === 410)) return fail('not_found', 'headers', later, told);
  if (isReading(failure.call) && (status === 404 || status === 410)) return fail('not_found', 'headers', refused, told);
  const { possible, otherwise } = byStatus.get(status) ?? { possible: request, otherwise: 'provider_error' };
  const code = topic(complaint, new Set(possible)) ?? otherwise;
  return fail(code, 'headers', endingOf(code), told);
};
