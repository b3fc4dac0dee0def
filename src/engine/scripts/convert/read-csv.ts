import Papa from 'papaparse';
import type { Draft } from './draft.ts';
import { readTable } from './read-table.ts';

export const readCsv = (text: string): Draft => {
  const parsed = Papa.parse<string[]>(text.replaceAll(/\r\n?/gu, '\n').replace(/^sep=.\n/u, ''), { newline: '\n' });
  const { rows, notes } = readTable(parsed.data);
  const broken = parsed.errors.filter(({ type }) => type === 'Quotes');
  return {
    title: null,
    language: null,
    rows,
    notes:
      broken.length === 0
        ? notes
        : [...notes, 'Some quotes in the file do not match; look for lines that swallowed their neighbours.'],
  };
};
