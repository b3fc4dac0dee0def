/** What both kinds of speech share: the checks before billing, billing, requests at a time, and the faults around them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { cut } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import type { Call, NewCall } from './ledger.ts';
import { findModel, type FakeModel } from './models.ts';
import type { FaultChances } from './options.ts';
import { plans, tierOfFormat } from './tiers.ts';
import type { FakeVoice } from './voices.ts';
import { complain, periodOf, type Complaint, type World } from './world.ts';

const slowFactor = 5;
const lateMs = 30_000;
const stitchableMs = 2 * 3_600_000;

export interface Order {
  readonly text: string;
  readonly voiceId: string;
  readonly modelId: string;
  readonly format: string;
  readonly language: string | null;
  readonly isLogged: boolean;
  readonly locators: number;
  readonly previousIds: readonly string[];
  readonly nextIds: readonly string[];
}
export interface Admitted {
  readonly voice: FakeVoice;
  readonly model: FakeModel;
  readonly credits: number;
}

const rateLimits: readonly (readonly [keyof FaultChances, Omit<Complaint, 'headers'>])[] = [
  [
    'rateLimitExceeded',
    {
      http: 429,
      type: 'rate_limit_error',
      code: 'rate_limit_exceeded',
      message: 'You have sent too many requests. Please slow down.',
    },
  ],
  [
    'rateLimitConcurrent',
    {
      http: 429,
      type: 'rate_limit_error',
      code: 'concurrent_limit_exceeded',
      status: 'too_many_concurrent_requests',
      message: 'Too many concurrent requests. Your current subscription is associated with a maximum number of them.',
    },
  ],
  [
    'rateLimitBusy',
    {
      http: 429,
      type: 'rate_limit_error',
      code: 'system_busy',
      message: 'We are experiencing heavy traffic, please try again in some moments.',
    },
  ],
];
export const brokenSilently: Complaint = {
  http: 500,
  type: 'internal_error',
  code: 'internal_error',
  status: 'internal_server_error',
  message: 'Internal server error.',
};
const brokenUncharged: Complaint = {
  http: 500,
  type: 'internal_error',
  code: 'internal_error',
  status: 'something_went_wrong',
  message: 'Something went wrong, please try again. You have not been charged for this request.',
};

const bad = (code: string, message: string, param?: string, status?: string): Complaint => ({
  http: 400,
  type: 'validation_error',
  code,
  message,
  ...(param === undefined ? {} : { param }),
  ...(status === undefined ? {} : { status }),
});

export const createService = (world: World) => {
  const { clock, dice, ledger, timers, options } = world;
  const usedSockets = new WeakSet<Socket>();
  const inService = new Map<string, number>();

  /** Whether the request may go on; if not, it was answered or cut. */
  const survivesFaults = (req: IncomingMessage, res: ServerResponse, subject: string): boolean => {
    const reused = usedSockets.has(req.socket);
    usedSockets.add(req.socket);
    const struck = rateLimits.find(([fault]) => dice.strikes(fault, subject));
    if (reused && dice.strikes('idleClose', subject)) cut(res);
    else if (struck !== undefined) {
      const roll = fraction(`retry-after ${subject}`);
      const date = new Date(clock.now() + 2000).toUTCString();
      const headers = roll < 0.5 ? {} : { 'retry-after': roll < 0.8 ? '1' : date };
      complain(world, res, { ...struck[1], headers: { ...headers } as Record<string, string> }, subject);
    } else if (dice.strikes('errorBefore', subject)) complain(world, res, brokenSilently, subject, true);
    else if (dice.strikes('errorNotCharged', subject)) complain(world, res, brokenUncharged, subject);
    else if (dice.strikes('cutBefore', subject)) cut(res);
    else return true;
    return false;
  };

  const gateOf = (format: string): Complaint | null => {
    const tier = tierOfFormat(format);
    if (format.startsWith('opus'))
      return bad('invalid_output_format', 'This fake has no Opus encoder.', 'output_format');
    if (plans[options().tier].rank >= plans[tier].rank) return null;
    return {
      http: 403,
      type: 'authorization_error',
      code: 'subscription_required',
      status: 'output_format_not_allowed',
      message: `The output_format you requested (${format}) is only allowed for ${tier} tier and above.`,
      param: 'output_format',
    };
  };
  const creditsLeft = (): number => {
    const { creditLimit, tier, creditsUsed, overageCredits } = options();
    const limit = creditLimit ?? plans[tier].credits;
    const extension = overageCredits === 'unlimited' ? Infinity : overageCredits;
    return limit + extension - creditsUsed - ledger.usedSince(periodOf(world).from);
  };
  const quotaOf = (credits: number): Complaint | null => {
    const left = creditsLeft();
    if (credits <= left) return null;
    const { creditLimit, tier, quotaAnswer } = options();
    const message = `This request exceeds your quota of ${creditLimit ?? plans[tier].credits}. You have ${Math.max(0, left)} credits remaining, while ${credits} credits are required for this request.`;
    return quotaAnswer === 'quota_exceeded'
      ? { http: 401, type: 'authentication_error', code: 'unauthorized', status: 'quota_exceeded', message }
      : { http: 402, type: 'payment_required', code: 'insufficient_credits', message };
  };
  const neighboursOf = ({ previousIds, nextIds }: Order, model: FakeModel): Complaint | null => {
    const ids = [...previousIds, ...nextIds];
    if (ids.length === 0) return null;
    if (!model.stitches) return bad('invalid_parameters', `${model.modelId} does not support request stitching.`);
    if (previousIds.length > 3 || nextIds.length > 3)
      return bad('invalid_parameters', 'A maximum of 3 request ids can be sent.', 'previous_request_ids');
    const known = new Map(ledger.all().map((call) => [call.requestId, call]));
    const isStale = ids.some((id) => {
      const call = known.get(id);
      return call === undefined || call.state !== 'done' || clock.now() - call.createdAt > stitchableMs;
    });
    return isStale
      ? bad('invalid_parameters', 'A request id is unknown, or older than two hours.', 'previous_request_ids')
      : null;
  };

  /** What the call will cost, or why it may not be made. */
  const admit = (order: Order): Admitted | Complaint => {
    const { flagged, tier, rejectedWord } = options();
    if (flagged)
      return {
        http: 401,
        type: 'authentication_error',
        code: 'unauthorized',
        status: 'detected_unusual_activity',
        message: 'Unusual activity detected. Free Tier usage disabled.',
      };
    const model = findModel(order.modelId);
    if (model === undefined)
      return { ...bad('unsupported_model', `A model with the id ${order.modelId} does not exist.`, 'model_id') };
    const voice = world.voices.find(({ voiceId }) => voiceId === order.voiceId);
    if (voice === undefined)
      return {
        http: 404,
        type: 'not_found',
        code: 'voice_not_found',
        message: `A voice with the voice_id ${order.voiceId} was not found.`,
        param: 'voice_id',
      };
    if (voice.libraryOwner !== null && tier === 'free')
      return {
        http: 402,
        type: 'payment_required',
        code: 'payment_required',
        message:
          'Free users cannot use library voices via the API. Please upgrade your subscription to use this voice.',
      };
    const length = [...order.text].length;
    if (order.text.trim() === '') return bad('empty_text', 'The text must not be empty.', 'text');
    if (length > model.textLimit)
      return bad(
        'text_too_long',
        `The text is ${length} characters long; ${model.modelId} takes at most ${model.textLimit}.`,
        'text',
        'max_character_limit_exceeded',
      );
    if (order.text.includes(rejectedWord)) return bad('invalid_text', 'The text breaks the content policy.', 'text');
    if (order.language !== null && !(model.takesLanguage && model.languages.includes(order.language)))
      return bad('unsupported_language', `${model.modelId} does not support language_code.`, 'language_code');
    if (order.locators > 3) return bad('invalid_parameters', 'At most 3 pronunciation dictionaries.');
    if (!order.isLogged && tier !== 'enterprise')
      return {
        http: 403,
        type: 'authorization_error',
        code: 'feature_not_available',
        message: 'Zero retention mode is for enterprise customers.',
      };
    const credits = Math.ceil(length * model.rate * voice.rate);
    return gateOf(order.format) ?? neighboursOf(order, model) ?? quotaOf(credits) ?? { voice, model, credits };
  };

  const capOf = (model: FakeModel): number =>
    options().concurrencyCap ?? plans[options().tier].concurrency[model.isFast ? 1 : 0];
  const present = (model: FakeModel): number => inService.get(model.group) ?? 0;
  /** `own`: the answered request itself, where its work is over already. */
  const concurrencyHeaders = (model: FakeModel, own: 0 | 1): Record<string, string> => ({
    'current-concurrent-requests': String(present(model) + own),
    'maximum-concurrent-requests': String(capOf(model)),
  });
  /** Null where there is room. */
  const overCap = (model: FakeModel): Complaint | null => {
    if (present(model) < capOf(model)) return null;
    world.count('overCap');
    return {
      http: 429,
      type: 'rate_limit_error',
      code: 'concurrent_limit_exceeded',
      status: 'too_many_concurrent_requests',
      message: `Too many concurrent requests. Your current subscription is associated with a maximum of ${capOf(model)} concurrent requests.`,
      headers: concurrencyHeaders(model, 0),
    };
  };

  /** Bills now and works for the service time. `failure` decides at the end how it went. */
  const start = (
    order: Order,
    { voice, model, credits }: Admitted,
    more: Pick<NewCall, 'flowId' | 'body' | 'settings' | 'source'>,
    subject: string,
    failure: () => Call['failure'] = () => null,
  ): Call => {
    const call = ledger.bill({
      ...more,
      text: order.text,
      voice: voice.voiceId,
      voiceName: voice.name,
      model: model.modelId,
      format: order.format,
      chargedCredits: credits,
      createdAt: clock.now(),
      isLogged: order.isLogged,
      isOwn: true,
      visibleAt: null,
    });
    inService.set(model.group, present(model) + 1);
    const late = dice.strikes('historyLate', subject) ? lateMs : 0;
    const factor = dice.strikes('slow', subject) ? slowFactor : 1;
    timers.after(options().serviceTimeMs * factor, () => {
      inService.set(model.group, present(model) - 1);
      call.visibleAt = clock.now() + options().historyDelayMs + late;
      ledger.finish(call, failure());
    });
    return call;
  };

  return { survivesFaults, admit, overCap, concurrencyHeaders, start, creditsLeft };
};
export type Service = ReturnType<typeof createService>;
export const isComplaint = (value: Admitted | Complaint): value is Complaint => 'http' in value;
