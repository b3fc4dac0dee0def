import { AppError } from '#contract/errors.ts';
import { needsBackslash } from './parse-row.ts';
import { nameIndex, parseScript } from './parse-script.ts';

/**
 * Puts a new text into one spoken line and leaves every other byte. Line breaks in it become spaces; a text that would be
 * read as a speaker, a heading or a note gets a backslash before it. Throws `not_found` for a position without a line.
 */
export const editLine = (source: string, position: number, text: string): string => {
  const script = parseScript(source);
  const line = script.lines[position - 1];
  if (line === undefined) {
    const count = script.lines.length;
    throw new AppError(
      'not_found',
      `The script has no line ${position}; its lines are 1 to ${count}. Nothing was changed.`,
    );
  }
  const row = script.rows.find(({ kind, sourceLine }) => kind === 'spoken' && sourceLine === line.sourceLine);
  const backslash = row?.tokens.find(({ kind }) => kind === 'backslash');
  const hasSpeaker = row?.tokens.some(({ kind }) => kind === 'colon') ?? false;
  const clean = text.replaceAll(/\s*[\r\n]+\s*/gu, ' ').trim();
  const isPlain = hasSpeaker || !needsBackslash(clean, nameIndex(script.castNames));
  return `${source.slice(0, backslash?.start ?? line.textStart)}${isPlain ? '' : '\\'}${clean}${source.slice(line.textEnd)}`;
};
