/**
 * Reads what the vendor answers. Only the presence of an id, a status, an audio URL and a debit is documented, not
 * their names, so the reader takes every plausible spelling, at the top or inside `generation` or `data`.
 */
import type { VendorStatus } from '../provider.ts';

export type Fields = Readonly<Record<string, unknown>>;

export const idNames = ['id', 'generationId', 'generation_id'];
const urlNames = ['audioUrl', 'audio_url', 'url'];
// The exact names first: beside them a plain `credits` may be the balance that is left.
export const chargeNames = [
  'creditsCharged',
  'credits_charged',
  'chargedCredits',
  'charged_credits',
  'creditDebit',
  'credit_debit',
  'debit',
  'cost',
  'credits',
];
export const refundNames = [
  'creditsRefunded',
  'credits_refunded',
  'refundedCredits',
  'refunded_credits',
  'refund',
  'refunded',
];
const messageNames = [
  'message',
  'failureReason',
  'failure_reason',
  'errorMessage',
  'error_message',
  'reason',
  'detail',
  'error',
];

// By hand: it is asked of many values that are none, and building a refusal for each was a visible part of a line's cost.
export const asFields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

/** Null when the text is not a JSON object. */
export const parseFields = (text: string): Fields | null => {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return null;
  }
};

export const asText = (value: unknown): string | null => {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

// A debit may be written as a negative change of the balance; the amount is what counts.
export const asCredits = (value: unknown): number | null => {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof amount === 'number' && Number.isFinite(amount)) return Math.abs(amount);
  const inner = asFields(value);
  return inner === null ? null : asCredits(inner['amount'] ?? inner['credits']);
};

/** The first value that can be read under one of the names, layer by layer. */
export const first = <T>(
  layers: readonly Fields[],
  names: readonly string[],
  read: (value: unknown) => T | null,
): T | null => {
  for (const layer of layers)
    for (const name of names) {
      const found = read(layer[name]);
      if (found !== null) return found;
    }
  return null;
};

// A dot segment would change the path that is polled.
const asId = (value: unknown): string | null => {
  const id = asText(value);
  return id === null || id.length > 500 || id === '.' || id === '..' ? null : id;
};
const statusIn = (layer: Fields): string | null => asText(layer['status'])?.toUpperCase() ?? null;
const isDocumented = (status: string | null) =>
  status === 'PROCESSING' || status === 'COMPLETED' || status === 'FAILED';

/** The layers of an answer, the one that describes the generation first: an envelope may have an id and a status of its own. */
const layersOf = (root: Fields, wantedId: string | null): readonly Fields[] => {
  const inner = asFields(root['data']);
  const layers = [root, asFields(root['generation']), inner, asFields(inner?.['generation'])].filter(
    (layer) => layer !== null,
  );
  const rank = (layer: Fields): number => {
    const id = first([layer], idNames, asId);
    return (id !== null && id === wantedId ? 4 : 0) + (id === null ? 0 : 2) + (isDocumented(statusIn(layer)) ? 1 : 0);
  };
  return layers.toSorted((a, b) => rank(b) - rank(a));
};

const readUrl =
  (baseUrl: string) =>
  (value: unknown): string | null => {
    const text = asText(value);
    const url = text === null ? null : URL.parse(text, `${baseUrl}/`);
    return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
  };

const readRefund = (layers: readonly Fields[], charged: number | null): number | null => {
  const spoken = first(layers, refundNames, (value) => (typeof value === 'boolean' ? value : asCredits(value)));
  if (spoken === false) return 0;
  // "Credits are refunded" is documented for every failure, also where the answer does not repeat it.
  return spoken === null || spoken === true ? charged : spoken;
};

export interface StatusContext {
  /** Relative audio URLs are resolved against it. */
  readonly baseUrl: string;
  /** The id that was asked for; null for a new generation. */
  readonly wantedId: string | null;
  readonly retryAfterMs: number | null;
}

/**
 * Null when no id can be found. Statuses are read without regard to case. Anything but COMPLETED with a usable URL
 * and FAILED is `processing`: an unknown word, or COMPLETED before its URL is there, is asked about again.
 */
export const readStatus = (root: Fields, context: StatusContext): VendorStatus | null => {
  const layers = layersOf(root, context.wantedId);
  const vendorId = context.wantedId ?? first(layers, idNames, asId);
  if (vendorId === null) return null;
  const status = layers.map(statusIn).find((word) => word !== null) ?? null;
  const chargedCredits = first(layers, chargeNames, asCredits);
  const audioUrl = first(layers, urlNames, readUrl(context.baseUrl));
  if (status === 'FAILED')
    return {
      kind: 'failed',
      vendorId,
      chargedCredits,
      refundedCredits: readRefund(layers, chargedCredits),
      message: readComplaint(root).message ?? 'The vendor gave no reason.',
    };
  if (status === 'COMPLETED' && audioUrl !== null) return { kind: 'completed', vendorId, chargedCredits, audioUrl };
  return { kind: 'processing', vendorId, chargedCredits, retryAfterMs: context.retryAfterMs };
};

/** What an answer says went wrong. */
export interface Complaint {
  readonly code: string | null;
  readonly message: string | null;
}

/** Takes code, error, error.code and detail.code, and the message that stands beside them. */
export const readComplaint = (root: Fields | null): Complaint => {
  if (root === null) return { code: null, message: null };
  const list = Array.isArray(root['errors']) ? root['errors'] : [];
  const roots = [root, asFields(root['generation']), asFields(root['data'])].filter((layer) => layer !== null);
  const layers = [
    ...roots.flatMap((layer) => [asFields(layer['error']), asFields(layer['detail'])]),
    asFields(list[0]),
    ...roots,
  ].filter((layer) => layer !== null);
  // One word is a code, more are a sentence.
  const word = (value: unknown) => (typeof value === 'string' && /^[\w.:-]+$/.test(value.trim()) ? value.trim() : null);
  return {
    code: first(layers, ['code', 'errorCode', 'error_code', 'error', 'type'], word),
    message: first(layers, messageNames, (value) => (typeof value === 'string' ? asText(value) : null)),
  };
};
