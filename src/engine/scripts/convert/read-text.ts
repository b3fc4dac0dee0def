import type { Draft } from './draft.ts';
import { readDialogue } from './read-dialogue.ts';

export const readPlainText = (text: string): Draft => {
  const rows = text
    .split(/\r\n?|\n/u)
    .map((row) => ({ kind: row.trim() === '' ? ('blank' as const) : ('text' as const), text: row }));
  return { title: null, language: null, ...readDialogue(rows) };
};
