import type { ReactNode } from 'react';

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
