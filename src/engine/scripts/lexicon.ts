/** Says words differently: whole words of any script, the longest entry first, and never a replacement of a replacement. */
import type { z } from 'zod';
import type { LexiconChange as LexiconChangeShape, LexiconEntry } from '#contract/entities.ts';
import type { Pronunciation } from './phonemes.ts';

export type LexiconChange = z.infer<typeof LexiconChangeShape>;
export interface Lexicon {
  /**
   * `marked` is the text with a mark in place of each word that has phonemes, for `writePhonemes`; null: no such word is in
   * it, and `text` is what every model gets.
   */
  apply(text: string): {
    readonly text: string;
    readonly marked: string | null;
    readonly changes: readonly LexiconChange[];
  };
  /** What the marks stand for. */
  readonly marks: ReadonlyMap<string, Pronunciation>;
}

/** Marks are signs of a private plane that no text means anything by. */
const firstMark = 0xf0000;
const wordPart = /[\p{L}\p{M}\p{N}_]/u;
const firstChar = (text: string): string => String.fromCodePoint(text.codePointAt(0) ?? 0);
const lastChar = (text: string): string => Array.from(text.slice(-2)).at(-1) ?? '';
const plain = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();

interface Word {
  readonly word: string;
  readonly say: string;
  readonly caseSensitive: boolean;
  readonly folded: string;
  readonly precision: number;
  /** Null: no phonemes. */
  readonly mark: string | null;
}

/** An entry for `en` holds in an `en-US` script, not the other way round; one without a language holds everywhere. */
const holdsFor = (entry: LexiconEntry, language: string | null): boolean => {
  if (entry.language === null) return true;
  const own = entry.language.toLowerCase();
  const wanted = language?.toLowerCase() ?? '';
  return wanted === own || wanted.startsWith(`${own}-`);
};

const standsAlone = (text: string, at: number, word: string): boolean => {
  const before = lastChar(text.slice(Math.max(0, at - 2), at));
  const after = text.slice(at + word.length, at + word.length + 2);
  return (
    !(wordPart.test(firstChar(word)) && before !== '' && wordPart.test(before)) &&
    !(wordPart.test(lastChar(word)) && after !== '' && wordPart.test(firstChar(after)))
  );
};

/**
 * Of entries for the same word the one that keeps case wins, then the one with the closer language, then the first.
 * Texts are expected in NFC with single spaces, as expansion makes them.
 */
export const compileLexicon = (entries: readonly LexiconEntry[], language: string | null): Lexicon => {
  const marks = new Map<string, Pronunciation>();
  const words = entries
    .filter((entry) => holdsFor(entry, language) && plain(entry.word) !== '')
    .map((entry): Word => {
      const word = plain(entry.word);
      const precision = (entry.caseSensitive ? 1000 : 0) + (entry.language?.length ?? 0);
      const say = plain(entry.say);
      const phonemes = entry.phonemes ?? null;
      const mark = phonemes === null ? null : String.fromCodePoint(firstMark + marks.size);
      if (mark !== null && phonemes !== null) marks.set(mark, { word, say, phonemes });
      return { word, say, caseSensitive: entry.caseSensitive, folded: word.toLowerCase(), precision, mark };
    })
    .toSorted((a, b) => b.word.length - a.word.length || b.precision - a.precision);
  const byStart = Map.groupBy(words, ({ folded }) => firstChar(folded));
  if (words.length === 0) return { apply: (text) => ({ text, marked: null, changes: [] }), marks };

  const findAt = (text: string, at: number): Word | undefined =>
    byStart.get(firstChar(firstChar(text.slice(at, at + 2)).toLowerCase()))?.find(({ word, caseSensitive, folded }) => {
      const piece = text.slice(at, at + word.length);
      return (caseSensitive ? piece === word : piece.toLowerCase() === folded) && standsAlone(text, at, word);
    });

  return {
    marks,
    apply: (text) => {
      const changes = new Map<Word, number>();
      let spoken = '';
      let marked = '';
      let isMarked = false;
      let at = 0;
      while (at < text.length) {
        const found = findAt(text, at);
        if (found === undefined) {
          const char = firstChar(text.slice(at, at + 2));
          spoken += char;
          // A sign of the text that is a mark by accident would be read as a word.
          if (!marks.has(char)) marked += char;
          at += char.length;
          continue;
        }
        spoken += found.say;
        marked += found.mark ?? found.say;
        isMarked ||= found.mark !== null;
        at += found.word.length;
        changes.set(found, (changes.get(found) ?? 0) + 1);
      }
      return {
        text: spoken,
        marked: isMarked ? marked : null,
        changes: [...changes].map(([{ word, say }, count]) => ({ word, say, count })),
      };
    },
  };
};
