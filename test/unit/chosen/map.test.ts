import { describe, expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import type { HttpPhase } from '#engine/ports.ts';
import { retryAfterOf } from '#engine/providers/chosen/client.ts';
import { failBefore, failByStatus, failInTransit, failUnreadable } from '#engine/providers/chosen/map.ts';

const create = { call: 'create', workspaceName: 'Agency', vendorSays: null } as const;
const free = { ...create, call: 'status' } as const;
const answered = (status: number, code: string | null = null, message: string | null = null) =>
  failByStatus(status, { code, message }, create);

describe('an answer to a new generation', () => {
  it.each([
    [429, null, null, 'provider_rate_limited', 'again', 'no'],
    [429, 'QUOTA_EXCEEDED', null, 'provider_rate_limited', 'again', 'no'],
    [500, 'INSUFFICIENT_CREDITS', null, 'provider_error', 'unknown', 'unknown'],
    [503, null, null, 'provider_error', 'unknown', 'unknown'],
    [408, null, null, 'outcome_unknown', 'unknown', 'unknown'],
    [409, null, null, 'idempotency_in_flight', 'wait', 'unknown'],
    [409, 'idempotency_in_flight', 'still running', 'idempotency_in_flight', 'wait', 'unknown'],
    [409, 'IDEMPOTENCY_KEY_MISMATCH', null, 'idempotency_mismatch', 'permanent', 'unknown'],
    [
      409,
      'idempotency_conflict',
      'This key came with a different body.',
      'idempotency_mismatch',
      'permanent',
      'unknown',
    ],
    [422, 'idempotencyKeyReused', null, 'idempotency_mismatch', 'permanent', 'unknown'],
    [401, null, null, 'key_refused', 'permanent', 'no'],
    [403, 'INVALID_API_KEY', null, 'key_refused', 'permanent', 'no'],
    [401, 'quota_exceeded', null, 'out_of_credits', 'permanent', 'no'],
    [403, 'PLAN_UPGRADE_REQUIRED', null, 'plan_without_api', 'permanent', 'no'],
    [403, null, 'Your plan does not include API access.', 'plan_without_api', 'permanent', 'no'],
    [402, null, null, 'out_of_credits', 'permanent', 'no'],
    [400, 'insufficientCredits', null, 'out_of_credits', 'permanent', 'no'],
    [402, 'MEMBER_CAP_REACHED', null, 'member_cap_reached', 'permanent', 'no'],
    [403, 'seat_credit_limit', null, 'member_cap_reached', 'permanent', 'no'],
    [413, null, null, 'text_too_long', 'permanent', 'no'],
    [422, 'TEXT_TOO_LONG_FOR_PLAN', null, 'text_too_long', 'permanent', 'no'],
    [400, 'character_limit_exceeded', null, 'text_too_long', 'permanent', 'no'],
    [404, 'VOICE_NOT_FOUND', null, 'voice_not_found', 'permanent', 'no'],
    [404, 'NOT_FOUND', 'Voice "Nova" not found', 'voice_not_found', 'permanent', 'no'],
    [422, 'CONTENT_REJECTED', null, 'text_rejected', 'permanent', 'no'],
    [403, 'content_policy_violation', null, 'text_rejected', 'permanent', 'no'],
    [400, 'invalid_idempotency_key', null, 'provider_error', 'permanent', 'no'],
    [404, null, null, 'provider_error', 'permanent', 'no'],
    [301, null, null, 'redirect_refused', 'permanent', 'no'],
    [307, null, null, 'redirect_refused', 'permanent', 'no'],
    [302, null, null, 'redirect_refused', 'permanent', 'unknown'],
    [303, null, null, 'redirect_refused', 'permanent', 'unknown'],
  ] as const)(
    'HTTP %i with code %s and message %s is %s (%s, charged %s)',
    (status, code, message, expected, disposition, charged) => {
      expect(answered(status, code, message)).toMatchObject({ code: expected, disposition, charged });
    },
  );

  it('says what happened, what was kept, what to do, and what the vendor says', () => {
    const error = failByStatus(402, { code: null, message: null }, { ...create, vendorSays: 'Balance is 3.\n' });
    expect(error.message).toMatch(
      /"Agency" does not have enough credits .*HTTP 402.*nothing was charged.*the line is kept.*Add credits.*The vendor says: Balance is 3\.$/,
    );
  });

  it('has a message of its own for every cause', () => {
    const codes = [
      [402, null],
      [402, 'MEMBER_CAP'],
      [401, null],
      [403, 'PLAN_API'],
      [413, null],
      [404, 'VOICE_UNKNOWN'],
      [422, 'MODERATED'],
      [429, null],
      [409, null],
      [409, 'IDEMPOTENCY_MISMATCH'],
      [307, null],
      [408, null],
      [500, null],
      [418, null],
    ] as const;
    expect(new Set(codes.map(([status, code]) => answered(status, code).message.replace(/HTTP \d+/, ''))).size).toBe(
      codes.length,
    );
  });
});

describe('a request that broke', () => {
  const broken = (phase: HttpPhase, reason: HttpError['reason'] = 'reset') => new HttpError(phase, reason, 'broken');

  it('was free and goes again when it never left', () => {
    expect(failInTransit(broken('connect', 'refused'), create)).toMatchObject({
      code: 'provider_offline',
      charged: 'no',
      disposition: 'again',
      phase: 'connect',
    });
  });

  it.each(['sent', 'headers', 'body'] as const)(
    'has an unknown outcome in phase %s, also when it was called off',
    (phase) => {
      for (const reason of ['reset', 'timeout', 'aborted'] as const)
        expect(failInTransit(broken(phase, reason), create)).toMatchObject({
          code: 'outcome_unknown',
          charged: 'unknown',
          disposition: 'unknown',
          phase,
        });
    },
  );

  it('is only repeated when it was free', () => {
    for (const phase of ['connect', 'sent', 'headers', 'body'] as const)
      expect(failInTransit(broken(phase, 'timeout'), free)).toMatchObject({ charged: 'no', disposition: 'again' });
  });

  it('keeps its cause', () => {
    const cause = broken('sent');
    expect(failInTransit(cause, { ...create, cause }).cause).toBe(cause);
  });
});

it('never ends a job because of a free look', () => {
  for (const call of ['status', 'audio', 'probe'] as const)
    for (const status of [301, 400, 401, 403, 404, 408, 409, 410, 418, 422, 429, 500, 503])
      expect(failByStatus(status, { code: null, message: null }, { ...create, call })).toMatchObject({
        charged: 'no',
        disposition: 'again',
      });
});

it.each([401, 403, 404, 410])('asks for a fresh address when audio answers %i', (status) => {
  expect(failByStatus(status, { code: null, message: null }, { ...create, call: 'audio' }).code).toBe('media_missing');
});

it('does not know what an unreadable answer to a new generation did', () => {
  expect(failUnreadable(create)).toMatchObject({ code: 'bad_response', charged: 'unknown', disposition: 'unknown' });
  expect(failUnreadable(free)).toMatchObject({ code: 'bad_response', charged: 'no', disposition: 'again' });
});

it('knows that nothing left without a key', () => {
  expect(failBefore('key_missing', create)).toMatchObject({
    code: 'key_missing',
    charged: 'no',
    disposition: 'permanent',
    phase: 'connect',
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);
  it.each([
    ['7', 7000],
    ['1.5', 1500],
    ['0', 0],
    [new Date(now + 90_000).toUTCString(), 90_000],
    [new Date(now - 90_000).toUTCString(), 0],
    ['soon', undefined],
    ['', undefined],
  ])('of "%s" is %s ms', (value, expected) => {
    expect(retryAfterOf({ 'retry-after': value }, now)).toBe(expected);
  });
  it('may be absent', () => {
    expect(retryAfterOf({}, now)).toBeUndefined();
  });
});
