/** Searching the texts of scripts: from what a person typed to an expression, and from offsets to rows and columns. */
import type { MatchTask } from '../ports.ts';

export interface Wanted {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
}

const inWord = '[\\p{L}\\p{M}\\p{N}_]';

/** A word is whole where no letter, mark or digit of any script stands beside it. */
export const matchTask = (
  { text, matchCase, wholeWord, regex }: Wanted,
  texts: readonly string[],
  replacement: string | null,
): MatchTask => {
  const body = regex
    ? text
    : text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, (sign) => (sign === '-' ? '\\x2d' : `\\${sign}`));
  return {
    texts,
    pattern: wholeWord ? `(?<!${inWord})(?:${body})(?!${inWord})` : body,
    flags: matchCase ? 'u' : 'iu',
    replacement: replacement === null || regex ? replacement : replacement.replaceAll('$', '$$$$'),
  };
};

export interface Place {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  /** The row. */
  readonly text: string;
}

/** `places` as `[from, to, ...]` in ascending order; rows end as the script format has it. */
export const placesIn = (source: string, places: readonly number[], most: number): readonly Place[] => {
  const found: Place[] = [];
  const lineEnds = /\r\n?|\n/gu;
  let line = 1;
  let start = source.startsWith('\uFEFF') ? 1 : 0;
  let next = lineEnds.exec(source);
  for (let at = 0; at + 1 < places.length && found.length < most; at += 2) {
    const from = places[at] ?? 0;
    const to = places[at + 1] ?? 0;
    while (next !== null && next.index < from) {
      line += 1;
      start = next.index + next[0].length;
      next = lineEnds.exec(source);
    }
    const row = source.slice(start, next?.index ?? source.length);
    found.push({ line, column: from - start + 1, endColumn: to - start + 1, text: row });
  }
  return found;
};
