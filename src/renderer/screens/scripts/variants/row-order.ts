/** Which rows are shown, in what order. Typing into a cell moves no row: it is asked for anew when the view or the rows change. */
import type { VariantTable } from '#contract/entities.ts';
import type { VariantOutlook } from '#contract/methods/variant.ts';
import type { VariantView } from '../../../stores/variant-store.ts';
import { cellOf } from '../../../stores/variant-table.ts';

/** Columns that are worked out and not typed. */
export const ownColumns = { row: '#row', length: '#length', audio: '#audio' } as const;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const numberOf = (column: string, outlook: VariantOutlook | undefined): number | null => {
  if (column === ownColumns.length) return outlook === undefined ? -1 : (outlook.actualSeconds ?? outlook.seconds);
  if (column === ownColumns.audio) return outlook === undefined ? -1 : outlook.fresh * 1000 + outlook.open;
  return null;
};

/** Rows of the table, counted from 1. Empty cells stand last, whichever way. */
export const orderRows = (
  table: VariantTable,
  outlook: ReadonlyMap<number, VariantOutlook>,
  { filter, onlyProblems, sort }: VariantView,
  nameColumn: string | null,
): readonly number[] => {
  const wanted = filter.trim().toLowerCase();
  const troubled = new Set(onlyProblems ? table.problems.map(({ line }) => line) : []);
  const kept = table.variants.filter(
    (variant) =>
      (!onlyProblems || troubled.has(variant.row)) &&
      (wanted === '' ||
        table.columns.some((column) => cellOf(variant, column, nameColumn).toLowerCase().includes(wanted))),
  );
  if (sort === null || sort.column === ownColumns.row) {
    const rows = kept.map(({ row }) => row);
    return sort?.direction === 'descending' ? rows.reverse() : rows;
  }
  const { column } = sort;
  const turn = sort.direction === 'descending' ? -1 : 1;
  const keyed = kept.map((variant) => ({
    row: variant.row,
    number: numberOf(column, outlook.get(variant.row)),
    text: cellOf(variant, column, nameColumn),
  }));
  keyed.sort((a, b) => {
    if (a.number !== null && b.number !== null) return turn * (a.number - b.number) || a.row - b.row;
    if ((a.text === '') !== (b.text === '')) return a.text === '' ? 1 : -1;
    return turn * collator.compare(a.text, b.text) || a.row - b.row;
  });
  return keyed.map(({ row }) => row);
};
