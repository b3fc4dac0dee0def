/**
 * From what went wrong to one ProviderError: the table of VENDORS C.8 and C.10. Only speech can cost anything. Whatever
 * the vendor refuses before it works is free; what nobody can tell is `unknown`, and never sent again by itself.
 */
import type { ErrorCode } from '#contract/errors.ts';
import type { HttpError, HttpPhase } from '../../ports.ts';
import { ProviderError } from '../provider.ts';
import type { SeenConcurrency } from '../provider.ts';
import type { Complaint } from './complaint.ts';
import { messageFor } from './messages.ts';

/** `create`: speech, the only one that costs. `history` is a list, an item or its audio; `probe` and `read` are free looks. */
export type CallKind = 'create' | 'history' | 'flow' | 'audio' | 'read' | 'add' | 'probe';

export interface Failure {
  readonly call: CallKind;
  readonly workspaceName: string;
  /** What the vendor says, without the key; null when it says nothing. */
  readonly vendorSays: string | null;
  /** A scope, a field or a part of an answer. */
  readonly subject?: string | undefined;
  /** The request named earlier calls, outside its recipe: a complaint about them does not end the line. */
  readonly namesCalls?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly concurrency?: SeenConcurrency | undefined;
  readonly status?: number;
  readonly cause?: unknown;
}

type Ending = Pick<ProviderError, 'charged' | 'disposition'>;
const refused: Ending = { charged: 'no', disposition: 'permanent' };
const unclear: Ending = { charged: 'unknown', disposition: 'unknown' };
const later: Ending = { charged: 'no', disposition: 'again' };
const anew: Ending = { charged: 'no', disposition: 'attempt' };
/** What was paid for is still there, but this key will never see it. */
const unreadable: Ending = { charged: 'unknown', disposition: 'permanent' };

const fail = (code: ErrorCode, phase: HttpPhase, ending: Ending, failure: Failure): ProviderError => {
  const { retryAfterMs, concurrency, cause } = failure;
  return new ProviderError(code, messageFor(code, failure), {
    phase,
    ...ending,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(cause === undefined ? {} : { cause }),
  });
};
/** A free look never ends a job that may be paid for: it is only ever repeated. */
const failFor = (code: ErrorCode, phase: HttpPhase, ending: Ending, failure: Failure): ProviderError =>
  fail(code, phase, failure.call === 'create' || failure.call === 'add' ? ending : later, failure);

/** Nothing left: a missing key, a base URL that changed. */
export const failBefore = (code: ErrorCode, failure: Failure): ProviderError =>
  failFor(code, 'connect', refused, failure);

/** A request that broke. Only the phase `connect` means that nothing left. */
export const failInTransit = (error: HttpError, failure: Failure): ProviderError => {
  const cancelled = error.reason === 'aborted';
  if (error.phase === 'connect') return fail(cancelled ? 'cancelled' : 'provider_offline', 'connect', later, failure);
  if (failure.call === 'create') return fail('outcome_unknown', error.phase, unclear, failure);
  if (cancelled) return fail('cancelled', error.phase, later, failure);
  return fail(error.reason === 'timeout' ? 'provider_timeout' : 'provider_offline', error.phase, later, failure);
};

/** A 2xx answer that is not what was documented; `missing` names the part that is not there. */
export const failUnreadable = (failure: Failure, missing: string): ProviderError =>
  failFor('bad_response', 'body', unclear, { ...failure, subject: missing });

/** The vendor removed what was paid for, by somebody's wish. */
export const failDeleted = (failure: Failure): ProviderError =>
  fail('media_missing', 'body', { charged: 'yes', disposition: 'permanent' }, failure);

/** The scope that a message names, in the vendor's own spelling. */
const scopeIn = (message: string | null): string | undefined =>
  /permissions?:?\s+["'`]?([a-z]+(?:_[a-z]+)+)/i.exec(message ?? '')?.[1] ??
  /\b(text_to_speech|[a-z]+(?:_[a-z]+)*_(?:read|write))\b/.exec(message ?? '')?.[1];

const formatWords = /output[ _]?format|\b(?:mp3|pcm|wav|opus|ulaw|alaw)_\d{4,5}/i;
const neighbourFields = /(?:previous|next)_request_ids|request[ _-]ids?\b|request stitching/i;
const uncharged =
  /(?:\bnot|\bnever|n't)\s+(?:been\s+|be\s+|get\s+)?charged|without (?:a )?charge|no credits (?:were|was|have been) \w+|credits? (?:were|was|have been) refunded/i;

/** What a complaint speaks of, whatever its status; null where it says nothing of the kind. */
const topicOf = ({ words, message, field }: Complaint): ErrorCode | null => {
  const has = (...wanted: readonly string[]): boolean => wanted.some((word) => words.includes(word));
  const about = (name: string): boolean => field !== null && field.split('.').includes(name);
  const says = (pattern: RegExp): boolean => message !== null && pattern.test(message);
  if (has('quota_exceeded', 'insufficient_credits')) return 'out_of_credits';
  if (has('detected_unusual_activity')) return 'account_flagged';
  if (has('missing_permissions', 'insufficient_permissions')) return 'missing_permission';
  if (has('output_format_not_allowed', 'invalid_output_format') || about('output_format') || says(formatWords))
    return 'format_refused';
  if (has('text_too_long', 'max_character_limit_exceeded', 'request_too_large')) return 'text_too_long';
  if (has('string_too_long') && about('text')) return 'text_too_long';
  if (has('voice_not_found', 'voice_does_not_exist', 'invalid_voice_id', 'voice_access_denied') || about('voice_id'))
    return 'voice_not_found';
  if (has('model_not_found', 'unsupported_model', 'model_access_denied', 'invalid_model_id') || about('model_id'))
    return 'model_unavailable';
  if (
    has('invalid_text', 'content_policy_violation', 'moderated') ||
    says(/content policy|moderat|prohibited|terms of (?:service|use)/i)
  )
    return 'text_rejected';
  if (
    has('subscription_required', 'feature_not_available', 'voice_limit_reached') ||
    words.some((word) => word.startsWith('only_for_'))
  )
    return 'subscription_required';
  if (has('payment_required') && says(/library|subscription|upgrade|plan|tier/i)) return 'subscription_required';
  if (has('workspace_not_found')) return 'key_refused';
  return null;
};

const byStatus = (status: number, complaint: Complaint): ErrorCode => {
  const topic = topicOf(complaint);
  const speaks = complaint.words.length > 0 || complaint.message !== null;
  switch (status) {
    case 401:
      return topic === 'out_of_credits' || topic === 'account_flagged' || topic === 'missing_permission'
        ? topic
        : 'key_refused';
    case 402:
      return topic ?? 'out_of_credits';
    case 403:
      return topic ?? (speaks ? 'key_refused' : 'provider_error');
    case 404:
      return (
        topic ??
        (speaks && complaint.words.some((word) => word.includes('dictionary')) ? 'setting_refused' : 'provider_error')
      );
    case 413:
      return 'text_too_long';
    case 400:
    case 422:
      return topic ?? (speaks || complaint.isMisfit ? 'setting_refused' : 'provider_error');
    default:
      return topic ?? 'provider_error';
  }
};

// These say by definition that nothing was done and the request belongs elsewhere; after 302 and 303 the work may be done.
const onlyMoved = new Set([301, 307, 308]);

/** An answer that is not 2xx. A lost body leaves the complaint silent; the status alone then decides. */
export const failByStatus = (status: number, complaint: Complaint, failure: Omit<Failure, 'status'>): ProviderError => {
  const told: Failure = { ...failure, status, subject: complaint.field ?? failure.subject };
  const { call } = failure;
  const spends = call === 'create';
  if (call === 'read' && (status === 405 || status === 501)) return fail('not_found', 'headers', later, told);
  if (status >= 500) {
    const isFree = uncharged.test(complaint.message ?? '');
    return failFor('provider_error', 'headers', isFree ? anew : unclear, told);
  }
  if (status >= 300 && status < 400) {
    const charged = onlyMoved.has(status) ? 'no' : 'unknown';
    return failFor('redirect_refused', 'headers', { charged, disposition: 'permanent' }, told);
  }
  // The server gave up waiting for the request; whether a worker saw it is open.
  if (status === 408) return failFor(spends ? 'outcome_unknown' : 'provider_timeout', 'headers', unclear, told);
  if (status === 429) return fail('provider_rate_limited', 'headers', later, told);
  if (status === 409 || status === 425) return fail('conflict', 'headers', later, told);
  const code = byStatus(status, complaint);
  if (code === 'missing_permission') {
    const scope = { ...told, subject: scopeIn(complaint.message) };
    if (call === 'history' || call === 'audio') return fail('history_unavailable', 'headers', unreadable, scope);
    return fail(code, 'headers', call === 'flow' ? unreadable : refused, scope);
  }
  if (failure.namesCalls === true && (status === 400 || status === 422)) {
    const about = `${complaint.field ?? ''} ${complaint.message ?? ''}`;
    if (neighbourFields.test(about)) return fail('setting_refused', 'headers', anew, told);
  }
  if ((call === 'history' || call === 'flow') && (status === 404 || status === 410))
    return fail('not_found', 'headers', later, told);
  if (call === 'read' && status === 404 && code === 'provider_error') return fail('not_found', 'headers', later, told);
  if (call === 'audio' && (status === 403 || status === 404 || status === 410))
    return fail('media_missing', 'headers', later, told);
  return failFor(code, 'headers', refused, told);
};
