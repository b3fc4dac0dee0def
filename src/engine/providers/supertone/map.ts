/**
 * From what went wrong to one ProviderError. The vendor has no list of codes: the HTTP status decides, and its words only
 * where one status has two meanings. Only `create` can cost anything, and it carries no key that would make a repeat safe.
 */
import type { ErrorCode } from '#contract/errors.ts';
import type { HttpError, HttpPhase } from '../../ports.ts';
import { ProviderError } from '../provider.ts';
import type { VendorWords } from './schema.ts';
import { messageFor } from './messages.ts';

export type CallKind = 'create' | 'credits' | 'voices' | 'usage' | 'predict' | 'probe';

export interface Failure {
  readonly call: CallKind;
  readonly workspaceName: string;
  /** Without the key; null when the vendor says nothing. */
  readonly vendorSays: string | null;
  readonly retryAfterMs?: number | undefined;
  readonly status?: number;
  /** The field that an answer lacks; empty: it is not JSON. */
  readonly missing?: string;
  readonly cause?: unknown;
}

type Ending = Pick<ProviderError, 'charged' | 'disposition'>;
const refused: Ending = { charged: 'no', disposition: 'permanent' };
const unclear: Ending = { charged: 'unknown', disposition: 'unknown' };
const later: Ending = { charged: 'no', disposition: 'again' };

const fail = (code: ErrorCode, phase: HttpPhase, ending: Ending, failure: Failure): ProviderError => {
  const isFree = failure.call !== 'create' && ending.charged !== 'no';
  const { charged, disposition } = isFree ? later : ending;
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

/** The vendor's service has ended; nothing can have been charged where this is said. */
export const failRetired = (phase: HttpPhase, failure: Failure): ProviderError =>
  fail('provider_retired', phase, refused, failure);

/** A request that broke. Only the phase `connect` means that nothing left. */
export const failInTransit = (error: HttpError, failure: Failure): ProviderError => {
  const cancelled = error.reason === 'aborted';
  if (error.phase === 'connect') return fail(cancelled ? 'cancelled' : 'provider_offline', 'connect', later, failure);
  if (failure.call === 'create') return fail('outcome_unknown', error.phase, unclear, failure);
  if (cancelled) return fail('cancelled', error.phase, later, failure);
  return fail(error.reason === 'timeout' ? 'provider_timeout' : 'provider_offline', error.phase, later, failure);
};

/** A 2xx answer that is not what was asked for. */
export const failUnreadable = (failure: Failure): ProviderError => fail('bad_response', 'body', unclear, failure);

const tooLong = /\b300\b|too long|max(imum)? length|(longer|shorter) than/i;
// "Not only blanks or punctuation" is the vendor's one rule about what a text says.
const unspeakable = /text.*(empty|blank|punctuation|only)|no (speakable|valid) text/i;
const aboutVoice = /voice|character|owner|belong/i;
const aboutPlan = /plan|tier|subscri|upgrade|credit/i;

const refusalOf = (status: number, said: string, call: CallKind): ErrorCode => {
  switch (status) {
    case 400:
      if (tooLong.test(said)) return 'text_too_long';
      return unspeakable.test(said) ? 'text_rejected' : 'setting_refused';
    case 401:
      return 'key_refused';
    case 402:
      return 'out_of_credits';
    case 403:
      return aboutVoice.test(said) && !aboutPlan.test(said) ? 'voice_not_found' : 'subscription_required';
    case 404:
      return call === 'create' || call === 'predict' ? 'voice_not_found' : 'not_found';
    case 413:
      return 'text_too_long';
    case 415:
    case 422:
      return 'setting_refused';
    default:
      return 'provider_error';
  }
};

// These say by definition that nothing was done and the request belongs elsewhere; after 302 and 303 the work may be done.
const onlyMoved = new Set([301, 307, 308]);

/** An answer that is not 2xx. Bodies are often absent; the status alone then decides. */
export const failByStatus = (status: number, words: VendorWords, failure: Omit<Failure, 'status'>): ProviderError => {
  const told: Failure = { ...failure, status };
  if (status === 429) return fail('provider_rate_limited', 'headers', later, told);
  if (status === 408)
    return fail(failure.call === 'create' ? 'outcome_unknown' : 'provider_timeout', 'headers', unclear, told);
  if (status >= 500) return fail('provider_error', 'headers', unclear, told);
  if (status >= 300 && status < 400) {
    const moved = { charged: onlyMoved.has(status) ? 'no' : 'unknown', disposition: 'permanent' } as const;
    return fail('redirect_refused', 'headers', failure.call === 'create' ? moved : refused, told);
  }
  if (status < 400) return fail('bad_response', 'headers', unclear, told);
  return fail(refusalOf(status, words.message ?? '', failure.call), 'headers', refused, told);
};
