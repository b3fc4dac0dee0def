/** The body of a speech call, and the audio in its answer: as bytes, or as Base64 inside JSON beside the phonemes. */
import type { SpeechRecipe } from '#contract/entities.ts';
import type { Timings } from '#contract/history.ts';
import type { HttpAnswer } from '../../ports.ts';
import type { ProviderError, VendorStatus } from '../provider.ts';
import { fromBase64 } from './base64.ts';
import { voiceSettings } from './models.ts';
import { readAnswer, SpeechWithTimes } from './schema.ts';

/**
 * The vendor insists on a language, and a recipe is all that may decide what is sent; so where neither line nor script
 * names one, it is English.
 */
const otherwiseLanguage = 'en';
/** A minute of 16-bit sound at 48 kHz is 8 MB of Base64. */
const jsonLimitBytes = 64_000_000;

const asNumber = (value: string | number | boolean): string | number | boolean =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;

/** The vendor's codes have no region: `en-US` is `en` there. */
const languageCode = (language: string | null): string =>
  language?.split(/[-_]/)[0]?.toLowerCase() || otherwiseLanguage;

/** What speech and prediction both take, in a fixed order. */
const common = (recipe: SpeechRecipe) => {
  const { settings } = recipe;
  const voiced = voiceSettings.flatMap((name) => {
    const value = settings[name];
    return value === undefined ? [] : [[name, asNumber(value)] as const];
  });
  const style = settings['style'];
  return {
    text: recipe.text,
    language: languageCode(recipe.language),
    ...(style === undefined || style === '' ? {} : { style: String(style) }),
    ...(recipe.model === null ? {} : { model: recipe.model }),
    output_format: recipe.format === 'mp3' ? 'mp3' : 'wav',
    ...(voiced.length === 0 ? {} : { voice_settings: Object.fromEntries(voiced) }),
  };
};

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

export const speechBody = (recipe: SpeechRecipe, withPhonemes: boolean): Uint8Array => {
  const normalized = recipe.settings['normalized_text'];
  return encode({
    ...common(recipe),
    ...(withPhonemes ? { include_phonemes: true } : {}),
    ...(normalized === undefined || normalized === '' ? {} : { normalized_text: String(normalized) }),
  });
};
export const predictionBody = (recipe: SpeechRecipe): Uint8Array => encode(common(recipe));

const timingsOf = (phonemes: SpeechWithTimes['phonemes']): Timings | null => {
  if (phonemes === null || phonemes === undefined) return null;
  const { symbols, start_times_seconds: starts, durations_seconds: durations } = phonemes;
  if (starts.length !== symbols.length || durations.length !== symbols.length) return null;
  return {
    unit: 'phonemes',
    symbols,
    startSeconds: starts,
    endSeconds: starts.map((start, index) => start + (durations[index] ?? 0)),
  };
};

/** Seconds of audio, which are what is charged; null when the header is absent or no number. */
export const audioSeconds = (headers: HttpAnswer['headers']): number | null => {
  const value = headers['x-audio-length']?.trim() ?? '';
  return /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
};

/** Null for an answer that is no speech, such as a web page. Nothing is read before the body is iterated. */
export const readSpeech = (
  answer: HttpAnswer,
  unreadable: (missing: string, body: string) => ProviderError,
): Extract<VendorStatus, { kind: 'audio' }> | null => {
  const type = (answer.headers['content-type'] ?? '').toLowerCase();
  const known = { kind: 'audio', vendorId: null, chargedCredits: audioSeconds(answer.headers) } as const;
  if (type === '' || type.startsWith('audio/') || type.startsWith('application/octet-stream'))
    return { ...known, body: answer.body };
  if (!type.includes('json')) return null;
  let timings: Timings | null = null;
  const decode = async function* (): AsyncGenerator<Uint8Array> {
    const text = await answer.text(jsonLimitBytes);
    const read = readAnswer(SpeechWithTimes, text);
    if (!read.ok) throw unreadable(read.missing, text);
    const bytes = fromBase64(read.value.audio_base64);
    if (bytes === null) throw unreadable('audio_base64', '');
    timings = timingsOf(read.value.phonemes);
    yield bytes;
  };
  return { ...known, body: decode(), timings: () => timings };
};
