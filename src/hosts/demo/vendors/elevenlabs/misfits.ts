/** Checks bodies and queries as the vendor's schema does, and complains in its words. */
import { z } from 'zod';
import type { Misfit } from './world.ts';
import { allFormats, formats } from './audio.ts';

const fraction01 = z.number().min(0).max(1).nullish();
const locators = z.array(z.object({ pronunciation_dictionary_id: z.string(), version_id: z.string().nullish() }));

export const SpeechBody = z.object({
  text: z.string(),
  model_id: z.string().default('eleven_multilingual_v2'),
  language_code: z.string().nullish(),
  voice_settings: z
    .object({
      stability: fraction01,
      similarity_boost: fraction01,
      style: z.number().nullish(),
      use_speaker_boost: z.boolean().nullish(),
      speed: z.number().nullish(),
    })
    .nullish(),
  pronunciation_dictionary_locators: locators.nullish(),
  seed: z.number().int().nullish(),
  previous_text: z.string().nullish(),
  next_text: z.string().nullish(),
  previous_request_ids: z.array(z.string()).nullish(),
  next_request_ids: z.array(z.string()).nullish(),
  use_pvc_as_ivc: z.boolean().default(false),
  apply_text_normalization: z.enum(['auto', 'on', 'off']).default('auto'),
  apply_language_text_normalization: z.boolean().default(false),
});
export type SpeechBody = z.infer<typeof SpeechBody>;

const speed = z.number().min(0.7).max(1.2).nullish();
const flow = {
  text: z.string(),
  voice: z.string(),
  output_format: z.enum(formats.mp3 as unknown as readonly [string, ...string[]]).default('mp3_44100_128'),
  pronunciation_dictionary_locators: z.array(locators.element.strict()).max(3).optional(),
  webhook: z.unknown().optional(),
};
export const FlowBody = z.discriminatedUnion('model_id', [
  z.strictObject({
    ...flow,
    model_id: z.literal('eleven_v3'),
    language_code: z.string().nullish(),
    voice_settings: z.strictObject({ stability: fraction01 }).nullish(),
  }),
  z.strictObject({
    ...flow,
    model_id: z.literal('eleven_multilingual_v2'),
    voice_settings: z
      .strictObject({
        stability: fraction01,
        similarity_boost: fraction01,
        style: fraction01,
        use_speaker_boost: z.boolean().nullish(),
        speed,
      })
      .nullish(),
  }),
  z.strictObject({
    ...flow,
    model_id: z.literal('eleven_flash_v2_5'),
    language_code: z.string().nullish(),
    voice_settings: z.strictObject({ stability: fraction01, similarity_boost: fraction01, speed }).nullish(),
  }),
]);

const kinds: Readonly<Record<string, string>> = {
  string: 'string_type',
  number: 'float_type',
  int: 'int_type',
  boolean: 'bool_type',
  array: 'list_type',
  object: 'dict_type',
};
const misfitOf = (issue: z.core.$ZodIssue, from: 'body' | 'query', whole: unknown): Misfit => {
  const loc = [from, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  const input = issue.path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    whole,
  );
  const say = (type: string, msg: string): Misfit => ({ loc, msg, type, ...(input === undefined ? {} : { input }) });
  if (input === undefined && issue.code !== 'unrecognized_keys') return say('missing', 'Field required');
  switch (issue.code) {
    case 'invalid_type':
      return say(kinds[issue.expected] ?? 'type_error', `Input should be a valid ${issue.expected}`);
    case 'too_small':
      return say('greater_than_equal', `Input should be greater than or equal to ${issue.minimum}`);
    case 'too_big':
      return say('less_than_equal', `Input should be less than or equal to ${issue.maximum}`);
    case 'unrecognized_keys':
      return { ...say('extra_forbidden', 'Extra inputs are not permitted'), loc: [...loc, ...issue.keys] };
    case 'invalid_value':
      return say('enum', `Input should be ${issue.values.map((value) => `'${String(value)}'`).join(' or ')}`);
    default:
      return say('value_error', issue.message);
  }
};
export type Checked<T> = { readonly value: T; readonly misfits: null } | { readonly misfits: readonly Misfit[] };

const check = <T>(schema: z.ZodType<T>, value: unknown, from: 'body' | 'query'): Checked<T> => {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { value: parsed.data, misfits: null }
    : { misfits: parsed.error.issues.map((issue) => misfitOf(issue, from, value)) };
};
export const checkBody = <T>(schema: z.ZodType<T>, text: string): Checked<T> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { misfits: [{ loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid' }] };
  }
  return check(schema, value, 'body');
};

/** Numbers and flags come as text. Repeated names become lists where the schema wants one. */
export const checkQuery = <T>(
  schema: z.ZodType<T>,
  query: URLSearchParams,
  lists: readonly string[] = [],
): Checked<T> => {
  const value: Record<string, unknown> = {};
  for (const name of new Set(query.keys())) {
    const texts = query.getAll(name);
    value[name] = lists.includes(name) ? texts : texts.at(-1);
  }
  return check(schema, value, 'query');
};
export const wholeText = z
  .string()
  .regex(/^-?\d+$/, 'Input should be a valid integer, unable to parse string as an integer')
  .transform(Number);
export const flagText = z
  .enum(['true', 'false', '1', '0', 'True', 'False'], 'Input should be a valid boolean, unable to interpret input')
  .transform((text) => text === 'true' || text === '1' || text === 'True');
export const formatText = z.string().refine((text) => allFormats.has(text), 'Input should be a valid output format');
