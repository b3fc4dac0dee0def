/** What the account used: character-stats, and the analytics of its workspace. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { send } from '../common/answer.ts';
import type { Call } from './ledger.ts';
import { checkBody, checkQuery, flagText, wholeText } from './misfits.ts';
import { mayGo, refuse, type World } from './world.ts';

const breakdowns = [
  'none',
  'voice',
  'voice_multiplier',
  'user',
  'groups',
  'api_keys',
  'all_api_keys',
  'product_type',
  'model',
  'resource',
  'request_queue',
  'region',
  'subresource_id',
  'reporting_workspace_id',
  'has_api_key',
  'request_source',
] as const;
const metrics = [
  'credits',
  'tts_characters',
  'minutes_used',
  'request_count',
  'ttfb_avg',
  'ttfb_p95',
  'fiat_units_spent',
  'concurrency',
  'concurrency_average',
] as const;
const groups = [
  'product_type',
  'model',
  'voice_id',
  'user_id',
  'fiat_currency',
  'fiat_charge_type',
  'region',
  'reporting_workspace_id',
  'request_source',
  'resource_id',
  'subresource_id',
  'request_queue_type',
  'voice_multiplier',
  'hashed_xi_api_key',
  'billing_group_id',
  'surface',
  'actor',
] as const;
const StatsQuery = z.object({
  start_unix: wholeText,
  end_unix: wholeText,
  include_workspace_metrics: flagText.default(false),
  breakdown_type: z.enum(breakdowns).default('none'),
  aggregation_interval: z.enum(['hour', 'day', 'week', 'month', 'cumulative']).default('day'),
  aggregation_bucket_size: wholeText.optional(),
  metric: z.enum(metrics).default('credits'),
});
const moment = z.number().int().min(1_577_836_800_000);
const filters = z
  .array(
    z.object({
      column: z.string(),
      operation: z.enum(['in', 'not_in', 'le', 'ge', 'lt', 'gt', 'eq', 'neq']),
      values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
    }),
  )
  .nullish();
const AnalyticsBody = z.object({
  start_time: moment,
  end_time: moment,
  interval_seconds: z.number().int().min(1).default(60),
  group_by: z.array(z.enum(groups)).nullish(),
  filters,
  time_zone: z.string().default('UTC'),
});
const RequestsBody = z.object({
  start_time: moment.nullish(),
  end_time: moment.nullish(),
  limit: z.number().int().min(1).max(1000).default(100),
  sort: z.enum(['asc', 'desc']).nullish(),
  filters,
  search: z.string().nullish(),
});
const dayMs = 86_400_000;

/** The start of the bucket a moment lies in. */
const bucketOf = (at: number, interval: z.infer<typeof StatsQuery>['aggregation_interval']): number => {
  const date = new Date(at);
  const day = Math.floor(at / dayMs) * dayMs;
  switch (interval) {
    case 'hour':
      return Math.floor(at / 3_600_000) * 3_600_000;
    case 'week':
      return day - ((date.getUTCDay() + 6) % 7) * dayMs;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
    case 'day':
    case 'cumulative':
      return day;
  }
};
const productOf = (call: Call): string => (call.source === 'Flows' ? 'Flows' : call.source);

export const createUsageRoute = (world: World) => {
  const { ledger, audio } = world;
  const net = (call: Call): number => call.chargedCredits - call.refundedCredits;
  const counted = (from: number, to: number): readonly Call[] =>
    ledger.all().filter((call) => call.state !== 'failed' && call.createdAt >= from && call.createdAt < to);
  const minutesOf = (call: Call): number =>
    audio.seconds(audio.of(call.text, call.voice, call.format), call.format) / 60;
  const amountOf = (call: Call, metric: (typeof metrics)[number]): number => {
    switch (metric) {
      case 'credits':
        return net(call);
      case 'tts_characters':
        return [...call.text].length;
      case 'minutes_used':
        return minutesOf(call);
      case 'request_count':
        return 1;
      default:
        return 0;
    }
  };
  const seriesOf = (call: Call, breakdown: (typeof breakdowns)[number]): string => {
    switch (breakdown) {
      case 'voice':
        return call.voiceName;
      case 'model':
        return call.model;
      case 'product_type':
        return productOf(call);
      case 'has_api_key':
        return String(call.isOwn);
      default:
        return 'All';
    }
  };

  const stats = (req: IncomingMessage, res: ServerResponse, url: URL): void => {
    world.count('usage');
    const query = checkQuery(StatsQuery, url.searchParams);
    if (query.misfits !== null) return refuse(res, query.misfits);
    if (!mayGo(world, req, res, 'user_read')) return;
    const { start_unix: from, end_unix: to, breakdown_type: breakdown, aggregation_interval, metric } = query.value;
    const size = query.value.aggregation_bucket_size;
    const start = (at: number): number =>
      size === undefined ? bucketOf(at, aggregation_interval) : Math.floor(at / (size * 1000)) * size * 1000;
    const next = (bucket: number): number => {
      if (size !== undefined) return bucket + size * 1000;
      if (aggregation_interval === 'month') return start(bucket + 32 * dayMs);
      return bucket + { hour: 3_600_000, day: dayMs, week: 7 * dayMs, cumulative: dayMs }[aggregation_interval];
    };
    const time: number[] = [];
    for (let bucket = start(from); bucket <= to; bucket = next(bucket)) time.push(bucket);
    const places = new Map(time.map((bucket, index) => [bucket, index]));
    const usage: Record<string, number[]> = breakdown === 'none' ? { All: time.map(() => 0) } : {};
    for (const call of counted(start(from), next(start(to)))) {
      const series = (usage[seriesOf(call, breakdown)] ??= time.map(() => 0));
      const place = places.get(start(call.createdAt));
      if (place !== undefined) series[place] = (series[place] ?? 0) + amountOf(call, metric);
    }
    if (aggregation_interval === 'cumulative')
      for (const series of Object.values(usage))
        series.forEach((value, index) => (series[index] = value + (series[index - 1] ?? 0)));
    send(res, 200, { time, usage });
  };

  const valueOf = (call: Call, column: string): string | number | null => {
    switch (column) {
      case 'product_type':
        return productOf(call);
      case 'model':
        return call.model;
      case 'voice_id':
        return call.voice;
      case 'user_id':
        return 'demo-user-0001';
      case 'region':
        return 'us';
      case 'voice_multiplier':
        return world.voices.find(({ voiceId }) => voiceId === call.voice)?.rate ?? 1;
      default:
        return null;
    }
  };
  const passes = (call: Call, wanted: z.infer<typeof filters>): boolean =>
    (wanted ?? []).every(({ column, operation, values }) => {
      const value = valueOf(call, column);
      if (operation === 'in' || operation === 'eq') return values.includes(value);
      if (operation === 'not_in' || operation === 'neq') return !values.includes(value);
      return true;
    });

  const overTime = (req: IncomingMessage, res: ServerResponse, body: string): void => {
    world.count('usage');
    const parsed = checkBody(AnalyticsBody, body);
    if (parsed.misfits !== null) return refuse(res, parsed.misfits);
    if (!mayGo(world, req, res, 'workspace_analytics_read')) return;
    const { start_time: from, end_time: to, interval_seconds: interval, filters: wanted } = parsed.value;
    const by = parsed.value.group_by ?? [];
    const sums = new Map<string, { readonly keys: readonly unknown[]; credits: number }>();
    for (const call of counted(from, to)) {
      if (!passes(call, wanted)) continue;
      const bucket = new Date(Math.floor(call.createdAt / (interval * 1000)) * interval * 1000).toISOString();
      const keys = [bucket, ...by.map((column) => valueOf(call, column))];
      const name = JSON.stringify(keys);
      const sum = sums.get(name) ?? { keys, credits: 0 };
      sum.credits += net(call);
      sums.set(name, sum);
    }
    const rows = [...sums.values()].map(({ keys, credits }) => [...keys, credits]);
    send(res, 200, {
      columns: ['timestamp', ...by, 'usage'],
      column_types: ['DateTime', ...by.map((column) => (column === 'voice_multiplier' ? 'Float' : 'String')), 'Float'],
      column_units: [null, ...by.map(() => null), 'credits'],
      rows: rows.toSorted((a, b) => String(a[0]).localeCompare(String(b[0]))),
    });
  };

  const requests = (req: IncomingMessage, res: ServerResponse, body: string): void => {
    world.count('usage');
    const parsed = checkBody(RequestsBody, body);
    if (parsed.misfits !== null) return refuse(res, parsed.misfits);
    if (!mayGo(world, req, res, 'workspace_analytics_read')) return;
    const { start_time: from, end_time: to, limit, filters: wanted, search } = parsed.value;
    if ((from ?? null) === null && (to ?? null) === null)
      return refuse(res, [{ loc: ['body'], msg: 'start_time or end_time is required', type: 'value_error' }]);
    const isDescending = (parsed.value.sort ?? ((to ?? null) === null ? 'asc' : 'desc')) === 'desc';
    const found = counted(from ?? 0, to ?? Infinity).filter(
      (call) => passes(call, wanted) && ((search ?? '') === '' || call.requestId === search),
    );
    const page = (isDescending ? found.toReversed() : found).slice(0, limit);
    send(res, 200, {
      columns: ['timestamp', 'request_id', 'product_type', 'model', 'voice_id', 'characters', 'credits', 'status_code'],
      column_types: ['DateTime', 'String', 'String', 'String', 'String', 'Int', 'Float', 'Int'],
      column_units: [null, null, null, null, null, null, 'credits', null],
      rows: page.map((call) => [
        new Date(call.createdAt).toISOString(),
        call.requestId,
        productOf(call),
        call.model,
        call.voice,
        [...call.text].length,
        net(call),
        200,
      ]),
    });
  };
  return { stats, overTime, requests };
};
