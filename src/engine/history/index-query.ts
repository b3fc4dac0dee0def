/** A search in the index's own terms. */
import { isSearchable, listTerms } from '../database/history-search.ts';
import type { ReadableDatabase } from '../ports.ts';
import { isEmptyQuery, type QueryWords } from './query-words.ts';

/** Words that are asked of the index; whoever pastes a whole text in gets the rest compared in the rows. */
const mostWords = 12;
/**
 * Words of the index that a beginning is written out to. The index reads all places of all words with a beginning before
 * it gives the first, 40 ms for a frequent one among a million entries, but those of words written out one by one as
 * they are needed.
 */
const mostTerms = 8;
/** Beginnings of these lengths have an index of their own. */
const hasOwnIndex = (length: number): boolean => length >= 2 && length <= 4;

const whole = (word: string): string => `"${word}"`;
const beginning = (database: ReadableDatabase, word: string): string => {
  const length = [...word].length;
  // A letter alone begins a tenth of all words there are; in scripts where a letter is a word it may begin longer ones.
  if (length === 1 && !/\p{Lo}/u.test(word)) return whole(word);
  if (hasOwnIndex(length)) return `${whole(word)}*`;
  const terms = listTerms(database, word, mostTerms + 1);
  return terms.length === 0 || terms.length > mostTerms ? `${whole(word)}*` : `(${terms.map(whole).join(' OR ')})`;
};

export interface IndexQuery {
  /** Null: everything. */
  readonly match: string | null;
  /** What each row is to be compared with; null: what the index gives is right. */
  readonly rest: QueryWords | null;
}
export const createIndexQuery = (database: ReadableDatabase, query: QueryWords): IndexQuery => {
  if (isEmptyQuery(query)) return { match: null, rest: null };
  const byLength = (words: readonly string[]): string[] => words.toSorted((a, b) => b.length - a.length);
  const inPhrases = byLength([...new Set(query.phrases.flat())]);
  const asked = [
    ...inPhrases.slice(0, mostWords).map(whole),
    ...byLength(query.beginnings)
      .slice(0, Math.max(0, mostWords - inPhrases.length))
      .map((word) => beginning(database, word)),
  ];
  const left = Math.max(0, inPhrases.length + query.beginnings.length - mostWords);
  const rest = query.phrases.some((phrase) => phrase.length > 1) || left > 0 ? query : null;
  const match = asked.join(' AND ');
  // The index parts some letters of rarer scripts, and then takes no word with one of them: such words are left to the rows.
  if (!/[^\u0000-\u024f]/.test(match) || isSearchable(database, match)) return { match, rest };
  const taken = asked.filter((word) => isSearchable(database, word));
  return { match: taken.length === 0 ? null : taken.join(' AND '), rest: query };
};
