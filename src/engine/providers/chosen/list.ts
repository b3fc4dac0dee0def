/**
 * The list of generations, where a vendor on this API has one: none is documented, so every plausible shape is taken.
 * What a generation itself looks like is read as in schema.ts.
 */
import { ProviderError } from '../provider.ts';
import type { CallContext, VendorHistoryPage, VendorItem } from '../provider.ts';
import type { ChosenClient } from './client.ts';
import { failUnreadable } from './map.ts';
import { asCredits, asFields, asText, chargeNames, first, idNames, refundNames } from './schema.ts';
import type { Fields } from './schema.ts';
import type { ChosenSettings, Connection } from './settings.ts';

const listNames = ['generations', 'items', 'results', 'history', 'data'];
const cursorNames = ['nextCursor', 'next_cursor', 'cursor', 'nextPageToken', 'next_page_token', 'next'];
const moreNames = ['hasMore', 'has_more'];
const timeNames = ['createdAt', 'created_at', 'created', 'timestamp', 'date', 'time'];
const voiceNames = ['voiceName', 'voice_name', 'voice'];
const voiceIdNames = ['voiceId', 'voice_id'];
const textNames = ['text', 'prompt', 'input', 'script'];
/** Epoch numbers below this are seconds: as ms they would lie in 1973. */
const smallestMs = 1e11;

/** Epoch ms from ISO text, or from seconds or ms as a number or text. */
const asTime = (value: unknown): number | null => {
  const text = asText(value);
  if (text === null) return null;
  const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const at = Number.isNaN(number) ? Date.parse(text) : number < smallestMs ? number * 1000 : number;
  return Number.isNaN(at) ? null : Math.round(at);
};
/** A voice may be its name or an object that has one. */
const asName = (value: unknown): string | null => {
  const inner = asFields(value);
  return inner === null ? asText(value) : first([inner], ['name', 'id'], asText);
};

type Missing = { readonly missing: string };

const readItem = (fields: Fields, settings: ChosenSettings, place: number): VendorItem | Missing => {
  const layers = [fields, asFields(fields['generation'])].filter((layer) => layer !== null);
  const vendorItemId = first(layers, idNames, asText);
  const at = first(layers, timeNames, asTime);
  if (vendorItemId === null) return { missing: `an id in entry ${place + 1}` };
  if (at === null) return { missing: `a time in entry ${place + 1}` };
  const name = first(layers, [settings.voiceField, ...voiceNames], asName);
  const voiceId = first(layers, voiceIdNames, asText) ?? name ?? '';
  const state = first(layers, ['status', 'state'], asText)?.toUpperCase() ?? 'UNKNOWN';
  const charged = first(layers, chargeNames, asCredits);
  // What failed is refunded, also where the list does not repeat it.
  const refunded = first(layers, refundNames, asCredits) ?? (state === 'FAILED' ? (charged ?? 0) : 0);
  return {
    vendorItemId,
    at,
    requestId: null,
    voiceId,
    voiceName: name,
    model: first(
      layers,
      [settings.modelField, 'model'].filter((field) => field !== ''),
      asText,
    ),
    text: first(layers, [settings.textField, ...textNames], asText) ?? '',
    credits: charged === null ? null : Math.max(0, charged - refunded),
    source: first(layers, ['source', 'type', 'product'], asText),
    state,
    format: first(
      layers,
      [settings.formatField, 'format'].filter((field) => field !== ''),
      asText,
    ),
    settings: {},
    timings: null,
  };
};

/** The page's own address: without a cursor its parameter is left out, since some servers refuse an empty one. */
const listUrl = ({ baseUrl, settings }: Connection, cursor: string | null, limit: number): string => {
  const path = settings.listPath.replaceAll('{limit}', () => String(limit));
  if (cursor !== null) return `${baseUrl}${path.replaceAll('{cursor}', () => encodeURIComponent(cursor))}`;
  const bare = path.replace(/[?&][^?&=]*=\{cursor\}/g, '').replaceAll('{cursor}', '');
  return `${baseUrl}${bare.includes('?') ? bare : bare.replace('&', '?')}`;
};

/** Some name the next page by its address: the cursor is the parameter that the setting has it in. */
const cursorOf = (value: string | null, listPath: string): string | null => {
  if (value === null || !value.includes('?')) return value;
  const parameter = /[?&]([^?&=]*)=\{cursor\}/.exec(listPath)?.[1];
  const url = URL.parse(value, 'https://list.invalid');
  return parameter === undefined || url === null ? null : url.searchParams.get(parameter);
};

/** Null when there is no list in the answer. */
const findList = (root: unknown): { readonly list: readonly unknown[]; readonly layers: readonly Fields[] } | null => {
  if (Array.isArray(root)) return { list: root, layers: [] };
  const top = asFields(root);
  if (top === null) return null;
  const inner = asFields(top['data']);
  const layers = [
    top,
    inner,
    ...['pagination', 'page', 'meta'].map((name) => asFields((inner ?? top)[name] ?? top[name])),
  ];
  const known = layers.filter((layer) => layer !== null);
  const list = first(known, listNames, (value) => (Array.isArray(value) ? (value as readonly unknown[]) : null));
  return list === null ? null : { list, layers: known };
};

/** Throws `history_unavailable` where the workspace names no list. */
export const readList = async (
  client: ChosenClient,
  context: CallContext,
  connection: Connection,
  page: { readonly cursor: string | null; readonly limit: number; readonly fromAt?: number },
): Promise<VendorHistoryPage> => {
  const { settings } = connection;
  const workspaceName = context.workspace.name;
  if (settings.listPath === '')
    throw new ProviderError(
      'history_unavailable',
      `"${workspaceName}" has no list of generations that can be read: the vendor documents none. What was rendered here stands in the history all the same, from our own ledger; what others made is shown in Workspace History on the vendor's web site. If your vendor has a list, name it in the setting listPath.`,
      { phase: 'connect', charged: 'no', disposition: 'permanent' },
    );
  const { text } = await client.exchange('list', context, connection, {
    method: 'GET',
    url: listUrl(connection, page.cursor, page.limit),
    headers: {},
    timeoutSeconds: settings.readTimeoutSeconds,
  });
  const unreadable = (missing?: string) =>
    failUnreadable({ call: 'list', workspaceName, vendorSays: null, ...(missing === undefined ? {} : { missing }) });
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    throw unreadable();
  }
  const found = findList(root);
  if (found === null) throw unreadable('a list of generations');
  const items = found.list.map((entry, place) => {
    const fields = asFields(entry);
    const item =
      fields === null ? { missing: `a generation in entry ${place + 1}` } : readItem(fields, settings, place);
    if ('missing' in item) throw unreadable(item.missing);
    return item;
  });
  const { fromAt } = page;
  const wanted = fromAt === undefined ? items : items.filter(({ at }) => at >= fromAt);
  const more = first(found.layers, moreNames, (value) => (typeof value === 'boolean' ? value : null));
  const next = cursorOf(first(found.layers, cursorNames, asText), settings.listPath);
  const isOver = more === false || items.length === 0 || wanted.length < items.length || next === page.cursor;
  const cursor = isOver || !settings.listPath.includes('{cursor}') ? null : next;
  return { items: wanted.toSorted((a, b) => b.at - a.at), cursor };
};
