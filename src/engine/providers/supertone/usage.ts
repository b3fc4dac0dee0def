/** The vendor's figures: balance, use of a day by voice, and use of an hour by key and model. All are free. */
import type { CallContext, VendorUsageRow } from '../provider.ts';
import type { SupertoneClient } from './client.ts';
import { Balance, UsageBuckets, VoiceUsage } from './schema.ts';
import type { Connection } from './settings.ts';

/** Days of one call, both ends counted (seed document 002: "Maximum inquiry period is 30 days"). */
const windowDays = 30;
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Buckets of a page; the vendor's most. */
const bucketPage = 20;
/** Pages read at most: a token that never ends is a fault of the vendor's. */
const mostPages = 50;

const toDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Cuts a range of UTC days, both within, into ranges that one call takes. Empty when it ends before it begins. */
export const windowsOf = (range: {
  readonly from: string;
  readonly to: string;
}): readonly { readonly from: string; readonly to: string }[] => {
  const end = Date.parse(`${range.to}T00:00:00Z`);
  const windows: { from: string; to: string }[] = [];
  for (let at = Date.parse(`${range.from}T00:00:00Z`); at <= end; at += windowDays * dayMs)
    windows.push({ from: toDay(at), to: toDay(Math.min(end, at + (windowDays - 1) * dayMs)) });
  return windows;
};

/** Seconds left; null where the vendor tells none. */
export const readBalance = async (
  client: SupertoneClient,
  context: CallContext,
  connection: Connection,
): Promise<number | null> => {
  const url = `${connection.baseUrl}/v1/credits`;
  return (await client.read('credits', context, connection, { method: 'GET', url }, Balance)).balance;
};

/** Minutes as the vendor writes them. Windows are read one after the other: they count against the same rate. */
export const readVoiceUsage = async (
  client: SupertoneClient,
  context: CallContext,
  connection: Connection,
  range: { readonly from: string; readonly to: string },
): Promise<readonly VendorUsageRow[]> => {
  const rows: VendorUsageRow[] = [];
  for (const { from, to } of windowsOf(range)) {
    const url = `${connection.baseUrl}/v1/voice-usage?start_date=${from}&end_date=${to}`;
    const { usages } = await client.read('usage', context, connection, { method: 'GET', url }, VoiceUsage);
    for (const usage of usages)
      rows.push({
        day: usage.date.slice(0, 10),
        voiceId: usage.voice_id ?? null,
        voiceName: usage.name ?? null,
        style: usage.style ?? null,
        language: usage.language ?? null,
        model: usage.model ?? null,
        product: null,
        credits: null,
        characters: null,
        minutes: usage.total_minutes_used,
      });
  }
  return rows;
};

/** What one key used of one model within an hour. */
export interface HourUse {
  /** Epoch ms of the hour's beginning. */
  readonly startsAt: number;
  readonly minutes: number;
  /** As the vendor writes it. Never shown or kept: it may be the key itself. */
  readonly apiKey: string | null;
  readonly model: string | null;
}

/** Whole hours from the one that `fromAt` lies in to the one that `toAt` lies in, by key and model. */
export const readHourUse = async (
  client: SupertoneClient,
  context: CallContext,
  connection: Connection,
  range: { readonly fromAt: number; readonly toAt: number },
): Promise<readonly HourUse[]> => {
  const start = new Date(Math.floor(range.fromAt / hourMs) * hourMs).toISOString();
  const end = new Date((Math.floor(range.toAt / hourMs) + 1) * hourMs).toISOString();
  const uses: HourUse[] = [];
  let token: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const query = new URLSearchParams({ start_time: start, end_time: end, bucket_width: 'hour' });
    query.append('breakdown_type', 'api_key');
    query.append('breakdown_type', 'model');
    query.append('page_size', String(bucketPage));
    if (token !== null) query.append('next_page_token', token);
    const url = `${connection.baseUrl}/v1/usage?${query.toString()}`;
    const answer: UsageBuckets = await client.read('usage', context, connection, { method: 'GET', url }, UsageBuckets);
    for (const { starting_at: startingAt, results } of answer.data)
      for (const { minutes_used: minutes, api_key: apiKey, model } of results)
        uses.push({ startsAt: Date.parse(startingAt), minutes, apiKey: apiKey ?? null, model: model ?? null });
    const next: string | null = answer.next_page_token ?? null;
    if (next === null || next === '' || next === token) break;
    token = next;
  }
  return uses;
};
