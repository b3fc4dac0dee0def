/**
 * Who speaks a row: `NAME (direction) {overrides}: text`.
 *
 * Ordinary text has colons too ("Remember: only today", "Open 9:00"), so a name is a speaker only when
 * it is in the cast (upper and lower case alike), or when it is written in capitals: it begins with an upper-case letter
 * of any script, goes on with upper-case letters, digits, spaces and _ - . ' & / #, is at most 40 characters long,
 * and its colon is followed by a space or by the end of the row. A row that would be taken for a speaker, a heading or a
 * note and is none begins with a backslash, which is not spoken.
 */
import { type Problem, problem } from './problem.ts';

export interface Piece {
  readonly kind: 'space' | 'name' | 'direction' | 'overrides' | 'colon' | 'backslash';
  readonly raw: string;
}
export interface Speaker {
  readonly character: string;
  readonly direction: string | null;
  /** As written, with its braces. */
  readonly overrides: string | null;
  /** Offset of the overrides in the row. */
  readonly overridesAt: number;
  readonly pieces: readonly Piece[];
  /** Offset in the row where the text begins. */
  readonly textAt: number;
}

const capitals = /^[\p{Lu}\p{Lt}][\p{Lu}\p{Lt}\p{M}\p{N} _.'’&/#-]{0,39}$/u;
const head = /^(\s*)([^\s:(){}][^:(){}]{0,79}?)(\s{0,40})(?=[:({])/u;
const colon = /:\s*/uy;

/** Offset behind the bracket that closes the one at `open`, or -1. Quoted text inside braces may hold braces. */
const closing = (text: string, open: number, pair: '()' | '{}'): number => {
  let depth = 0;
  let quote: string | null = null;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at];
    if (quote !== null) {
      if (char === '\\' && quote === '"') at += 1;
      else if (char === quote) quote = null;
    } else if (pair === '{}' && (char === '"' || (char === "'" && /[\s:{,]/u.test(text[at - 1] ?? ' ')))) quote = char;
    else if (char === pair[0]) depth += 1;
    else if (char === pair[1]) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
};

export interface SpeakerReading {
  readonly speaker: Speaker | null;
  readonly problems: readonly Problem[];
}

/** `characters`: the names of the cast by their lower-case form. */
export const readSpeaker = (row: string, line: number, characters: ReadonlyMap<string, string>): SpeakerReading => {
  const none = { speaker: null, problems: [] };
  const match = head.exec(row);
  if (match === null) return none;
  const [opening, before = '', written = '', after = ''] = match;
  const known = characters.get(written.toLowerCase());
  if (known === undefined && !capitals.test(written)) return none;
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], raw: string) => {
    if (raw !== '') pieces.push({ kind, raw });
  };
  const space = (at: number): number => {
    const raw = /^\s*/u.exec(row.slice(at))?.[0] ?? '';
    add('space', raw);
    return at + raw.length;
  };
  const unclosed = (at: number, code: string, message: string): SpeakerReading => ({
    speaker: null,
    problems:
      known !== undefined || row.includes(':', at)
        ? [problem('error', code, message, { line, column: at + 1, endColumn: row.length + 1 })]
        : [],
  });
  add('space', before);
  add('name', written);
  add('space', after);
  let at = opening.length;
  let direction: string | null = null;
  let overrides: string | null = null;
  let overridesAt = at;
  if (row[at] === '(') {
    const end = closing(row, at, '()');
    if (end === -1)
      return unclosed(at, 'direction_unclosed', `This direction is not closed. Write ${written} (direction): text.`);
    const raw = row.slice(at, end);
    direction = raw.slice(1, -1).trim() || null;
    add('direction', raw);
    at = space(end);
  }
  if (row[at] === '{' && row[at + 1] !== '{') {
    const end = closing(row, at, '{}');
    if (end === -1)
      return unclosed(at, 'overrides_unclosed', `These settings are not closed. Write ${written} {speed: 1.15}: text.`);
    overrides = row.slice(at, end);
    overridesAt = at;
    add('overrides', overrides);
    at = space(end);
  }
  colon.lastIndex = at;
  const sign = colon.exec(row)?.[0];
  if (sign === undefined) return none;
  if (known === undefined && sign === ':' && at + 1 < row.length) return none;
  add('colon', ':');
  add('space', sign.slice(1));
  const speaker = { character: known ?? written, direction, overrides, overridesAt, pieces, textAt: at + sign.length };
  return { speaker, problems: [] };
};
