import { assert, jsonValue, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import type { HttpPhase } from '#engine/ports.ts';
import { readComplaint } from '#engine/providers/elevenlabs/complaint.ts';
import { failBefore, failByStatus, failInTransit, failUnreadable } from '#engine/providers/elevenlabs/errors.ts';
import type { CallKind } from '#engine/providers/elevenlabs/errors.ts';

const failure = (call: CallKind) => ({ call, workspaceName: 'Agency', vendorSays: null });
const answered = (status: number, body: unknown, call: CallKind = 'create', namesCalls = false) =>
  failByStatus(status, readComplaint(typeof body === 'string' ? body : JSON.stringify(body)), {
    ...failure(call),
    namesCalls,
  });

/** The same complaint in every shape that can carry it. */
const current = (type: string, code: string, message: string, status = code, param?: string) => ({
  detail: { type, code, message, status, request_id: 'r1', ...(param === undefined ? {} : { param }) },
});
const legacy = (status: string, message = 'Words.') => ({ detail: { status, message } });
const flat = (status: string, message: string) => ({ status, message });
const misfit = (loc: readonly (string | number)[], msg: string, type: string) => ({ detail: [{ loc, msg, type }] });

describe('the body of an error', () => {
  it.each([
    ['current', current('validation_error', 'text_too_long', 'Too long.', 'max_character_limit_exceeded', 'text')],
    ['legacy', legacy('text_too_long', 'Too long.')],
    ['flat', flat('text_too_long', 'Too long.')],
    ['of downloads', { error: 'text_too_long', message: 'Too long.' }],
  ])('is read in the %s shape', (_name, body) => {
    const complaint = readComplaint(JSON.stringify(body));
    expect(complaint.words).toContain('text_too_long');
    expect(complaint.message).toBe('Too long.');
  });

  it('names the field of a failed check and counts the others', () => {
    const body = {
      detail: [
        { loc: ['body', 'voice_settings', 'stability'], msg: 'Input should be less than 1', type: 'less_than_equal' },
        { loc: ['body', 'seed'], msg: 'No', type: 'int_type' },
      ],
    };
    expect(readComplaint(JSON.stringify(body))).toEqual({
      words: ['less_than_equal'],
      message: 'voice_settings.stability: Input should be less than 1 (and 1 more)',
      field: 'voice_settings.stability',
      isMisfit: true,
    });
  });

  it('says nothing where it is a page, and never makes reading fail', () => {
    expect(readComplaint('<html>502</html>')).toEqual({ words: [], message: null, field: null, isMisfit: false });
    assert(
      property(
        oneof(
          string(),
          jsonValue().map((value) => JSON.stringify(value)),
          jsonValue().map((detail) => JSON.stringify({ detail })),
        ),
        (body) => {
          const { words, message } = readComplaint(body);
          expect(words.every((word) => typeof word === 'string')).toBe(true);
          expect(message === null || typeof message === 'string').toBe(true);
        },
      ),
    );
  });
});

describe('an answer to speech', () => {
  it.each([
    [401, legacy('quota_exceeded', 'You have 5 credits remaining.'), 'out_of_credits', 'permanent', 'no'],
    [
      401,
      current('authentication_error', 'unauthorized', 'No.', 'quota_exceeded'),
      'out_of_credits',
      'permanent',
      'no',
    ],
    [401, legacy('missing_permissions'), 'missing_permission', 'permanent', 'no'],
    [403, current('authorization_error', 'insufficient_permissions', 'No.'), 'missing_permission', 'permanent', 'no'],
    [401, legacy('detected_unusual_activity'), 'account_flagged', 'permanent', 'no'],
    [401, current('authentication_error', 'unauthorized', 'No.', 'invalid_api_key'), 'key_refused', 'permanent', 'no'],
    [401, legacy('needs_authorization'), 'key_refused', 'permanent', 'no'],
    [401, '<html></html>', 'key_refused', 'permanent', 'no'],
    [402, current('payment_required', 'insufficient_credits', 'No.'), 'out_of_credits', 'permanent', 'no'],
    [
      402,
      legacy('payment_required', 'Free users cannot use library voices.'),
      'subscription_required',
      'permanent',
      'no',
    ],
    [402, '', 'out_of_credits', 'permanent', 'no'],
    [403, current('authorization_error', 'subscription_required', 'No.'), 'subscription_required', 'permanent', 'no'],
    [403, current('authorization_error', 'feature_not_available', 'No.'), 'subscription_required', 'permanent', 'no'],
    [403, legacy('only_for_creator+'), 'subscription_required', 'permanent', 'no'],
    [403, current('authorization_error', 'voice_access_denied', 'No.'), 'voice_not_found', 'permanent', 'no'],
    [403, current('authorization_error', 'model_access_denied', 'No.'), 'model_unavailable', 'permanent', 'no'],
    [403, legacy('output_format_not_allowed', 'Creator tier and above.'), 'format_refused', 'permanent', 'no'],
    [403, legacy('subscription_required', 'pcm_44100 is for Pro.'), 'format_refused', 'permanent', 'no'],
    [400, legacy('max_character_limit_exceeded'), 'text_too_long', 'permanent', 'no'],
    [413, '', 'text_too_long', 'permanent', 'no'],
    [400, legacy('voice_does_not_exist'), 'voice_not_found', 'permanent', 'no'],
    [400, current('validation_error', 'unsupported_model', 'No.'), 'model_unavailable', 'permanent', 'no'],
    [400, current('validation_error', 'invalid_output_format', 'No.'), 'format_refused', 'permanent', 'no'],
    [400, current('validation_error', 'invalid_text', 'It breaks the policy.'), 'text_rejected', 'permanent', 'no'],
    [400, current('validation_error', 'invalid_voice_settings', 'No.'), 'setting_refused', 'permanent', 'no'],
    [404, current('not_found', 'voice_not_found', 'No.'), 'voice_not_found', 'permanent', 'no'],
    [404, current('not_found', 'model_not_found', 'No.'), 'model_unavailable', 'permanent', 'no'],
    [404, current('not_found', 'pronunciation_dictionary_not_found', 'No.'), 'setting_refused', 'permanent', 'no'],
    [404, '<html></html>', 'provider_error', 'permanent', 'no'],
    [
      422,
      misfit(['body', 'voice_settings', 'speed'], 'Too fast', 'less_than_equal'),
      'setting_refused',
      'permanent',
      'no',
    ],
    [422, misfit(['path', 'voice_id'], 'Bad', 'value_error'), 'voice_not_found', 'permanent', 'no'],
    [422, misfit(['query', 'output_format'], 'Bad', 'enum'), 'format_refused', 'permanent', 'no'],
    [422, misfit(['body', 'text'], 'Long', 'string_too_long'), 'text_too_long', 'permanent', 'no'],
    [409, current('conflict', 'already_running', 'Busy.'), 'conflict', 'again', 'no'],
    [429, current('rate_limit_error', 'rate_limit_exceeded', 'Slow.'), 'provider_rate_limited', 'again', 'no'],
    [429, legacy('too_many_concurrent_requests'), 'provider_rate_limited', 'again', 'no'],
    [429, legacy('system_busy'), 'provider_rate_limited', 'again', 'no'],
    [408, '', 'outcome_unknown', 'unknown', 'unknown'],
    [500, flat('internal_server_error', 'Internal server error.'), 'provider_error', 'unknown', 'unknown'],
    [
      500,
      flat('something_went_wrong', 'Try again. You have not been charged for this.'),
      'provider_error',
      'attempt',
      'no',
    ],
    [500, legacy('something_went_wrong', 'This request was not charged.'), 'provider_error', 'attempt', 'no'],
    [500, legacy('internal_error', 'You may or may not have been charged.'), 'provider_error', 'unknown', 'unknown'],
    [502, '<html></html>', 'provider_error', 'unknown', 'unknown'],
    [503, current('service_unavailable', 'maintenance', 'Soon.'), 'provider_error', 'unknown', 'unknown'],
    [301, '', 'redirect_refused', 'permanent', 'no'],
    [307, '', 'redirect_refused', 'permanent', 'no'],
    [302, '', 'redirect_refused', 'permanent', 'unknown'],
  ] as const)('HTTP %i with %j is %s (%s, charged %s)', (status, body, code, disposition, charged) => {
    expect(answered(status, body)).toMatchObject({ code, disposition, charged, phase: 'headers' });
  });

  it('names the scope that is missing and what that costs', () => {
    const error = answered(
      401,
      legacy('missing_permissions', 'The API key you used is missing the permission text_to_speech to execute this.'),
    );
    expect(error.message).toContain('lacks text_to_speech');
    expect(error.message).toContain('no line can be rendered');
  });

  it('names the field that was refused', () => {
    const error = answered(422, misfit(['body', 'voice_settings', 'speed'], 'Too fast', 'less_than_equal'));
    expect(error.message).toContain('voice_settings.speed');
  });

  it('goes anew without request ids when it complains about those it was sent, and only then', () => {
    const body = current(
      'validation_error',
      'invalid_parameters',
      'A request id is older than two hours.',
      undefined,
      'previous_request_ids',
    );
    expect(answered(400, body, 'create', true)).toMatchObject({ disposition: 'attempt', charged: 'no' });
    expect(answered(422, misfit(['body', 'next_request_ids'], 'No', 'value_error'), 'create', true)).toMatchObject({
      disposition: 'attempt',
      charged: 'no',
    });
    expect(answered(400, body)).toMatchObject({ disposition: 'permanent' });
    expect(answered(400, legacy('voice_does_not_exist'), 'create', true)).toMatchObject({ disposition: 'permanent' });
  });

  it('that cannot be read may have been charged', () => {
    expect(failUnreadable(failure('create'), 'audio_base64')).toMatchObject({
      code: 'bad_response',
      charged: 'unknown',
      disposition: 'unknown',
    });
  });
});

describe('a free look', () => {
  const all = [400, 401, 402, 403, 404, 408, 409, 410, 422, 425, 429, 500, 502, 503, 302] as const;
  it.each(['history', 'flow', 'audio', 'read', 'probe'] as const)('for %s is only ever repeated', (call) => {
    for (const status of all) {
      const { disposition, charged } = answered(status, legacy('whatever'), call);
      expect({ status, disposition, charged }).toEqual({ status, disposition: 'again', charged: 'no' });
    }
    for (const phase of ['connect', 'sent', 'headers', 'body'] as const satisfies readonly HttpPhase[])
      expect(failInTransit(new HttpError(phase, 'timeout', 'x'), failure(call))).toMatchObject({
        disposition: 'again',
        charged: 'no',
      });
  });

  it('into a history that the key may not read ends, and says what that means', () => {
    const error = answered(
      401,
      legacy('missing_permissions', 'Missing the permission speech_history_read.'),
      'history',
    );
    expect(error).toMatchObject({ code: 'history_unavailable', disposition: 'permanent', charged: 'unknown' });
    expect(error.message).toMatch(/^The key may not read the history of "Agency" \(speech_history_read\)/);
  });

  it('at something the vendor does not know yet is not found, or has no audio at its address', () => {
    expect(answered(404, legacy('history_item_not_found'), 'history').code).toBe('not_found');
    expect(answered(404, legacy('generation_not_found'), 'flow').code).toBe('not_found');
    expect(answered(403, { error: 'ExpiredToken' }, 'audio').code).toBe('media_missing');
  });
});

describe('a request that broke', () => {
  it('was free when it never left', () => {
    expect(failInTransit(new HttpError('connect', 'refused', 'x'), failure('create'))).toMatchObject({
      code: 'provider_offline',
      charged: 'no',
      disposition: 'again',
    });
    expect(failBefore('key_missing', failure('create'))).toMatchObject({ charged: 'no', disposition: 'permanent' });
  });

  it.each(['sent', 'headers', 'body'] as const)('in phase %s has an unknown outcome', (phase) => {
    for (const reason of ['reset', 'timeout', 'aborted'] as const)
      expect(failInTransit(new HttpError(phase, reason, 'x'), failure('create'))).toMatchObject({
        code: 'outcome_unknown',
        charged: 'unknown',
        disposition: 'unknown',
      });
  });
});
