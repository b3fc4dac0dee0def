/** Which voices come nearest to one that is gone, will go or costs too much, and what speaks for each. */
import type { Voice } from '#contract/voices.ts';
import { createFold, speaks } from './search.ts';

export interface SimilarVoice {
  readonly voice: Voice;
  readonly reasons: readonly string[];
}

/** What agreement is worth; disagreement about language or gender takes as much away, a listener hears it at once. */
const worth = {
  language: 30,
  gender: 20,
  accent: 10,
  age: 8,
  useCase: 8,
  style: 8,
  provider: 8,
  model: 6,
  workspace: 4,
};
const worthOfPrice = 5;
/** A replacement that will go as well is one only where nothing else is left. */
const priceOfNotice = 25;

const listed = (values: readonly string[]): string => values.slice(0, 3).join(', ');
const baseOf = (tag: string): string => tag.split(/[-_]/)[0] ?? '';
const priceOf = (voice: Voice): number => (voice.free ? 0 : (voice.priceMultiplier ?? 1));

type Fold = (label: string) => string;

/** The wanted voice's own language if the other speaks it, in that tongue at least. */
const sharedLanguage = (wanted: Voice, other: Voice, fold: Fold): string | null => {
  const own = wanted.language ?? wanted.languages[0] ?? null;
  return own !== null && (speaks(other, own, fold) || speaks(other, baseOf(own), fold)) ? own : null;
};

const compare = (
  wanted: Voice,
  other: Voice,
  fold: Fold,
): { readonly score: number; readonly reasons: readonly string[] } => {
  const reasons: string[] = [];
  let score = 0;
  const both = (
    own: string | null,
    its: string | null,
    points: number,
    words: (value: string) => string,
    against = 0,
  ): void => {
    if (own === null || its === null) return;
    if (fold(own) === fold(its)) {
      score += points;
      reasons.push(words(its));
    } else score -= against;
  };
  const some = (own: readonly string[], its: readonly string[], points: number, words: string): void => {
    const common = own.filter((value) => its.some((one) => fold(one) === fold(value)));
    if (common.length === 0) return;
    score += points;
    reasons.push(`${words} (${listed(common)})`);
  };
  const language = sharedLanguage(wanted, other, fold);
  if (language !== null) {
    score += worth.language;
    reasons.push(`same language (${language})`);
  } else if (wanted.language !== null && other.language !== null) score -= worth.language;
  both(wanted.gender, other.gender, worth.gender, (value) => `same gender (${value})`, worth.gender);
  both(wanted.accent, other.accent, worth.accent, (value) => `same accent (${value})`);
  both(wanted.age, other.age, worth.age, (value) => `same age (${value})`);
  some(wanted.useCases, other.useCases, worth.useCase, 'for the same use');
  some(wanted.styles, other.styles, worth.style, 'same style');
  if (wanted.provider === other.provider) {
    score += worth.provider;
    some(wanted.models, other.models, worth.model, 'speaks with the same model');
  }
  if (wanted.workspaceId === other.workspaceId) {
    score += worth.workspace;
    reasons.push('in the same workspace');
  }
  const difference = priceOf(other) - priceOf(wanted);
  if (difference < 0) reasons.push(other.free ? 'free' : 'costs less');
  score += difference > 0 ? -worthOfPrice : worthOfPrice;
  if (other.availability === 'notice') score -= priceOfNotice;
  if (other.favourite) reasons.push('a favourite');
  return { score, reasons };
};

/** Best first; voices that are gone, or with which nothing is shared, are left out. */
export const similarVoices = (wanted: Voice, voices: readonly Voice[], limit: number): SimilarVoice[] => {
  const fold = createFold();
  return voices
    .filter(
      (voice) =>
        voice.availability !== 'gone' &&
        !(voice.workspaceId === wanted.workspaceId && voice.voiceId === wanted.voiceId),
    )
    .map((voice) => ({ voice, ...compare(wanted, voice, fold) }))
    .filter(({ score, reasons }) => score > 0 && reasons.length > 0)
    .sort((a, b) => b.score - a.score || (b.voice.lastUsedAt ?? 0) - (a.voice.lastUsedAt ?? 0))
    .slice(0, limit)
    .map(({ voice, reasons }) => ({ voice, reasons }));
};
