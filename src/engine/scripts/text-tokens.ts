/**
 * The inside of a spoken line, cut into tokens that cover it without a gap:
 * `{{name}}`, `{{name|"default"}}`, `[pause 400ms]`, `[pause 0.5s]`, and the escapes `\{{` and `\[pause`.
 * What looks like one of them and is none stays text and is reported.
 */
import { type Problem, problem } from './problem.ts';

interface Piece {
  /** Offset in the script's source. */
  readonly start: number;
  readonly raw: string;
}
export type TextToken =
  | (Piece & { readonly kind: 'text' })
  /** Spoken as `text`, typed with a backslash before it. */
  | (Piece & { readonly kind: 'escape'; readonly text: string })
  | (Piece & { readonly kind: 'variable'; readonly name: string; readonly defaultValue: string | null })
  | (Piece & { readonly kind: 'pause'; readonly pauseMs: number });

/** Longest pause a script may ask for. */
const longestPauseMs = 60_000;

const marker = /\\\{\{|\\\[(?=\s*pause\b)|\{\{|\[\s*pause\b/giu;
const variable =
  /\{\{\s*([\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_ .-]*[\p{L}\p{M}\p{N}_])?)\s*(?:\|\s*"((?:[^"\\]|\\.)*)"\s*)?\}\}/uy;
const pause = /\[\s*pause\s+(\d{1,7}(?:[.,]\d{1,3})?)\s*(ms|s)\s*\]/iuy;

const matchAt = (pattern: RegExp, text: string, offset: number): RegExpExecArray | null => {
  pattern.lastIndex = offset;
  return pattern.exec(text);
};

interface Found {
  readonly token: TextToken | null;
  readonly problem: readonly [code: string, message: string] | null;
  readonly length: number;
}

const readVariable = (text: string, offset: number, start: number, isClosable: boolean): Found => {
  const match = matchAt(variable, text, offset);
  if (match !== null) {
    const [raw, name = '', quoted] = match;
    const defaultValue = quoted === undefined ? null : quoted.replaceAll(/\\(.)/gu, '$1');
    return { token: { kind: 'variable', start, raw, name, defaultValue }, problem: null, length: raw.length };
  }
  const end = isClosable ? text.indexOf('}}', offset) : -1;
  if (end === -1) {
    const message = 'This variable is not closed. Write {{name}}, or \\{{ for two literal braces.';
    return { token: null, problem: ['variable_unclosed', message], length: 2 };
  }
  const message = 'This is not a variable. Write {{name}} or {{name|"default"}}, or \\{{ for two literal braces.';
  return { token: null, problem: ['variable_syntax', message], length: end + 2 - offset };
};

const readPause = (text: string, offset: number, start: number): Found => {
  const match = matchAt(pause, text, offset);
  if (match === null) {
    const end = text.indexOf(']', offset);
    const message = 'This is not a pause. Write [pause 400ms] or [pause 0.5s], or \\[ for a literal bracket.';
    return {
      token: null,
      problem: ['pause_syntax', message],
      length: end === -1 ? text.length - offset : end + 1 - offset,
    };
  }
  const [raw, amount = '0', unit = 'ms'] = match;
  const pauseMs = Math.round(Number(amount.replace(',', '.')) * (unit.toLowerCase() === 's' ? 1000 : 1));
  if (pauseMs > longestPauseMs) {
    const message = `A pause may last ${longestPauseMs / 1000} s at most.`;
    return { token: null, problem: ['pause_too_long', message], length: raw.length };
  }
  return { token: { kind: 'pause', start, raw, pauseMs }, problem: null, length: raw.length };
};

/** `start` is the text's offset in the source, `line` and `column` its place there. */
export const readText = (
  text: string,
  place: { readonly start: number; readonly line: number; readonly column: number },
): { readonly tokens: readonly TextToken[]; readonly problems: readonly Problem[] } => {
  const tokens: TextToken[] = [];
  const problems: Problem[] = [];
  let textFrom = 0;
  let at = 0;
  const lastClosing = text.lastIndexOf('}}');
  const closeText = (until: number) => {
    if (until > textFrom)
      tokens.push({ kind: 'text', start: place.start + textFrom, raw: text.slice(textFrom, until) });
  };
  for (let match = matchAt(marker, text, at); match !== null; match = matchAt(marker, text, at)) {
    const start = place.start + match.index;
    if (match[0].startsWith('\\')) {
      closeText(match.index);
      tokens.push({ kind: 'escape', start, raw: match[0], text: match[0].slice(1) });
      at = textFrom = match.index + match[0].length;
      continue;
    }
    const found =
      match[0] === '{{'
        ? readVariable(text, match.index, start, match.index < lastClosing)
        : readPause(text, match.index, start);
    at = match.index + found.length;
    if (found.token !== null) {
      closeText(match.index);
      tokens.push(found.token);
      textFrom = at;
    }
    if (found.problem !== null) {
      const column = place.column + match.index;
      problems.push(problem('error', ...found.problem, { line: place.line, column, endColumn: column + found.length }));
    }
  }
  closeText(text.length);
  return { tokens, problems };
};
