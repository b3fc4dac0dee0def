/**
 * What the vendor answers, read leniently: unknown fields are left alone, enumerations are plain text, nothing but what
 * we need is required, and a field of the wrong type counts as absent. What is needed and missing is told by name.
 */
import { z } from 'zod';

const text = z.string().nullish().catch(null);
const texts = z
  .array(z.unknown())
  .nullish()
  .catch(null)
  .transform((list) => (list ?? []).filter((entry) => typeof entry === 'string'));
const needed = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
const amount = needed.nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const id = z.string().min(1);

export const Alignment = z.object({
  characters: z.array(z.string()),
  character_start_times_seconds: z.array(z.number()),
  character_end_times_seconds: z.array(z.number()),
});
const alignments = z.object({
  alignment: Alignment.nullish().catch(null),
  normalized_alignment: Alignment.nullish().catch(null),
});
export type Alignments = z.infer<typeof alignments>;
/** The rest of an answer with timestamps, without its audio. */
export const SpokenTimes = alignments;

export const FlowCreated = z.object({ id, status: text });
export const FlowState = z.object({
  id: text,
  status: z.string(),
  content_url: text,
  failure_reason: text,
  error_message: text,
});

export const HistoryItem = z.object({
  history_item_id: id,
  request_id: text,
  voice_id: text,
  voice_name: text,
  model_id: text,
  text,
  date_unix: needed,
  character_count_change_from: amount,
  character_count_change_to: amount,
  content_type: text,
  state: text,
  settings: z.record(z.string(), z.unknown()).nullish().catch(null),
  source: text,
  output_format: text,
  alignments: alignments.nullish().catch(null),
  dialogue: z
    .array(z.object({ text, voice_id: text, voice_name: text }))
    .nullish()
    .catch(null),
});
export type HistoryItem = z.infer<typeof HistoryItem>;
export const HistoryPage = z.object({ history: z.array(HistoryItem), has_more: flag, last_history_item_id: text });

const verified = z
  .array(z.object({ language: text, model_id: text, accent: text, locale: text, preview_url: text }))
  .nullish()
  .catch(null);
const labels = z.record(z.string(), z.unknown()).nullish().catch(null);
export const Voice = z.object({
  voice_id: id,
  name: text,
  category: text,
  description: text,
  labels,
  preview_url: text,
  high_quality_base_model_ids: texts,
  verified_languages: verified,
  is_owner: flag,
  sharing: z
    .object({ status: text, rate: amount, notice_period: amount, disable_at_unix: amount })
    .nullish()
    .catch(null),
});
export type Voice = z.infer<typeof Voice>;
export const VoicePage = z.object({ voices: z.array(Voice), has_more: flag, next_page_token: text });

export const LibraryPage = z.object({
  voices: z.array(
    z.object({
      public_owner_id: id,
      voice_id: id,
      name: text,
      description: text,
      language: text,
      accent: text,
      gender: text,
      age: text,
      category: text,
      use_case: text,
      rate: amount,
      notice_period: amount,
      preview_url: text,
    }),
  ),
  has_more: flag,
});
export const AddedVoice = z.object({ voice_id: id });

export const Model = z.object({
  model_id: id,
  name: text,
  description: text,
  can_do_text_to_speech: flag,
  can_use_style: flag,
  can_use_speaker_boost: flag,
  token_cost_factor: amount,
  maximum_text_length_per_request: amount,
  languages: z
    .array(z.object({ language_id: text }))
    .nullish()
    .catch(null),
  model_rates: z.object({ character_cost_multiplier: amount, cost_discount_multiplier: amount }).nullish().catch(null),
  concurrency_group: text,
});
export type Model = z.infer<typeof Model>;
export const ModelList = z.array(Model);

const invoice = z.object({
  amount_due_cents: amount,
  subtotal_cents: amount,
  tax_cents: amount,
  discounts: z
    .array(z.object({ discount_percent_off: amount, discount_amount_off: amount }))
    .nullish()
    .catch(null),
  next_payment_attempt_unix: amount,
  payment_intent_status: text,
  payment_intent_statusses: texts,
});
export type Invoice = z.infer<typeof invoice>;
/** Of the extended subscription; seed 004 and what was added since (VENDORS C.1). */
export const Account = z.object({
  tier: text,
  character_count: needed,
  character_limit: amount,
  max_credit_limit_extension: z
    .union([needed, z.literal('unlimited')])
    .nullish()
    .catch(null),
  can_extend_character_limit: flag,
  next_character_count_reset_unix: amount,
  voice_slots_used: amount,
  voice_limit: amount,
  professional_voice_slots_used: amount,
  professional_voice_slots_used_in_workspace: amount,
  professional_voice_limit: amount,
  voice_add_edit_counter: amount,
  max_voice_add_edits: amount,
  can_extend_voice_limit: flag,
  can_use_instant_voice_cloning: flag,
  can_use_professional_voice_cloning: flag,
  currency: text,
  // The amount is a decimal in text and stays one.
  current_overage: z
    .object({ amount: z.union([z.string(), z.number().transform(String)]), currency: z.string() })
    .nullish()
    .catch(null),
  status: text,
  billing_period: text,
  character_refresh_period: text,
  next_invoice: invoice.nullish().catch(null),
  open_invoices: z.array(invoice).nullish().catch(null),
  has_open_invoices: flag,
  pending_change: z
    .object({
      kind: text,
      next_tier: text,
      next_billing_period: text,
      timestamp_seconds: amount,
    })
    .nullish()
    .catch(null),
  has_used_starter_coupon_on_account: flag,
  has_used_creator_coupon_on_account: flag,
  is_eligible_for_starter_promo: flag,
});
export type Account = z.infer<typeof Account>;

/** A table whose columns are only known from the answer itself. */
export const AnalyticsTable = z.object({
  columns: z.array(z.string()),
  column_types: z.array(z.string().nullable().catch(null)).nullish().catch(null),
  column_units: z.array(z.string().nullable().catch(null)).nullish().catch(null),
  rows: z.array(z.array(z.unknown())),
});
export type AnalyticsTable = z.infer<typeof AnalyticsTable>;
export const CharacterStats = z.object({
  time: z.array(z.number()),
  usage: z.record(z.string(), z.array(z.number().nullable().catch(null))),
});
export type CharacterStats = z.infer<typeof CharacterStats>;

export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly fields: unknown }
  /** What is missing, as a path such as `voices[3].voice_id`; empty: it is not JSON at all. */
  | { readonly ok: false; readonly missing: string };

/** `fields` is the answer as it came, for what the schema does not name. */
export const readAnswer = <T>(schema: z.ZodType<T>, body: string): Reading<T> => {
  let fields: unknown;
  try {
    fields = JSON.parse(body);
  } catch {
    return { ok: false, missing: '' };
  }
  const parsed = schema.safeParse(fields);
  if (parsed.success) return { ok: true, value: parsed.data, fields };
  const path = parsed.error.issues[0]?.path ?? [];
  const missing = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return { ok: false, missing: missing.replace(/^\./, '') || 'an object' };
};
