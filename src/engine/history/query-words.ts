/**
 * What a person typed into the search, as words. Nothing of it reaches the index as syntax: words are letters and digits
 * alone, everything else parts them. A word alone is a beginning; words in quotes stand side by side, as they are.
 */

export interface QueryWords {
  /** Beginnings of words, each of which must occur. */
  readonly beginnings: readonly string[];
  /** Whole words that must follow each other. */
  readonly phrases: readonly (readonly string[])[];
}

/** As the index (unicode61) sees it, near enough: without case and without marks. */
export const foldText = (text: string): string =>
  // Most texts have no marks to take away, and normalising is what takes the time.
  (/[^\u0000-\u007f]/.test(text) ? withoutMarks(text) : text).toLowerCase();
const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
export const wordsOf = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}\p{Co}]+/gu) ?? [];

export const parseQuery = (text: string): QueryWords => {
  const beginnings = new Set<string>();
  const phrases: string[][] = [];
  // A quote that is still open reaches to the end.
  for (const [typed, quoted] of text.matchAll(/"([^"]*)"?|[^\s"]+/g)) {
    if (quoted === undefined) for (const word of wordsOf(typed)) beginnings.add(word);
    else if (/[\p{L}\p{N}\p{Co}]/u.test(quoted)) phrases.push(wordsOf(quoted));
  }
  return { beginnings: [...beginnings], phrases };
};
export const isEmptyQuery = ({ beginnings, phrases }: QueryWords): boolean =>
  beginnings.length === 0 && phrases.length === 0;

/** What a row is found by, each column for itself. */
export type Columns = readonly (readonly string[])[];
const holdsPhrase = (words: readonly string[], phrase: readonly string[]): boolean => {
  const [first = ''] = phrase;
  for (let at = words.indexOf(first); at >= 0; at = words.indexOf(first, at + 1))
    if (phrase.every((word, index) => words[at + index] === word)) return true;
  return false;
};
/** Whether a row holds it all: the index knows no places of words, so phrases are looked for in the row. */
export const holdsAll = (columns: Columns, query: QueryWords): boolean =>
  query.phrases.every((phrase) => columns.some((words) => holdsPhrase(words, phrase))) &&
  query.beginnings.every((beginning) => columns.some((words) => words.some((word) => word.startsWith(beginning))));
