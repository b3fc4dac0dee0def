import type { Problem } from './problem.ts';
import type { ScriptToken } from './parsed-script.ts';
import type { Row } from './rows.ts';
import { readSpeaker, type Speaker } from './speaker.ts';
import { readText, type TextToken } from './text-tokens.ts';

const isHeading = (row: string): boolean => /^\s*#{1,6}(?:\s|$)/u.test(row);
const isNote = (row: string): boolean => /^\s*\/\//u.test(row);
const isRule = (row: string): boolean => /^\s*-{3,}\s*$/u.test(row);

export type BodyRow =
  | { readonly kind: 'blank' | 'heading' | 'note'; readonly tokens: readonly ScriptToken[] }
  | {
      readonly kind: 'text';
      readonly tokens: readonly ScriptToken[];
      readonly speaker: Speaker | null;
      readonly text: string;
      readonly textStart: number;
      readonly textTokens: readonly TextToken[];
      readonly problems: readonly Problem[];
    };

const readsAsOther = (row: string, characters: ReadonlyMap<string, string>): boolean => {
  if (isHeading(row) || isNote(row) || isRule(row)) return true;
  const { speaker, problems } = readSpeaker(row, 1, characters);
  return speaker !== null || problems.length > 0;
};

/** A backslash hides what follows from being read as a heading, a note, a rule or a speaker; else it is spoken text. */
const isHidden = (row: string, characters: ReadonlyMap<string, string>): boolean => {
  const backslashes = /^\s*(\\+)/u.exec(row);
  return backslashes !== null && readsAsOther(row.slice(backslashes[0].length), characters);
};

/** Whether a text, put into a row of its own, would be read as something else than that text. */
export const needsBackslash = (text: string, characters: ReadonlyMap<string, string>): boolean =>
  readsAsOther(text, characters) || isHidden(text, characters);

/** One row below the front matter; `line` counts from 1. */
export const parseRow = (row: Row, line: number, characters: ReadonlyMap<string, string>): BodyRow => {
  const end: ScriptToken[] =
    row.lineEnd === '' ? [] : [{ kind: 'lineEnd', start: row.start + row.text.length, raw: row.lineEnd }];
  const whole = (kind: 'space' | 'heading' | 'note'): ScriptToken[] =>
    row.text === '' ? end : [{ kind, start: row.start, raw: row.text }, ...end];
  if (row.text.trim() === '') return { kind: 'blank', tokens: whole('space') };
  if (isHeading(row.text)) return { kind: 'heading', tokens: whole('heading') };
  if (isNote(row.text) || isRule(row.text)) return { kind: 'note', tokens: whole('note') };

  const problems: Problem[] = [];
  const tokens: ScriptToken[] = [];
  let at = 0;
  const add = (kind: 'space' | 'name' | 'direction' | 'overrides' | 'colon' | 'backslash', raw: string) => {
    if (raw !== '') tokens.push({ kind, start: row.start + at, raw });
    at += raw.length;
  };
  const space = () => add('space', /^\s*/u.exec(row.text.slice(at))?.[0] ?? '');
  const isPlain = isHidden(row.text, characters);
  const reading = isPlain ? { speaker: null, problems: [] } : readSpeaker(row.text, line, characters);
  problems.push(...reading.problems);
  for (const piece of reading.speaker?.pieces ?? []) add(piece.kind, piece.raw);
  if (reading.speaker === null) space();
  if (isPlain) {
    add('backslash', '\\');
    space();
  }
  const text = row.text.slice(at).trimEnd();
  const textStart = row.start + at;
  const read = readText(text, { start: textStart, line, column: at + 1 });
  problems.push(...read.problems);
  tokens.push(...read.tokens);
  at += text.length;
  add('space', row.text.slice(at));
  tokens.push(...end);
  return { kind: 'text', tokens, speaker: reading.speaker, text, textStart, textTokens: read.tokens, problems };
};
