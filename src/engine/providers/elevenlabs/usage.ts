/**
 * What the account used, by UTC day. The workspace's analytics are preferred: their rows name voice, model and product
 * together and add up to the day. Where the key may not read them, character-stats by voice are read instead: the vendor
 * gives one breakdown a call there, and two of them would count each day twice.
 */
import type { ErrorCode } from '#contract/errors.ts';
import type { CallContext, VendorUsageRow } from '../provider.ts';
import { ProviderError } from '../provider.ts';
import type { ElevenLabsClient } from './client.ts';
import { AnalyticsTable, CharacterStats } from './schema.ts';
import type { Connection } from './settings.ts';

const dayMs = 86_400_000;
/** Days of one call: keeps a table of many voices small enough to answer in time. */
const daysPerCall = 31;
/** The vendor's own bound of analytics (OpenAPI file). */
const earliest = Date.UTC(2020, 0, 1);

interface Range {
  /** Epoch ms, both within. */
  readonly from: number;
  readonly to: number;
}
const cut = (from: string, to: string): readonly Range[] => {
  const end = Date.parse(`${to}T00:00:00Z`) + dayMs;
  const ranges: Range[] = [];
  for (let at = Math.max(earliest, Date.parse(`${from}T00:00:00Z`)); at < end; at += daysPerCall * dayMs)
    ranges.push({ from: at, to: Math.min(end, at + daysPerCall * dayMs) - 1 });
  return ranges;
};

const dayOf = (value: unknown): string | null => {
  // Seconds where it is too small for ms after 1973.
  if (typeof value === 'number') return new Date(value < 1e11 ? value * 1000 : value).toISOString().slice(0, 10);
  if (typeof value !== 'string') return null;
  const zoneless = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.test(value);
  const at = Date.parse(zoneless ? `${value.slice(0, 10)}T00:00:00Z` : value);
  return Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 10);
};
const amountOf = (value: unknown): number | null => {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof amount === 'number' && Number.isFinite(amount) ? amount : null;
};
const wordOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Where the columns stand; their names are not documented, so units and types come first. Null: not the table we asked for. */
const planOf = ({ columns, column_types: types, column_units: units }: AnalyticsTable) => {
  const named = (pattern: RegExp): number => columns.findIndex((name) => pattern.test(name));
  const withUnit = (unit: string): readonly number[] =>
    columns.flatMap((_, index) => (units?.[index] === unit ? [index] : []));
  const inCredits = withUnit('credits');
  const preferred = inCredits.find((index) => /usage|used|total/i.test(columns[index] ?? '')) ?? inCredits[0];
  const credits = preferred ?? named(/^(?:credits|credits_used|usage|total_usage)$/i);
  const typed = columns.findIndex((_, index) => types?.[index] === 'DateTime');
  const time = typed === -1 ? named(/^(?:timestamp|time|date|day|bucket)/i) : typed;
  if (time === -1 || credits === -1) return null;
  return {
    time,
    credits,
    minutes: withUnit('min')[0] ?? -1,
    characters: named(/characters?$/i),
    voice: columns.indexOf('voice_id'),
    model: columns.indexOf('model'),
    product: columns.indexOf('product_type'),
  };
};

/** Null when the table has not the columns that were asked for. Rows of the same day, voice, model and product are added up. */
export const rowsOfTable = (table: AnalyticsTable): readonly VendorUsageRow[] | null => {
  const plan = planOf(table);
  if (plan === null) return null;
  const sums = new Map<string, VendorUsageRow>();
  const add = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);
  for (const row of table.rows) {
    const day = dayOf(row[plan.time]);
    const credits = amountOf(row[plan.credits]);
    if (day === null || credits === null) continue;
    const read = <T>(index: number, as: (value: unknown) => T | null): T | null =>
      index === -1 ? null : as(row[index]);
    const fresh: VendorUsageRow = {
      day,
      voiceId: read(plan.voice, wordOf),
      voiceName: null,
      style: null,
      language: null,
      model: read(plan.model, wordOf),
      product: read(plan.product, wordOf),
      credits,
      characters: read(plan.characters, amountOf),
      minutes: read(plan.minutes, amountOf),
    };
    const key = JSON.stringify([day, fresh.voiceId, fresh.model, fresh.product]);
    const before = sums.get(key);
    sums.set(
      key,
      before === undefined
        ? fresh
        : {
            ...before,
            credits: add(before.credits, credits),
            characters: add(before.characters, fresh.characters),
            minutes: add(before.minutes, fresh.minutes),
          },
    );
  }
  return [...sums.values()];
};

const totalSeries = /^(?:all|total)$/i;
/** Series are named by voice; days without use are left out. */
export const rowsOfStats = ({ time, usage }: CharacterStats): readonly VendorUsageRow[] =>
  Object.entries(usage).flatMap(([name, values]) =>
    values.flatMap((credits, index): readonly VendorUsageRow[] => {
      const day = dayOf(time[index]);
      if (day === null || credits === null || credits === 0) return [];
      const isId = /^[A-Za-z0-9]{20}$/.test(name);
      return [
        {
          day,
          voiceId: isId ? name : null,
          voiceName: isId || totalSeries.test(name) ? null : name,
          style: null,
          language: null,
          model: null,
          product: null,
          credits,
          characters: null,
          minutes: null,
        },
      ];
    }),
  );

/** Analytics may be refused, unknown to a residency host, or answer another table: all that leads to character-stats. */
const withoutAnalytics: readonly ErrorCode[] = [
  'missing_permission',
  'subscription_required',
  'key_refused',
  'setting_refused',
  'not_found',
  'bad_response',
];
const isNoAnalytics = (error: unknown): boolean =>
  error instanceof ProviderError && withoutAnalytics.includes(error.code);

/** Days `YYYY-MM-DD`, UTC, both within. */
export const readUsage = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  range: { readonly from: string; readonly to: string },
): Promise<readonly VendorUsageRow[]> => {
  const analytics = async ({ from, to }: Range): Promise<readonly VendorUsageRow[] | null> => {
    const { value } = await client.read(
      'read',
      context,
      connection,
      '/v1/workspace/analytics/query/usage-by-product-over-time',
      AnalyticsTable,
      {
        start_time: from,
        end_time: to,
        interval_seconds: dayMs / 1000,
        group_by: ['voice_id', 'model', 'product_type'],
        time_zone: 'UTC',
      },
    );
    return rowsOfTable(value);
  };
  const stats = async ({ from, to }: Range): Promise<readonly VendorUsageRow[]> => {
    const query = new URLSearchParams({
      start_unix: String(from),
      end_unix: String(to),
      breakdown_type: 'voice',
      aggregation_interval: 'day',
      metric: 'credits',
    });
    const path = `/v1/usage/character-stats?${query.toString()}`;
    return rowsOfStats((await client.read('read', context, connection, path, CharacterStats)).value);
  };

  const ranges = cut(range.from, range.to);
  const whole = async (read: (part: Range) => Promise<readonly VendorUsageRow[] | null>) => {
    const rows: VendorUsageRow[] = [];
    for (const part of ranges) {
      const more = await read(part);
      if (more === null) return null;
      rows.push(...more);
    }
    return rows;
  };
  const rows = await whole(analytics).catch((error: unknown) => {
    if (isNoAnalytics(error)) return null;
    throw error;
  });
  const found = rows ?? (await whole(stats)) ?? [];
  return found.filter(({ day }) => day >= range.from && day <= range.to);
};
