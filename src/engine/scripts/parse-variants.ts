/** A table of variants out of a CSV file: one row is one version of the ad. */
import Papa from 'papaparse';
import type { Variant } from '#contract/entities.ts';
import { decodeText } from './decode-text.ts';
import { isVoiceReference } from './front-matter.ts';
import type { ScriptVariable } from './parsed-script.ts';
import { type Problem, problem } from './problem.ts';
import { limitProblems } from './problem-limit.ts';
import { nameTwice, valueMissing, voiceForm } from './table-problems.ts';
import { readColumns, type VariantColumn } from './variant-columns.ts';

export interface ParsedVariants {
  /** The header as typed, without the space around it. */
  readonly columns: readonly string[];
  readonly variants: readonly Variant[];
  /** `line` is the row of the table from 1, the header not counted; `column` the number of the column. */
  readonly problems: readonly Problem[];
}

const shownPerCode = 200;
const replacement = '\uFFFD';

/** The sign that separates the header most often, quoted text aside; a spreadsheet's `sep=;` row says it outright. */
const readDelimiter = (text: string): { readonly delimiter: string; readonly table: string } => {
  const declared = /^sep=([,;\t])\n/iu.exec(text);
  if (declared?.[1] !== undefined) return { delimiter: declared[1], table: text.slice(declared[0].length) };
  const header = (/^(?:"(?:[^"]|"")*"|[^"\n])*/u.exec(text.slice(0, 100_000))?.[0] ?? '').replaceAll(
    /"(?:[^"]|"")*"/gu,
    '',
  );
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }));
  const best = counts.toSorted((a, b) => b.count - a.count)[0];
  return { delimiter: best?.delimiter ?? ',', table: text };
};

type Report = (severity: Problem['severity'], code: string, message: string, column?: number) => void;

const checkWidth = (cells: readonly string[], columns: readonly VariantColumn[], row: number, report: Report) => {
  if (cells.length < columns.length) {
    report(
      'warning',
      'row_short',
      `Row ${row} has ${cells.length} cells, the header ${columns.length}; the others are taken as empty.`,
    );
  } else if (cells.slice(columns.length).some((cell) => cell !== '')) {
    const message = `Row ${row} has ${cells.length} cells, the header ${columns.length}. Put quotes around values that hold the separator.`;
    report('error', 'row_long', message, columns.length + 1);
  }
};

const readRow = (
  cells: readonly string[],
  columns: readonly VariantColumn[],
  variables: readonly ScriptVariable[],
  row: number,
  report: Report,
  problems: Problem[],
): Variant => {
  let name = '';
  const values: [string, string][] = [];
  const voices: [string, string][] = [];
  const places = new Map<string, number>();
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (column.kind === 'name') name = cell;
    else if (column.kind === 'value') {
      values.push([column.name, cell]);
      places.set(column.name, index);
    } else if (column.kind === 'voice' && cell !== '') {
      if (isVoiceReference(cell)) voices.push([column.character, cell]);
      else problems.push(voiceForm(row, cell, column.character, index + 1));
    } else if (column.kind === 'unnamed' && cell !== '') {
      report(
        'warning',
        'column_unnamed',
        `Row ${row} has "${cell}" in column ${index + 1}, which has no name; it is not used.`,
        index + 1,
      );
    }
  }
  for (const variable of variables) {
    const index = places.get(variable.name);
    if (index === undefined || variable.defaultValue !== null || (cells[index] ?? '') !== '') continue;
    problems.push(valueMissing(row, variable.name, index + 1));
  }
  const called = name === '' ? `row-${String(row).padStart(4, '0')}` : name;
  return { name: called, row, values: Object.fromEntries(values), voices: Object.fromEntries(voices) };
};

/** Row numbers of empty rows, folded into runs; the empty row that a final line end makes is none. */
const emptyRuns = (rows: readonly (readonly string[])[]): readonly { readonly from: number; readonly to: number }[] => {
  const runs: { from: number; to: number }[] = [];
  const isFinal = (row: number) => row === rows.length && rows[row - 1]?.length === 1;
  for (const [index, cells] of rows.entries()) {
    const row = index + 1;
    if (isFinal(row) || cells.some((cell) => cell !== '')) continue;
    const last = runs.at(-1);
    if (last?.to === row - 1) last.to = row;
    else runs.push({ from: row, to: row });
  }
  return runs;
};

const quoteProblem = (code: string, row: number): Problem =>
  code === 'MissingQuotes'
    ? problem(
        'error',
        'quote_unclosed',
        `A quote that opens in row ${row} is never closed, so the rows below it were swallowed. Close it, or write "" for a literal quote.`,
        { line: row },
      )
    : problem(
        'error',
        'quote_misplaced',
        `Row ${row} has a quote in the middle of a value. Put quotes around the whole value and write "" for a literal quote.`,
        { line: row },
      );

/**
 * Reads UTF-8 or UTF-16 bytes, or text; separators are comma, semicolon or tab. A column `variant` names the rows (without it
 * they are `row-0001` ...), `voice:CHARACTER` overrides a voice, every other column is a variable.
 */
export const parseVariants = (
  source: Uint8Array | string,
  variables: readonly ScriptVariable[],
  characters: readonly string[],
): ParsedVariants => {
  const decoded = decodeText(source);
  const { delimiter, table } = readDelimiter(decoded.text.replaceAll(/\r\n?/gu, '\n').replace(/^\n+/u, ''));
  if (table.trim() === '') {
    const message = 'The file is empty. Its first row names the columns: variant and the variables of the script.';
    return { columns: [], variants: [], problems: [problem('error', 'table_empty', message, { line: null })] };
  }
  const parsed = Papa.parse<string[]>(table, { delimiter, newline: '\n' });
  const [header = [], ...rows] = parsed.data.map((cells) => cells.map((cell) => cell.trim()));
  const read = readColumns(header, variables, characters);
  const problems: Problem[] = [...read.problems];
  for (const { code, row } of parsed.errors) {
    if (code === 'MissingQuotes' || code === 'InvalidQuotes') problems.push(quoteProblem(code, row ?? 0));
  }
  for (const { from, to } of emptyRuns(rows)) {
    const message =
      from === to ? `Row ${from} is empty and was left out.` : `Rows ${from} to ${to} are empty and were left out.`;
    problems.push(problem('warning', 'row_empty', message, { line: from }));
  }
  const variants: Variant[] = [];
  const rowOf = new Map<string, number>();
  for (const [index, cells] of rows.entries()) {
    const row = index + 1;
    if (cells.every((cell) => cell === '')) continue;
    const report: Report = (severity, code, message, column) =>
      problems.push(problem(severity, code, message, { line: row, column: column ?? null }));
    checkWidth(cells, read.columns, row, report);
    const unreadable = decoded.isClean ? -1 : cells.findIndex((cell) => cell.includes(replacement));
    if (unreadable !== -1) {
      report(
        'error',
        'encoding',
        `Row ${row} has characters that are not ${decoded.encoding.toUpperCase()}. Save the table as "CSV UTF-8" and import it again.`,
        unreadable + 1,
      );
    }
    const variant = readRow(cells, read.columns, variables, row, report, problems);
    const first = rowOf.get(variant.name);
    if (first === undefined) rowOf.set(variant.name, row);
    else problems.push(nameTwice(row, variant.name, first, null));
    variants.push(variant);
  }
  if (!decoded.isClean && !problems.some(({ code }) => code === 'encoding')) {
    problems.push(
      problem(
        'error',
        'encoding',
        'The header has characters that are not UTF-8. Save the table as "CSV UTF-8" and import it again.',
        { line: null },
      ),
    );
  }
  if (variants.length === 0)
    problems.push(
      problem('warning', 'table_without_rows', 'The table has a header and no rows below it.', { line: null }),
    );
  return { columns: header, variants, problems: limitProblems(problems, shownPerCode) };
};
