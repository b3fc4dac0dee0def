/** What a speech body must be, as the vendor's specification says it. */
import { z } from 'zod';
import { foreignVoice, languages, models } from './voices.ts';
import type { OwnVoice, Preset } from './voices.ts';

const between = (min: number, max: number) => z.number().min(min).max(max).optional();
const Order = z.object({
  text: z.string(),
  language: z.string(),
  style: z.string().optional(),
  model: z.string().default('sona_speech_1'),
  output_format: z.enum(['wav', 'mp3']).default('wav'),
  voice_settings: z
    .object({
      pitch_shift: between(-24, 24),
      pitch_variance: between(0, 2),
      speed: between(0.5, 2),
      duration: between(0, 60),
      similarity: between(1, 5),
      text_guidance: between(0, 4),
      subharmonic_amplitude_control: between(0, 2),
    })
    .optional(),
  include_phonemes: z.boolean().default(false),
  normalized_text: z.string().optional(),
});
export type Order = Omit<z.infer<typeof Order>, 'style'> & { readonly style: string };
export type Refusal = { readonly status: number; readonly message: string };

/** A voice of the account, with the combinations it has; null for a clone: it takes all. */
export const readOrder = (
  body: string,
  voiceId: string,
  presets: readonly Preset[],
  own: ReadonlyMap<string, OwnVoice>,
): Order | Refusal => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { status: 400, message: 'Invalid request data' };
  }
  const parsed = Order.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { status: 400, message: `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'is not valid'}` };
  }
  const order = parsed.data;
  if ([...order.text].length > 300)
    return { status: 400, message: 'text must be shorter than or equal to 300 characters' };
  if (!/[\p{L}\p{N}]/u.test(order.text)) return { status: 400, message: 'text must not be only blanks or punctuation' };
  if (!languages.has(order.language)) return { status: 400, message: 'language must be one of the supported codes' };
  if (!models.has(order.model)) return { status: 400, message: 'model must be one of the supported models' };
  if (voiceId === foreignVoice) return { status: 403, message: 'This voice belongs to another account' };
  if (own.has(voiceId)) return { ...order, style: order.style ?? 'neutral' };
  const preset = presets.find(({ voice_id }) => voice_id === voiceId);
  if (preset === undefined) return { status: 404, message: 'Voice not found' };
  const style = order.style ?? preset.styles[0] ?? 'neutral';
  if (!preset.styles.includes(style)) return { status: 400, message: `style ${style} is not supported by this voice` };
  if (!preset.models.includes(order.model))
    return { status: 400, message: `model ${order.model} is not supported by this voice` };
  if (!preset.language.includes(order.language))
    return { status: 400, message: `language ${order.language} is not supported by this voice` };
  return { ...order, style };
};
