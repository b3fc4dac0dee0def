/** What is said about a voice, in the studio's language. */
import type { Voice } from '#contract/voices.ts';
import { formatDate } from '../../components/credit-words.ts';
import { formatCredits } from '../../components/format.ts';
import type { FacetName } from '../../stores/voice-search.ts';
import type { Quote } from '../../stores/voice-sound.ts';
import { currentLocale, wordsOf } from '../../words/words.ts';

/** `German`; a tag that no list knows stays as it is. */
export const languageName = (tag: string): string => {
  try {
    return new Intl.DisplayNames([currentLocale()], { type: 'language' }).of(tag.replaceAll('_', '-')) ?? tag;
  } catch {
    return tag;
  }
};

export const genderWords = (gender: string): string => {
  const t = wordsOf('voices');
  if (gender === 'female') return t('female');
  if (gender === 'male') return t('male');
  return gender === 'neutral' ? t('neutral') : gender;
};

const ages: Readonly<Record<string, 'ageYoung' | 'ageMiddle' | 'ageOld'>> = {
  young: 'ageYoung',
  'middle aged': 'ageMiddle',
  'middle-aged': 'ageMiddle',
  old: 'ageOld',
};

/** A vendor's label, as a person would write it. */
export const labelWords = (label: string): string => {
  const plain = label.replaceAll('_', ' ');
  const age = ages[plain.toLowerCase()];
  return age === undefined ? plain : wordsOf('voices')(age);
};

export const facetTitle = (name: FacetName): string => wordsOf('voices')(`facet_${name}`);
export const facetValueWords = (name: FacetName, value: string): string => {
  const t = wordsOf('voices');
  if (name === 'language') return languageName(value);
  if (name === 'gender') return genderWords(value);
  if (name === 'workspace' || name === 'model') return value;
  if (name === 'price') {
    if (value === 'free') return t('priceFree');
    if (value === 'standard') return t('priceStandard');
    if (value === 'upTo2') return t('priceUpTo2');
    return value === 'over2' ? t('priceOver2') : t('priceUntold');
  }
  if (name === 'notice') {
    if (value === 'available') return t('noticeNone');
    if (value === 'period') return t('noticePeriod');
    return value === 'notice' ? t('noticeGiven') : t('noticeGone');
  }
  return labelWords(value);
};

/** How long a voice is still there; null where nothing is known against it. */
export const availabilityWords = ({
  availability,
  noticeEndsAt,
}: Pick<Voice, 'availability' | 'noticeEndsAt'>): string | null => {
  const t = wordsOf('voices');
  if (availability === 'available') return null;
  if (availability === 'gone') return t('gone');
  return noticeEndsAt === null ? t('leaving') : t('until', { date: formatDate(noticeEndsAt) });
};

/** `×2`; null at the model's own rate, or where it is not told. */
export const multiplierWords = ({ priceMultiplier }: Pick<Voice, 'priceMultiplier'>): string | null =>
  priceMultiplier === null || priceMultiplier === 1 ? null : `×${formatCredits(priceMultiplier)}`;

/** What stands on an audition's button; nothing is pressed before it is known whether it costs. */
export const priceWords = (quote: Quote | undefined, isFree: boolean): string => {
  const t = wordsOf('voices');
  if (quote?.owned === true) return t('owned');
  if (quote === undefined) return isFree ? t('free') : '…';
  if (quote.credits === null) return t('priceUnknown');
  if (quote.credits === 0) return isFree ? t('free') : t('onItsWay');
  return t('aboutCredits', { count: Math.ceil(quote.credits) });
};

/** To all its decimals: a tenth of a credit per character is a third of 0.3. */
export const exactNumber = (value: number): string =>
  new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 4 }).format(value);
export const rateWords = (creditsPerCharacter: number): string =>
  wordsOf('voices')('creditsPerCharacter', { count: creditsPerCharacter, rate: exactNumber(creditsPerCharacter) });
