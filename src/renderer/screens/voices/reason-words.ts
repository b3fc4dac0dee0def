import { wordsOf } from '../../words/words.ts';
import { genderWords, labelWords, languageName } from './voice-words.ts';

/** The engine tells in English what two voices share, `same language (en-US)`; here it is said in the studio's language. */
export const reasonWords = (reason: string): string => {
  const t = wordsOf('voices');
  const [, what = reason, value = ''] = /^([^(]+?)(?: \((.*)\))?$/.exec(reason) ?? [];
  if (what === 'same language') return t('reasonLanguage', { value: languageName(value) });
  if (what === 'same gender') return t('reasonGender', { value: genderWords(value) });
  if (what === 'same accent') return t('reasonAccent', { value: labelWords(value) });
  if (what === 'same age') return t('reasonAge', { value: labelWords(value) });
  if (what === 'for the same use') return t('reasonUse', { value: labelWords(value) });
  if (what === 'same style') return t('reasonStyle', { value: labelWords(value) });
  if (what === 'speaks with the same model') return t('reasonModel', { value });
  if (what === 'in the same workspace') return t('reasonWorkspace');
  if (what === 'costs less') return t('reasonCheaper');
  if (what === 'free') return t('free');
  return what === 'a favourite' ? t('reasonFavourite') : reason;
};
