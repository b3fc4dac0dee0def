/** How long texts will last, learned from the takes of the library. */
import type { z } from 'zod';
import type { ProviderId, VariantForecast as VariantForecastShape, VoiceSettings } from '#contract/entities.ts';
import { spokenWords } from './spoken-words.ts';

export type VariantForecast = z.infer<typeof VariantForecastShape>;

/** What a library knows about one voice at normal speed. */
export interface VoiceRate {
  readonly words: number;
  readonly seconds: number;
  readonly takes: number;
  /** Sum of (seconds of a take / its words) squared, weighed by words: the spread comes from it. */
  readonly squares: number;
}
/** By `voiceKey`. */
export type VoiceRates = ReadonlyMap<string, VoiceRate>;

/** An unhurried announcer; says what is assumed before anything is learned. */
export const defaultWordsPerSecond = 2.5;
const unlearnedBandPercent = 20;
const leastBandPercent = 3;
/** Fewer takes than this say too little about a voice. */
const enoughTakes = 3;

export const voiceKey = (voice: {
  readonly provider: ProviderId;
  readonly voice: string;
  readonly model: string | null;
}): string => JSON.stringify([voice.provider, voice.voice, voice.model]);

/** `speed` as vendors take it: 2 is twice as fast. */
const speedOf = (settings: VoiceSettings): number => {
  const speed = Object.hasOwn(settings, 'speed') ? Number(settings['speed']) : 1;
  return Number.isFinite(speed) && speed > 0 ? speed : 1;
};

/** Adds takes one by one: the text, its settings and how long the audio is. */
export const createRateLearner = () => {
  const rates = new Map<string, VoiceRate>();
  return {
    add: (
      key: string,
      take: { readonly text: string; readonly settings: VoiceSettings; readonly seconds: number },
    ): void => {
      const words = spokenWords(take.text);
      if (words === 0 || !(take.seconds > 0)) return;
      const seconds = take.seconds * speedOf(take.settings);
      const known = rates.get(key) ?? { words: 0, seconds: 0, takes: 0, squares: 0 };
      rates.set(key, {
        words: known.words + words,
        seconds: known.seconds + seconds,
        takes: known.takes + 1,
        squares: known.squares + (seconds * seconds) / words,
      });
    },
    rates: (): VoiceRates => rates,
  };
};

export interface Prediction {
  readonly seconds: number;
  readonly bandPercent: number;
  /** Takes it was learned from; 0: the default was assumed. */
  readonly takes: number;
}
export interface Forecaster {
  /** Speech alone, without pauses. */
  predict(key: string, text: string, settings: VoiceSettings): Prediction;
}

/** Two standard deviations of the seconds per word, relative to their mean, in per cent. */
const bandOf = ({ words, seconds, takes, squares }: VoiceRate): number => {
  if (takes < enoughTakes) return unlearnedBandPercent;
  const mean = seconds / words;
  const variance = Math.max(0, squares / words - mean * mean);
  const percent = Math.ceil((200 * Math.sqrt(variance)) / mean);
  return Math.min(unlearnedBandPercent, Math.max(leastBandPercent, percent));
};

export const createForecaster = (rates: VoiceRates): Forecaster => ({
  predict: (key, text, settings) => {
    const rate = rates.get(key);
    const learned = rate !== undefined && rate.takes >= enoughTakes && rate.words > 0 ? rate : null;
    const wordsPerSecond = learned === null ? defaultWordsPerSecond : learned.words / learned.seconds;
    return {
      seconds: spokenWords(text) / (wordsPerSecond * speedOf(settings)),
      bandPercent: learned === null ? unlearnedBandPercent : bandOf(learned),
      takes: learned?.takes ?? 0,
    };
  },
});

const tenths = (seconds: number): number => Math.round(seconds * 10) / 10;

/** `speech` with its band on both sides, and silence that is exact. */
export const forecastVariant = (
  variant: string,
  spoken: { readonly speech: number; readonly margin: number; readonly silence: number },
  slotSeconds: number | null,
): VariantForecast => {
  const seconds = tenths(spoken.speech + spoken.silence);
  const lowSeconds = tenths(spoken.speech - spoken.margin + spoken.silence);
  const highSeconds = tenths(spoken.speech + spoken.margin + spoken.silence);
  const fit =
    slotSeconds === null
      ? null
      : highSeconds <= slotSeconds
        ? 'fits'
        : lowSeconds > slotSeconds
          ? 'overruns'
          : 'may_overrun';
  return { variant, seconds, lowSeconds, highSeconds, fit };
};
