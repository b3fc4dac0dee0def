import type { ReactNode } from 'react';
import type { Place, Range } from './selection.ts';

export interface GridColumn {
  readonly id: string;
  readonly title: string;
  /** Keeps the title for screen readers only. */
  readonly titleHidden?: true;
  /** In CSS px. */
  readonly width: number;
  /** Stays where it is while the others scroll sideways. Such columns come first. */
  readonly frozen?: true;
  /** Its cells name their rows for screen readers. */
  readonly namesRow?: true;
  readonly editable?: true;
  readonly align?: 'end';
  /** Absent: the column cannot be sorted by. */
  readonly sort?: 'ascending' | 'descending' | 'none';
  readonly resizable?: true;
  /** Beside the title, such as a menu. */
  readonly extra?: ReactNode;
}

export interface CellNote {
  readonly severity: 'error' | 'warning' | 'notice';
  /** Fits into the cell. */
  readonly short: string;
  readonly words: string;
}

export interface CellChange {
  readonly row: number;
  readonly column: string;
  readonly value: string;
}
export type ChangeKind = 'typed' | 'cleared' | 'filled';

export interface GridWords {
  /** `city, leeds: Leeds` for the cell that has the focus. */
  readonly cell: (values: { readonly column: string; readonly row: string; readonly text: string }) => string;
  readonly empty: string;
  /** How to leave, read with the grid's name. */
  readonly hint: string;
}

export interface EditGridProps {
  readonly label: string;
  readonly words: GridWords;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  readonly rowKey: (row: number) => string;
  /** What a cell says: shown, copied, read out. */
  readonly text: (row: number, column: string) => string;
  /** Draws a cell that is more than text; undefined: its text. */
  readonly draw?: (row: number, column: string) => ReactNode | undefined;
  readonly note?: (row: number, column: string) => CellNote | null;
  readonly toneOf?: (row: number) => 'onAir' | undefined;
  readonly onChange: (changes: readonly CellChange[], kind: ChangeKind) => void;
  /** Cells to put in from this place on; may go beyond the last row. */
  readonly onPaste: (
    at: { readonly row: number; readonly column: string },
    cells: readonly (readonly string[])[],
  ) => void;
  /** Enter on a cell that is not edited. */
  readonly onOpen?: (row: number, column: string) => void;
  readonly onSort?: (column: string) => void;
  readonly onResize?: (column: string, width: number, isDone: boolean) => void;
  /** The range, and the cell in it that has the focus. Row -1 is the header. */
  readonly onSelect?: (range: Range, active: Place) => void;
}
