/** What is wrong with a table of variants as it is now: worked out from its cells and the script, never stored. */
import { cellOf, nameColumnOf, speakerOf, type TableRow } from './table-cells.ts';
import { isVoiceReference } from './front-matter.ts';
import type { ScriptVariable } from './parsed-script.ts';
import { type Problem, problem } from './problem.ts';
import { limitProblems } from './problem-limit.ts';
import { readColumns } from './variant-columns.ts';

export interface TableScript {
  readonly variables: readonly ScriptVariable[];
  readonly characters: readonly string[];
}

/** Enough to mark every cell that a person looks at; further ones are counted. */
const shownPerCode = 1000;

export const valueMissing = (row: number, variable: string, column: number): Problem =>
  problem('error', 'value_missing', `Row ${row} has no value for "${variable}", and {{${variable}}} has no default.`, {
    line: row,
    column,
  });
export const voiceForm = (row: number, cell: string, character: string, column: number): Problem =>
  problem('error', 'voice_form', `Row ${row}: "${cell}" is no voice for ${character}. Write workspace/voice.`, {
    line: row,
    column,
  });
export const nameTwice = (row: number, name: string, first: number, column: number | null): Problem =>
  problem(
    'error',
    'variant_duplicate',
    `Row ${row} has the name "${name}" of row ${first}. Names are for one row each.`,
    { line: row, column },
  );

/** Looks at rows one by one; `row` counts from 1. Names are compared by the caller, who knows the others. */
export const createRowCheck = (columns: readonly string[], { variables }: TableScript) => {
  const nameColumn = nameColumnOf(
    columns,
    variables.map(({ name }) => name),
  );
  const needed = variables
    .filter(({ name, defaultValue }) => defaultValue === null && columns.includes(name))
    .map(({ name }) => ({ name, column: columns.indexOf(name) + 1 }));
  const voices = columns.flatMap((title, index) => {
    const speaker = title === nameColumn ? null : speakerOf(title);
    return speaker === null ? [] : [{ title, speaker, column: index + 1 }];
  });
  return {
    nameColumn: nameColumn === null ? null : columns.indexOf(nameColumn) + 1,
    check: (row: number, cells: TableRow): Problem[] => {
      const found: Problem[] = [];
      for (const { name, column } of needed)
        if (cellOf(cells, name, nameColumn).trim() === '') found.push(valueMissing(row, name, column));
      for (const { title, speaker, column } of voices) {
        const cell = cellOf(cells, title, nameColumn);
        if (cell !== '' && !isVoiceReference(cell)) found.push(voiceForm(row, cell, speaker, column));
      }
      return found;
    },
  };
};

/** Of the header alone. A table without columns has none: there is nothing to mend yet. */
export const headProblems = (columns: readonly string[], script: TableScript): readonly Problem[] =>
  columns.length === 0 ? [] : readColumns(columns, script.variables, script.characters).problems;

/** Of the whole table, the first thousand of each kind. `line` is the row, `column` the number of the column. */
export const tableProblems = (
  columns: readonly string[],
  rows: readonly TableRow[],
  script: TableScript,
): readonly Problem[] => {
  const { check, nameColumn } = createRowCheck(columns, script);
  const problems: Problem[] = [...headProblems(columns, script)];
  const first = new Map<string, number>();
  for (const [index, cells] of rows.entries()) {
    const row = index + 1;
    problems.push(...check(row, cells));
    const before = first.get(cells.name);
    if (before === undefined) first.set(cells.name, row);
    else problems.push(nameTwice(row, cells.name, before, nameColumn));
  }
  return limitProblems(problems, shownPerCode);
};
