/** Why a sound is heard before others, in the person's language. */
import type { ReviewItem, Risk } from '#contract/review.ts';
import type { Tone } from '../../components/badge.tsx';
import { wordsOf } from '../../words/words.ts';

type FoundRisk = ReviewItem['risks'][number];

const tones: Readonly<Record<Risk, Tone>> = {
  suspect: 'danger',
  over_slot: 'danger',
  longest: 'warning',
  shortest: 'warning',
  new_voice: 'cue',
  new_word: 'cue',
  loudness: 'warning',
  length: 'warning',
  client_rejected: 'danger',
};
export const toneOfRisk = (risk: Risk): Tone => tones[risk];
export const nameOfRisk = (risk: Risk): string => wordsOf('review')(`risk_${risk}`);

/** The engine's own words where this studio does not know the facts. */
export const sentenceOfRisk = ({ risk, words, facts }: FoundRisk): string => {
  const t = wordsOf('review');
  if (Object.keys(facts).length === 0) return words;
  const isSpot = (risk === 'longest' || risk === 'shortest') && 'variant' in facts;
  return isSpot ? t(`why_${risk}_spot`, facts) : t(`why_${risk}`, facts);
};
