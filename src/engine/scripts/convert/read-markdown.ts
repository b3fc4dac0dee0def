import type { Draft, DraftRow } from './draft.ts';
import { type DialogueRow, readDialogue } from './read-dialogue.ts';
import { readTable } from './read-table.ts';

/** Words without their marks: emphasis, code, links, images, escapes, HTML tags. */
export const withoutMarks = (text: string): string =>
  text
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/gu, '')
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/gu, '$1')
    .replaceAll(/<\/?[a-z][^<>]*>/giu, '')
    .replaceAll(/(\*\*\*|\*\*|\*|~~|`)(?=\S)(.+?)(?<=\S)\1/gu, '$2')
    .replaceAll(/(?<![\p{L}\p{N}_])(__|_)(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}_])/gu, '$2')
    .replaceAll(/\\([\\`*_{}[\]()#+.!|~<>-])/gu, '$1')
    .replaceAll(/&nbsp;/gu, ' ')
    .replaceAll(/&amp;/gu, '&');

const cells = (row: string): readonly string[] =>
  row
    .trim()
    .replace(/^\||\|$/gu, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => withoutMarks(cell.trim()));

export const readMarkdown = (source: string): Draft => {
  const text = source.replaceAll(/<!--([\s\S]*?)-->/gu, '');
  const rows = text.split(/\r\n?|\n/u);
  let title: string | null = null;
  let at = 0;
  const notes: string[] = [];
  if (/^---\s*$/u.test(rows[0] ?? '')) {
    const end = rows.findIndex((row, index) => index > 0 && /^(?:---|\.\.\.)\s*$/u.test(row));
    if (end > 0) {
      title =
        rows
          .slice(1, end)
          .map((row) => /^title\s*:\s*["']?(.+?)["']?\s*$/u.exec(row)?.[1])
          .find((found) => found !== undefined) ?? null;
      at = end + 1;
      notes.push('Of the metadata at the top only the title was taken.');
    }
  }
  const pieces: DialogueRow[] = [];
  const tables: DraftRow[] = [];
  let inCode = false;
  let code = 0;
  for (; at < rows.length; at += 1) {
    const row = rows[at] ?? '';
    if (/^\s*(?:```|~~~)/u.test(row)) {
      inCode = !inCode;
      if (inCode) code += 1;
      continue;
    }
    if (inCode) continue;
    if (/^\s*\|.*\|\s*$/u.test(row) && /^\s*\|?[\s:|-]+\|?\s*$/u.test(rows[at + 1] ?? '')) {
      const body: (readonly string[])[] = [cells(row)];
      at += 2;
      for (; /\|/u.test(rows[at] ?? ''); at += 1) body.push(cells(rows[at] ?? ''));
      at -= 1;
      const table = readTable(body);
      tables.push(...table.rows);
      notes.push(...table.notes);
      continue;
    }
    const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/u.exec(row);
    if (heading !== null) {
      const words = withoutMarks(heading[2] ?? '');
      if (title === null && heading[1] === '#') title = words;
      else pieces.push({ kind: 'heading', text: words });
    } else if (/^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)\s*$/u.test(row))
      pieces.push({ kind: 'blank', text: '' });
    else {
      const bare = withoutMarks(
        row.replace(/^\s*(?:>\s?)+/u, '').replace(/^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/u, ''),
      );
      pieces.push({ kind: bare.trim() === '' ? 'blank' : 'text', text: bare });
    }
  }
  if (code > 0) notes.push('Code blocks were left out.');
  const dialogue = readDialogue(pieces);
  return { title, language: null, rows: [...dialogue.rows, ...tables], notes: [...dialogue.notes, ...notes] };
};
