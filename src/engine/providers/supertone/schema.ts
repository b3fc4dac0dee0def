/**
 * What the vendor answers, read leniently: unknown fields are left alone, nothing but what we need is required, and a
 * field of the wrong type counts as absent. What is missing and needed is told by name.
 */
import { z } from 'zod';

const text = z.string().nullish().catch(null);
const list = z.array(z.unknown()).transform((entries) => entries.filter((entry) => typeof entry === 'string'));
const texts = list
  .optional()
  .catch([])
  .transform((entries) => entries ?? []);
/** Also as text: a number's decimals are kept as they come. */
const amount = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const token = z
  .union([z.string(), z.number().transform(String)])
  .nullish()
  .catch(null);

export const Voice = z.object({
  voice_id: z.string().min(1),
  name: text,
  description: text,
  age: text,
  gender: text,
  use_case: text,
  use_cases: texts,
  language: z
    .union([list, z.string().transform((one) => [one])])
    .optional()
    .catch([]),
  styles: texts,
  models: texts,
  samples: z
    .array(z.object({ language: text, style: text, model: text, url: text }).nullable().catch(null))
    .nullish()
    .catch(null),
});
export type Voice = z.infer<typeof Voice>;
export const VoicePage = z.object({ items: z.array(Voice), next_page_token: token });

export const OwnVoicePage = z.object({
  items: z.array(z.object({ voice_id: z.string().min(1), name: text, description: text })),
  next_page_token: token,
});

/** The balance may be null: the vendor knows the account and tells no number. */
export const Balance = z.object({ balance: amount.nullable() });

export const VoiceUsage = z.object({
  usages: z.array(
    z.object({
      date: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
      voice_id: text,
      name: text,
      style: text,
      language: text,
      model: text,
      total_minutes_used: amount,
    }),
  ),
});

export type UsageBuckets = z.infer<typeof UsageBuckets>;
export const UsageBuckets = z.object({
  data: z.array(
    z.object({
      starting_at: z.string(),
      ending_at: text,
      results: z.array(z.object({ minutes_used: amount, api_key: text, model: text })).catch([]),
    }),
  ),
  next_page_token: token,
});

export const Prediction = z.object({ duration: amount.nullish() });

export type SpeechWithTimes = z.infer<typeof SpeechWithTimes>;
export const SpeechWithTimes = z.object({
  audio_base64: z.string(),
  phonemes: z
    .object({
      symbols: z.array(z.string()),
      start_times_seconds: z.array(z.number()),
      durations_seconds: z.array(z.number()),
    })
    .nullish()
    .catch(null),
});

export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  /** What is missing, as a path such as `usages[3].date`; empty: it is not JSON at all. */
  | { readonly ok: false; readonly missing: string };

export const readAnswer = <T>(schema: z.ZodType<T>, body: string): Reading<T> => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { ok: false, missing: '' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const path = parsed.error.issues[0]?.path ?? [];
  const missing = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return { ok: false, missing: missing.replace(/^\./, '') || 'an object' };
};

const words = z.union([z.string(), z.array(z.string()).transform((list) => list.join('; '))]);
/** The specification names the status `status_code` and its own examples write `statusCode`. */
const Complaint = z.object({
  message: z.union([
    words,
    z.object({
      message: words.nullish().catch(null),
      error: text,
      status_code: amount.nullish().catch(null),
      statusCode: amount.nullish().catch(null),
    }),
  ]),
});

export interface VendorWords {
  /** Null where an error has no body, a page, or a shape nobody documented. */
  readonly message: string | null;
  readonly status: number | null;
}

export const readComplaint = (body: string): VendorWords => {
  const read = readAnswer(Complaint, body);
  if (!read.ok) return { message: null, status: null };
  const { message } = read.value;
  if (typeof message === 'string') return { message: message.trim() || null, status: null };
  const said = (message.message ?? message.error ?? '').trim();
  return { message: said === '' ? null : said, status: message.status_code ?? message.statusCode ?? null };
};
