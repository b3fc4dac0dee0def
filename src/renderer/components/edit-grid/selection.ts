/** Where the grid is looked at and what is chosen in it. Row -1 is the header. */
export interface Place {
  readonly row: number;
  readonly column: number;
}
export interface Selection {
  readonly active: Place;
  /** The other corner of the range. */
  readonly anchor: Place;
}
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const rangeOf = ({ active, anchor }: Selection): Range => ({
  top: Math.max(0, Math.min(active.row, anchor.row)),
  bottom: Math.max(active.row, anchor.row),
  left: Math.min(active.column, anchor.column),
  right: Math.max(active.column, anchor.column),
});

export const isIn = ({ top, bottom, left, right }: Range, row: number, column: number): boolean =>
  row >= top && row <= bottom && column >= left && column <= right;

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

export interface Size {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are in sight at once. */
  readonly page: number;
}

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Where a key leads from a place; null: it is no key for moving. Ctrl goes as far as there is. */
export const moveBy = ({ key, ctrlKey, metaKey }: Keys, { row, column }: Place, size: Size): Place | null => {
  const far = ctrlKey || metaKey;
  const rowsUp = far ? size.rows : 1;
  const to = (nextRow: number, nextColumn: number): Place => ({
    row: clamp(nextRow, -1, size.rows - 1),
    column: clamp(nextColumn, 0, size.columns - 1),
  });
  switch (key) {
    case 'ArrowDown':
      return to(far ? size.rows - 1 : row + 1, column);
    case 'ArrowUp':
      // From within the rows, as far as there is means the first row and not the header.
      return to(far && row > 0 ? 0 : row - rowsUp, column);
    case 'ArrowRight':
      return to(row, far ? size.columns - 1 : column + 1);
    case 'ArrowLeft':
      return to(row, far ? 0 : column - 1);
    case 'PageDown':
      return to(row + size.page, column);
    case 'PageUp':
      return to(Math.max(Math.min(row, 0), row - size.page), column);
    case 'Home':
      return to(far ? 0 : row, 0);
    case 'End':
      return to(far ? size.rows - 1 : row, size.columns - 1);
    default:
      return null;
  }
};

/** The next cell by Tab, from row to row; null past the ends, where Tab leaves the grid. */
export const tabTo = ({ row, column }: Place, back: boolean, size: Size): Place | null => {
  const next = row * size.columns + column + (back ? -1 : 1);
  return next < 0 || next >= size.rows * size.columns
    ? null
    : { row: Math.floor(next / size.columns), column: next % size.columns };
};
