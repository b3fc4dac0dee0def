/** Edits of the grid as changes of the table. The grid counts what it shows; the table counts its rows from 1. */
import type { VariantTable } from '#contract/entities.ts';
import type { VariantOperation } from '#contract/methods/variant.ts';

/** Cells pasted over what is shown; rows beyond it are added below the table. */
export const pasteOperations = (
  table: VariantTable,
  shown: readonly number[],
  editable: readonly string[],
  at: { readonly row: number; readonly column: string },
  cells: readonly (readonly string[])[],
): { readonly operations: readonly VariantOperation[]; readonly left: number } => {
  const from = editable.indexOf(at.column);
  const titles = editable.slice(from);
  const operations: VariantOperation[] = [];
  const added: Record<string, string>[] = [];
  for (const [index, row] of cells.entries()) {
    const target = shown[at.row + index];
    const values = row.slice(0, titles.length).map((value, column) => [titles[column] ?? '', value] as const);
    if (target === undefined) added.push(Object.fromEntries(values));
    else for (const [column, value] of values) operations.push({ type: 'set', row: target, column, value });
  }
  if (added.length > 0) operations.push({ type: 'insert', row: table.variants.length + 1, rows: added });
  const widest = Math.max(0, ...cells.map((row) => row.length));
  return { operations, left: Math.max(0, widest - titles.length) };
};

/** From the last to the first, so that no removal moves a row that is still to go. */
export const removeOperations = (rows: readonly number[]): readonly VariantOperation[] => {
  const sorted = [...new Set(rows)].toSorted((a, b) => b - a);
  const runs: { row: number; count: number }[] = [];
  for (const row of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last.row === row + 1) {
      last.row = row;
      last.count += 1;
    } else runs.push({ row, count: 1 });
  }
  return runs.map((run) => ({ type: 'remove', ...run }));
};
