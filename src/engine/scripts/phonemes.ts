/**
 * Words with phonemes, written for one model. Until a text is cut at the model's limit they stand in it as marks, repeated to
 * the length of what will replace them: a tag is counted as it will be sent, and never cut in two.
 */
import type { Phonemes, TextRules } from '../providers/provider.ts';
import { codePoints } from './spoken-text.ts';
import type { Segment } from './spoken-segments.ts';

export interface Pronunciation {
  readonly word: string;
  /** For models without phonemes. */
  readonly say: string;
  readonly phonemes: Phonemes;
}

export interface Pronounced {
  readonly segments: readonly Segment[];
  /** The text as it is sent. */
  finish(text: string): string;
  /** The text as it is heard, for models that are told what was said before. */
  plain(text: string | undefined): string | undefined;
  /** The text was cut inside a tag, for want of a better place. */
  isTorn(text: string): boolean;
}

/** How an entry reaches a model: its tag, or null where the other spelling is said. */
export const writePhoneme = (
  { word, phonemes }: Pick<Pronunciation, 'word' | 'phonemes'>,
  markup: TextRules['phonemeMarkup'],
): string | null => markup?.(word, phonemes) ?? null;

const asTheyAre: Omit<Pronounced, 'segments'> = {
  finish: (text) => text,
  plain: (text) => text,
  isTorn: () => false,
};

/** `limit` in code points: a tag that is longer than that gives way to the other spelling. */
export const writePhonemes = (
  segments: readonly Segment[],
  marks: ReadonlyMap<string, Pronunciation>,
  markup: TextRules['phonemeMarkup'],
  limit: number,
): Pronounced => {
  if (markup === undefined || !segments.some(({ marked }) => marked !== undefined)) return { segments, ...asTheyAre };
  const runs = [...marks].map(([mark, one]) => {
    const tag = writePhoneme(one, markup);
    const written = tag === null || codePoints(tag) > limit ? one.say : tag;
    return { mark, say: one.say, written, run: mark.repeat(codePoints(written)), isTag: written === tag };
  });
  const put = (text: string, what: 'written' | 'say'): string =>
    runs.reduce((whole, one) => (whole.includes(one.mark) ? whole.replaceAll(one.run, () => one[what]) : whole), text);
  const spread = (marked: string): string =>
    runs.reduce(
      (text, { mark, run, say, isTag }) => (text.includes(mark) ? text.replaceAll(mark, isTag ? run : say) : text),
      marked,
    );
  return {
    segments: segments.map(({ text, marked, pauseMs }) => ({
      text: marked === undefined ? text : spread(marked),
      pauseMs,
    })),
    finish: (text) => put(text, 'written'),
    plain: (text) => (text === undefined ? undefined : put(text, 'say')),
    isTorn: (text) => {
      const finished = put(text, 'written');
      return runs.some(({ mark }) => finished.includes(mark));
    },
  };
};
