import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { type AfterEdit, CellInput } from './cell-input.tsx';
import styles from './edit-grid.module.css';
import type { Editing } from './use-edit-grid.ts';
import type { CellNote, GridColumn, GridWords } from './types.ts';

/** Where a column stands: frozen ones by their left edge, the first of the others by the room before it. */
export interface ColumnPlace {
  readonly left?: number;
  readonly marginLeft?: number;
}

/** One cell, or the field that it is typed into. The one with the focus says its column and row as well. */
export const GridCell = ({
  column,
  index,
  row,
  rowName,
  place,
  text,
  drawn,
  note,
  isActive,
  isChosen,
  isRange,
  editing,
  words,
  onDone,
  onCancel,
}: {
  readonly column: GridColumn;
  readonly index: number;
  readonly row: number;
  readonly rowName: string;
  readonly place: ColumnPlace;
  readonly text: string;
  readonly drawn: ReactNode | undefined;
  readonly note: CellNote | null;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  /** Of more cells than one. */
  readonly isRange: boolean;
  readonly editing: Editing | null;
  readonly words: GridWords;
  readonly onDone: (value: string, after: AfterEdit) => void;
  readonly onCancel: () => void;
}) => {
  const say = (said: string): string => words.cell({ column: column.title, row: rowName, text: said });
  const spoken = note === null ? say(text || words.empty) : `${say(text || words.empty)}. ${note.words}`;
  return (
    <div
      role={column.namesRow ? 'rowheader' : 'gridcell'}
      tabIndex={isActive ? 0 : -1}
      aria-colindex={index + 1}
      aria-selected={isChosen}
      aria-readonly={!column.editable}
      aria-invalid={note?.severity === 'error' || undefined}
      aria-label={isActive ? spoken : undefined}
      title={note?.words ?? (text.length > 12 ? text : undefined)}
      data-row={row}
      data-column={index}
      data-figures={column.align === 'end' || undefined}
      data-severity={note?.severity}
      className={cx(
        styles.cell,
        column.frozen && styles.frozen,
        column.align === 'end' && styles.end,
        isChosen && isRange && styles.chosen,
        isActive && styles.active,
      )}
      style={{ width: column.width, ...place }}
    >
      {isActive && editing !== null ? (
        <CellInput label={say('')} start={editing.start} mode={editing.mode} onDone={onDone} onCancel={onCancel} />
      ) : (
        (drawn ?? (
          <>
            <span dir="auto" className={styles.text}>
              {text}
            </span>
            {note !== null && <span className={styles.note}>{note.short}</span>}
          </>
        ))
      )}
    </div>
  );
};
