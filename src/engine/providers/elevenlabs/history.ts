/** The vendor's own list of what was made: pages of it, single items, and what an item means for a call of ours. */
import type { VoiceSettings } from '#contract/entities.ts';
import type { CallContext, VendorHistoryPage, VendorItem, VendorStatus } from '../provider.ts';
import type { ElevenLabsClient, Read } from './client.ts';
import { failDeleted } from './errors.ts';
import { HistoryItem, HistoryPage } from './schema.ts';
import type { Connection } from './settings.ts';
import { timingsOf } from './timed-audio.ts';

/** The vendor allows no more (OpenAPI file, `page_size`). */
const mostItems = 1000;

/**
 * Credits moved: the account's count before and after. Null where it is not told, and where the count fell: a new
 * period began in between, and the difference says nothing.
 */
export const creditsOfItem = (item: HistoryItem): number | null => {
  const from = item.character_count_change_from ?? null;
  const to = item.character_count_change_to ?? null;
  return from === null || to === null || to < from ? null : to - from;
};

/** A dialogue has its texts and voices apart; the item's own are then empty. */
export const textOfItem = (item: HistoryItem): string => {
  const text = item.text ?? '';
  if (text !== '') return text;
  return (item.dialogue ?? []).flatMap((line) => line.text ?? []).join('\n');
};

const flatSettings = (settings: HistoryItem['settings']): VoiceSettings =>
  Object.fromEntries(
    Object.entries(settings ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  );

/** Times in epoch ms, settings flat. */
export const toVendorItem = (item: HistoryItem): VendorItem => {
  const [speaker] = item.dialogue ?? [];
  return {
    vendorItemId: item.history_item_id,
    at: item.date_unix * 1000,
    requestId: item.request_id ?? null,
    voiceId: (item.voice_id ?? '') === '' ? (speaker?.voice_id ?? '') : (item.voice_id ?? ''),
    voiceName: item.voice_name ?? speaker?.voice_name ?? null,
    model: item.model_id ?? null,
    text: textOfItem(item),
    credits: creditsOfItem(item),
    source: item.source ?? null,
    state: item.state ?? 'created',
    format: item.output_format ?? item.content_type ?? null,
    settings: flatSettings(item.settings),
    timings: timingsOf(item.alignments),
  };
};

/** Parameters of a list; those that are null are left out. */
export const listHistory = (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  parameters: Readonly<Record<string, string | number | null>>,
): Promise<
  Read<{
    history: HistoryItem[];
    has_more?: boolean | null | undefined;
    last_history_item_id?: string | null | undefined;
  }>
> => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== null) query.set(name, String(value));
  return client.read('history', context, connection, `/v1/history?${query.toString()}`, HistoryPage);
};
/** Where the list goes on; null at its end. */
export const cursorAfter = (page: {
  readonly history: readonly HistoryItem[];
  readonly has_more?: boolean | null | undefined;
  readonly last_history_item_id?: string | null | undefined;
}): string | null => {
  const last = page.last_history_item_id ?? page.history.at(-1)?.history_item_id ?? null;
  return page.has_more === true && page.history.length > 0 ? last : null;
};

/** Newest first; at most 1,000 items. */
export const readHistoryPage = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  page: { readonly cursor: string | null; readonly limit: number; readonly fromAt?: number },
): Promise<VendorHistoryPage> => {
  const { value } = await listHistory(client, context, connection, {
    page_size: Math.min(mostItems, Math.max(1, Math.floor(page.limit))),
    start_after_history_item_id: page.cursor,
    date_after_unix: page.fromAt === undefined ? null : Math.floor(page.fromAt / 1000),
    sort_direction: 'desc',
  });
  return { items: value.history.map(toVendorItem), cursor: cursorAfter(value) };
};

const itemPath = (itemId: string): string => `/v1/history/${encodeURIComponent(itemId)}`;
/** With its alignments, which lists leave out. */
export const readItem = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  itemId: string,
): Promise<HistoryItem> => (await client.read('history', context, connection, itemPath(itemId), HistoryItem)).value;

/** The format after the `#` never leaves: it tells a later download how headerless samples are to be read. */
export const audioUrlOf = ({ baseUrl }: Connection, itemId: string, format: string | null): string =>
  `${baseUrl}${itemPath(itemId)}/audio${format === null ? '' : `#${format}`}`;
/** Empty where the address names none. */
export const formatInUrl = (audioUrl: string): string => URL.parse(audioUrl)?.hash.slice(1) ?? '';

/** What an item means for the call it came from. Throws where its audio was deleted. */
export const statusOfItem = (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  item: HistoryItem,
  format: string,
): Extract<VendorStatus, { kind: 'processing' | 'completed' }> => {
  const vendorId = item.history_item_id;
  const chargedCredits = creditsOfItem(item);
  if (item.state === 'deleted') throw failDeleted(client.failureOf('history', context));
  if (item.state === 'processing') return { kind: 'processing', vendorId, chargedCredits, retryAfterMs: null };
  return { kind: 'completed', vendorId, chargedCredits, audioUrl: audioUrlOf(connection, vendorId, format) };
};
