/**
 * Looking for a call whose answer was lost (VENDORS C.10): free looks into the history. A call is known by its request id
 * where one was seen, else by its exact text, voice, model, settings and format, in a window of the vendor's own time.
 * Credits and the account's count are evidence for a person, never a verdict: the account is shared.
 */
import type { CallContext, Findings, LostCall, VendorItem } from '../provider.ts';
import { ProviderError } from '../provider.ts';
import type { ElevenLabsClient } from './client.ts';
import { cursorAfter, listHistory, statusOfItem, textOfItem, toVendorItem } from './history.ts';
import { isSameSpeech } from './same-text.ts';
import type { HistoryItem } from './schema.ts';
import type { Connection } from './settings.ts';
import { readSent, type Sent } from './speech-request.ts';
import { readUsedCredits } from './subscription.ts';

const beforeMs = 120_000;
/** Items may bear the time at which the work was over. */
const afterMs = 300_000;
const pageSize = 100;
const mostPages = 20;
const mostCandidates = 10;
/** Clocks that differ by less are within the window's own margins. */
const toleratedSkewMs = 60_000;
/** Numbers of settings come back rounded. */
const nearly = 0.005;

interface Window {
  /** Epoch ms by the vendor's clock. */
  readonly from: number;
  readonly to: number;
}

/** `skewMs`: the vendor's clock less ours. */
const windowOf = (lost: LostCall, { settings }: Connection, skewMs: number): Window => {
  const sentAt = lost.submittedAt + skewMs;
  return {
    from: sentAt - beforeMs,
    to: sentAt + Math.max(afterMs, settings.answerTimeoutSeconds * 1000 + 60_000),
  };
};

/** Names of settings that were sent otherwise than the item has them. What only one side tells contradicts nothing. */
const contradictions = (sent: Sent, item: HistoryItem): readonly string[] =>
  Object.entries(sent.voiceSettings).flatMap(([name, value]) => {
    const other = item.settings?.[name];
    if (other === undefined || other === null || value === null) return [];
    if (typeof value === 'number' && typeof other === 'number') return Math.abs(value - other) > nearly ? [name] : [];
    return value === other ? [] : [name];
  });

/** Why an item with this text is not the call; empty: it is. */
const doubts = (sent: Sent, item: HistoryItem): readonly string[] => {
  const settings = contradictions(sent, item);
  const { model_id: model, output_format: format, voice_id: voice } = item;
  return [
    ...((voice ?? '') !== '' && voice !== sent.voice ? ['another voice'] : []),
    ...(sent.model !== null && (model ?? '') !== '' && model !== sent.model ? [`another model (${model})`] : []),
    ...((format ?? '') !== '' && format !== sent.format ? [`another audio format (${format})`] : []),
    ...(settings.length > 0 ? [`other settings (${settings.join(', ')})`] : []),
    ...(item.state === 'deleted' ? ['deleted from the history, its audio is gone'] : []),
  ];
};

type Judgement =
  | { readonly kind: 'match' }
  | { readonly kind: 'candidate'; readonly note: string }
  | { readonly kind: 'other' };
const other: Judgement = { kind: 'other' };
const candidate = (note: string): Judgement => ({ kind: 'candidate', note });

const judge = (sent: Sent, lost: LostCall, item: HistoryItem): Judgement => {
  const text = textOfItem(item);
  const isExact = text === sent.text;
  if (lost.requestId !== null && (item.request_id ?? '') !== '') {
    if (item.request_id !== lost.requestId) return other;
    return item.state === 'deleted' ? candidate('the very call, but its audio was deleted') : { kind: 'match' };
  }
  const against = doubts(sent, item);
  if (isExact) return against.length === 0 ? { kind: 'match' } : candidate(`the same text, but ${against.join(', ')}`);
  return isSameSpeech(sent.text, text) && !against.includes('another voice')
    ? candidate(['the text is written differently', ...against].join(', '))
    : other;
};

interface Look {
  readonly items: readonly HistoryItem[];
  readonly window: Window;
  /** More pages than are read were there. */
  readonly isCut: boolean;
}

const readWindow = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  sent: Sent,
  lost: LostCall,
  now: () => number,
): Promise<Look> => {
  let skewMs = 0;
  for (let attempt = 0; ; attempt += 1) {
    const window = windowOf(lost, connection, skewMs);
    const query = {
      page_size: pageSize,
      // A known request id decides alone: the vendor may have put another voice in the place of one that is gone.
      voice_id: lost.requestId === null ? sent.voice : null,
      source: sent.route === 'flows' ? 'Flows' : 'TTS',
      date_after_unix: Math.floor(window.from / 1000),
      date_before_unix: Math.ceil(window.to / 1000),
      sort_direction: 'desc',
    } as const;
    const items: HistoryItem[] = [];
    let cursor: string | null = null;
    let isSkewed = false;
    for (let page = 0; page < mostPages; page += 1) {
      const read: Awaited<ReturnType<typeof listHistory>> = await listHistory(client, context, connection, {
        ...query,
        start_after_history_item_id: cursor,
      });
      const seen: number = read.vendorNow === null ? skewMs : read.vendorNow - now();
      if (attempt === 0 && Math.abs(seen - skewMs) > toleratedSkewMs) {
        skewMs = seen;
        isSkewed = true;
        break;
      }
      items.push(...read.value.history);
      cursor = cursorAfter(read.value);
      if (cursor === null) break;
    }
    if (!isSkewed) return { items, window, isCut: cursor !== null };
  }
};

const clockOf = (at: number): string => `${new Date(at).toISOString().slice(11, 19)} UTC`;
const balanceOf = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
): Promise<number | null> => {
  try {
    return await readUsedCredits(client, context, connection);
  } catch (error) {
    // One clue less; the history was read.
    if (error instanceof ProviderError) return null;
    throw error;
  }
};

/** Throws ProviderError; `history_unavailable` where the key may not look. `now` is our own clock, epoch ms. */
export const findCall = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
  lost: LostCall,
  now: () => number,
): Promise<Findings> => {
  if (connection.settings.zeroRetention) {
    return {
      kind: 'absent',
      message:
        'Zero retention is on for this workspace: the vendor keeps no history of its lines, so there is nothing to look in.',
      balanceNow: await balanceOf(client, context, connection),
      candidates: [],
    };
  }
  const sent = readSent(lost.request);
  const { items, window, isCut } = await readWindow(client, context, connection, sent, lost, now);
  const free = items.filter((item) => !lost.isTaken(item.history_item_id));
  const candidates: { readonly item: VendorItem; readonly note: string }[] = [];
  // Newest first as they came: of several the oldest one is taken, so that calls alike are matched in their order.
  const matches: HistoryItem[] = [];
  for (const item of free) {
    const judgement = judge(sent, lost, item);
    if (judgement.kind === 'match') matches.push(item);
    if (judgement.kind === 'candidate') candidates.push({ item: toVendorItem(item), note: judgement.note });
  }
  // A flow's id is not its item's: as many items of this text belong to our other flows, whichever they are.
  const listed = new Set(items.map(({ history_item_id: id }) => id));
  const isByFlow = sent.route === 'flows' && lost.requestId === null;
  const ofTwins = isByFlow ? lost.twinIds.filter((id) => !listed.has(id)).length : 0;
  // Dates are whole seconds: within one, the order of the list decides.
  const oldestFirst = matches.toReversed().toSorted((one, next) => one.date_unix - next.date_unix);
  const match = oldestFirst.length > ofTwins ? oldestFirst[0] : undefined;
  if (match !== undefined)
    return { kind: 'found', status: statusOfItem(client, context, connection, match, sent.format) };
  const taken = items.length - free.length;
  const also = taken === 0 ? '' : `, ${taken} of them known to belong to other lines`;
  const cut = isCut ? ` Only the newest ${items.length} were read.` : '';
  const where = lost.requestId === null ? 'of this voice ' : '';
  return {
    kind: 'absent',
    message: `The history from ${clockOf(window.from)} to ${clockOf(window.to)} holds ${items.length} ${items.length === 1 ? 'item' : 'items'} ${where}${also === '' ? '' : also.slice(2)}${also === '' ? '' : ' '}and not this line.${cut}`,
    balanceNow: await balanceOf(client, context, connection),
    candidates: candidates.slice(0, mostCandidates),
  };
};
