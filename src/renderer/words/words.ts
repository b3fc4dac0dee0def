/**
 * Every sentence the studio shows, by area and key. English is the source and always there; another language is a chunk
 * of its own. `{name}` is filled in; `_one` and `_other` follow `count`, which is written with the language's own digits.
 * Script text is never a key and never interpolated here: its `{{variables}}` belong to the engine.
 */
import { createInstance } from 'i18next';
import { en } from './en/index.ts';

type English = typeof en;
export type Area = keyof English;
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type Base<Key extends string> = Key extends `${infer Stem}_${PluralForm}` ? Stem : Key;
/** What a language's file must have: every English key. */
export type WordsOf<A extends Area> = Readonly<Record<keyof English[A], string>>;
export type AllWords = { readonly [A in Area]: WordsOf<A> };
export type WordKey<A extends Area> = Base<keyof English[A] & string>;
export type Values = Readonly<Record<string, string | number>>;
export type Translate<A extends Area> = (key: WordKey<A>, values?: Values) => string;

/** Languages by their BCP 47 tag, each named in itself. To add one: a folder like `de/`, and a line here. */
export const languages = {
  en: { name: 'English', locale: 'en-GB', load: async (): Promise<AllWords> => en },
  de: { name: 'Deutsch', locale: 'de-DE', load: async (): Promise<AllWords> => (await import('./de/index.ts')).de },
} as const;
export type Language = keyof typeof languages;
export const isLanguage = (value: unknown): value is Language => typeof value === 'string' && value in languages;

const instance = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  ns: Object.keys(en),
  resources: { en },
  keySeparator: false,
  initAsync: false,
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
});
void instance.init();

let numbersOf: { readonly locale: string; readonly format: Intl.NumberFormat } | undefined;
const numbers = (): Intl.NumberFormat => {
  const locale = currentLocale();
  if (numbersOf?.locale !== locale)
    numbersOf = { locale, format: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }) };
  return numbersOf.format;
};

export const currentLanguage = (): Language => (isLanguage(instance.language) ? instance.language : 'en');
export const currentLocale = (): string => languages[currentLanguage()].locale;

/** Loads a language and speaks it from then on; what is drawn already is drawn anew by the caller. */
export const speak = async (language: Language): Promise<void> => {
  if (!instance.hasResourceBundle(language, 'common')) {
    const words = await languages[language].load();
    for (const [area, entries] of Object.entries(words)) instance.addResourceBundle(language, area, entries);
  }
  await instance.changeLanguage(language);
};

/** The sentences of one area. Ask for it while drawing, so that a change of language reaches it. */
export const wordsOf = <A extends Area>(area: A): Translate<A> => {
  const translate = instance.getFixedT(null, area) as unknown as (key: string, options?: object) => string;
  return (key, values) => {
    if (values === undefined) return translate(key);
    const written = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' ? numbers().format(value) : value,
    ]);
    return translate(key, { count: values['count'], replace: Object.fromEntries(written) });
  };
};
