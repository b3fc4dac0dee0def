/**
 * Cuts a text that is over a limit. The rules are our own and fixed, not the platform's segmenter: another version of
 * it would cut elsewhere, and parts that are already paid for would be bought again.
 */
import { codePoints } from './spoken-text.ts';

const sentenceEnd = /[.!?…]+["'”’»)\]]*\s+|[。！？]+[”’」』）]*/gu;
const clauseEnd = /[,;:–—]+["'”’»)\]]*\s+|\s[–—-]\s+|[，、；：]/gu;
const wordEnd = /\s+/gu;

export type SplitAt = 'sentences' | 'clauses' | 'words' | 'characters';
const coarseness: readonly SplitAt[] = ['sentences', 'clauses', 'words', 'characters'];

/** Offset in UTF-16 units behind `count` code points. */
const offsetOf = (text: string, count: number): number => {
  let at = 0;
  for (let done = 0; done < count && at < text.length; done += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
};

const lastEnd = (pattern: RegExp, window: string, from: number, until: number): number => {
  let found = -1;
  for (const match of window.matchAll(pattern)) {
    // The space at a cut is dropped, so it may stand beyond the limit.
    const end = match.index + match[0].trimEnd().length;
    if (end > from && end <= until) found = match.index + match[0].length;
  }
  return found;
};

const joinsBefore = /^(?:\p{M}|\u200D|[\u{1F3FB}-\u{1F3FF}])/u;

/** Never between a letter and its marks, nor inside a joined emoji, unless it alone is over the limit. */
const hardCut = (text: string, until: number): number => {
  let at = until;
  while (at > 0 && (joinsBefore.test(text.slice(at, at + 2)) || text[at - 1] === '\u200D')) {
    at -= /[\uDC00-\uDFFF]/.test(text[at - 1] ?? '') ? 2 : 1;
  }
  return at > 0 ? at : until;
};

/** Where to cut the head off a text that is too long. A sentence or clause that would fill under a quarter of the room is passed over. */
const cut = (text: string, limit: number): { readonly at: number; readonly by: SplitAt } => {
  const until = offsetOf(text, limit);
  const window = text.slice(0, until + 64);
  for (const [pattern, by] of [
    [sentenceEnd, 'sentences'],
    [clauseEnd, 'clauses'],
  ] as const) {
    const at = lastEnd(pattern, window, until / 4, until);
    if (at !== -1) return { at, by };
  }
  const at = lastEnd(wordEnd, window, 0, until);
  return at > 0 ? { at, by: 'words' } : { at: hardCut(text, until), by: 'characters' };
};

/** Pieces of at most `limit` code points (1 or more), cut at sentences, else clauses, else words, and the finest cut that was needed. */
export const splitText = (
  text: string,
  limit: number,
): { readonly pieces: readonly string[]; readonly by: SplitAt } => {
  const pieces: string[] = [];
  let rest = text;
  let by = 0;
  while (codePoints(rest) > limit) {
    const { at, by: needed } = cut(rest, limit);
    by = Math.max(by, coarseness.indexOf(needed));
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  if (rest !== '') pieces.push(rest);
  return { pieces, by: coarseness[by] ?? 'sentences' };
};
