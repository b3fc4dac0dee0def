/** Changes a table of variants step by step, and tells the steps that take each change back exactly. */
import { AppError } from '#contract/errors.ts';
import type { VariantOperation } from '#contract/methods/variant.ts';
import { cellOf, dropCell, freeName, nameColumnOf, speakerOf, type TableRow, withCell } from './table-cells.ts';

/** Rows by their place, from 0. */
export interface TableRows {
  count(): number;
  at(index: number): TableRow;
  put(index: number, row: TableRow): void;
  insert(index: number, rows: readonly TableRow[]): void;
  remove(index: number, count: number): void;
  /** `places[n]` is where the row at `n` goes. */
  reorder(places: readonly number[]): void;
  /** Places of the rows of this name. */
  called(name: string): readonly number[];
}
export interface TableDraft {
  readonly columns: readonly string[];
  readonly rows: TableRows;
}
export interface TableRules {
  /** Names of the script's variables. */
  readonly variables: readonly string[];
  readonly characters: readonly string[];
}
export interface PatchOutcome {
  readonly columns: readonly string[];
  readonly undo: readonly VariantOperation[];
  /** Places of rows with other cells, where no row moved. */
  readonly touched: ReadonlySet<number>;
  /** Rows came, went or moved, or columns changed. */
  readonly isReshaped: boolean;
}

type Step<T extends VariantOperation['type']> = Extract<VariantOperation, { type: T }>;

const kept = 'Nothing was changed.';
const refuse = (message: string): never => {
  throw new AppError('invalid_input', `${message} ${kept}`);
};

/** Throws `invalid_input` at the first step that does not fit; the caller's transaction then takes the earlier ones back. */
export const patchTable = (
  draft: TableDraft,
  operations: readonly VariantOperation[],
  { variables, characters }: TableRules,
): PatchOutcome => {
  const { rows } = draft;
  let columns = draft.columns;
  let isReshaped = false;
  const touched = new Set<number>();
  const undo: VariantOperation[] = [];
  const nameColumn = (): string | null => nameColumnOf(columns, variables);
  const rules = () => ({ nameColumn: nameColumn(), characters });

  const requireRow = (row: number, last = rows.count()): number =>
    row > last ? refuse(`There is no row ${row}; the table has ${rows.count()}.`) : row - 1;
  const requireColumn = (column: string): string =>
    columns.includes(column) ? column : refuse(`The table has no column "${column}".`);
  const requireFree = (column: string): string => {
    const title = column.trim();
    if (title === '') return refuse('A column needs a name.');
    const speaker = speakerOf(title)?.toLowerCase();
    const isThere = columns.some(
      (other) => other === title || (speaker !== undefined && speakerOf(other)?.toLowerCase() === speaker),
    );
    const isNameAgain = nameColumnOf([title], variables) !== null && nameColumn() !== null;
    return isThere || isNameAgain ? refuse(`The table has a column "${title}" already.`) : title;
  };
  const requireOther = (column: string): string =>
    column === nameColumn() ? refuse(`The column "${column}" names the rows; it stays as it is.`) : column;
  const cellsOf = (row: TableRow): Record<string, string> =>
    Object.fromEntries(columns.map((column) => [column, cellOf(row, column, nameColumn())] as const));

  const set = ({ row, column, value }: Step<'set'>): void => {
    const index = requireRow(row);
    requireColumn(column);
    const before = rows.at(index);
    const old = cellOf(before, column, nameColumn());
    const cell = value.trim();
    const isName = column === nameColumn();
    const next = isName && cell === '' ? freeName(row, (name) => rows.called(name).length > 0) : cell;
    undo.push({ type: 'set', row, column, value: old });
    if (next === old) return;
    // Two rows of one name are told of each other.
    if (isName) for (const name of [old, next]) for (const other of rows.called(name)) touched.add(other);
    rows.put(index, withCell(before, column, next, rules()));
    touched.add(index);
  };
  const insert = (step: Step<'insert'>): void => {
    const index = requireRow(step.row, rows.count() + 1);
    const titled = columns.length === 0 ? refuse('The table has no columns yet. Add one first.') : columns;
    const unknown = step.rows.flatMap((cells) => Object.keys(cells)).find((column) => !titled.includes(column));
    if (unknown !== undefined) refuse(`The table has no column "${unknown}".`);
    const name = nameColumn();
    const given = new Set(step.rows.flatMap((cells) => (name === null ? [] : (cells[name]?.trim() ?? []))));
    const added = step.rows.map((cells, at): TableRow => {
      let row: TableRow = { name: '', values: {}, voices: {} };
      for (const [column, value] of Object.entries(cells)) row = withCell(row, column, value.trim(), rules());
      if (row.name !== '') return row;
      const free = freeName(index + at + 1, (one) => given.has(one) || rows.called(one).length > 0);
      given.add(free);
      return { ...row, name: free };
    });
    rows.insert(index, added);
    isReshaped = true;
    undo.push({ type: 'remove', row: step.row, count: added.length });
  };
  const remove = ({ row, count }: Step<'remove'>): void => {
    const index = requireRow(row);
    requireRow(row + count - 1);
    const gone = Array.from({ length: count }, (_, at) => cellsOf(rows.at(index + at)));
    rows.remove(index, count);
    isReshaped = true;
    undo.push({ type: 'insert', row, rows: gone });
  };
  const reorder = (step: Step<'reorder'>): void => {
    const places = Array.from({ length: rows.count() }, () => -1);
    for (const [place, row] of step.rows.entries()) places[requireRow(row)] = place;
    if (step.rows.length !== rows.count() || places.includes(-1))
      refuse(`An order names each of the ${rows.count()} rows once.`);
    rows.reorder(places);
    isReshaped = true;
    undo.push({ type: 'reorder', rows: places.map((place) => place + 1) });
  };
  const insertColumn = ({ column, before, values = [] }: Step<'insert_column'>): void => {
    if (columns.length === 0) columns = [variables.includes('variant') ? 'Variant' : 'variant'];
    const title = requireFree(column);
    const at = before === null ? columns.length : columns.indexOf(requireColumn(before));
    if (values.length > rows.count()) refuse(`There are ${values.length} values for ${rows.count()} rows.`);
    columns = columns.toSpliced(at, 0, title);
    for (const [index, value] of values.entries()) {
      if (value.trim() !== '') rows.put(index, withCell(rows.at(index), title, value.trim(), rules()));
    }
    isReshaped = true;
    undo.push({ type: 'remove_column', column: title });
  };
  const removeColumn = ({ column }: Step<'remove_column'>): void => {
    requireOther(requireColumn(column));
    const name = nameColumn();
    const values: string[] = [];
    for (let index = 0; index < rows.count(); index += 1) {
      const row = rows.at(index);
      values.push(cellOf(row, column, name));
      if (values[index] !== '') rows.put(index, dropCell(row, column));
    }
    const at = columns.indexOf(column);
    columns = columns.toSpliced(at, 1);
    isReshaped = true;
    undo.push({ type: 'insert_column', column, before: columns[at] ?? null, values });
  };
  const renameColumn = ({ column, to }: Step<'rename_column'>): void => {
    requireOther(requireColumn(column));
    if (to.trim() === column) return;
    const title = requireFree(to);
    const name = nameColumn();
    for (let index = 0; index < rows.count(); index += 1) {
      const row = rows.at(index);
      const value = cellOf(row, column, name);
      if (value !== '') rows.put(index, withCell(dropCell(row, column), title, value, rules()));
    }
    columns = columns.map((one) => (one === column ? title : one));
    isReshaped = true;
    undo.push({ type: 'rename_column', column: title, to: column });
  };

  for (const step of operations) {
    if (step.type === 'set') set(step);
    else if (step.type === 'insert') insert(step);
    else if (step.type === 'remove') remove(step);
    else if (step.type === 'reorder') reorder(step);
    else if (step.type === 'insert_column') insertColumn(step);
    else if (step.type === 'remove_column') removeColumn(step);
    else renameColumn(step);
  }
  return { columns, undo: undo.toReversed(), touched, isReshaped };
};
