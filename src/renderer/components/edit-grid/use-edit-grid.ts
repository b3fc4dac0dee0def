/** What the grid is looked at, chosen and typed with: the keys, the pointer and the clipboard of `EditGrid`. */
import { type ClipboardEvent, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { AfterEdit } from './cell-input.tsx';
import { readClipboard, writeHtml, writeTsv } from './clipboard.ts';
import { moveBy, type Place, rangeOf, type Selection, type Size, tabTo } from './selection.ts';
import type { CellChange, ChangeKind, EditGridProps } from './types.ts';

export interface Editing {
  readonly mode: 'type' | 'edit';
  readonly start: string;
}

const widthStep = 16;
export const leastWidth = 48;
const origin: Place = { row: 0, column: 0 };

const placeOf = ({ target }: { readonly target: EventTarget }): Place | null => {
  const cell = (target as HTMLElement).closest<HTMLElement>('[data-column]');
  return cell === null ? null : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
};

/** Not what a menu over the grid hears, nor what presses a button in a cell. */
const isForGrid = ({ target, key }: KeyboardEvent): boolean => {
  if (!(target instanceof HTMLElement) || target.closest('[data-row]') === null) return false;
  return !(target instanceof HTMLButtonElement && (key === 'Enter' || key === ' '));
};

export const useEditGrid = (props: EditGridProps, page: () => number) => {
  const { columns, rowCount, text, onChange, onPaste, onOpen, onSort, onResize, onSelect } = props;
  const [selection, setSelection] = useState<Selection>({ active: origin, anchor: origin });
  const [editing, setEditing] = useState<Editing | null>(null);
  /** Escape was pressed: the next Tab goes on to what stands behind the grid. */
  const leaves = useRef(false);
  /** The cell that is looked at next takes the focus once it is drawn. */
  const wantsFocus = useRef(false);
  const drags = useRef(false);

  // Rows and columns may go while a place in them is looked at.
  const inside = ({ row, column }: Place): Place => ({
    row: Math.min(row, rowCount - 1),
    column: Math.min(column, columns.length - 1),
  });
  const active = inside(selection.active);
  const anchor = inside(selection.anchor);
  const range = rangeOf({ active, anchor });
  const size = (): Size => ({ rows: rowCount, columns: columns.length, page: page() });
  const column = columns[active.column];
  const isEditable = column?.editable === true && active.row >= 0;
  const here = (): string => text(active.row, column?.id ?? '');

  const choose = (next: Selection): void => {
    leaves.current = false;
    wantsFocus.current = true;
    setEditing(null);
    setSelection(next);
    onSelect?.(rangeOf(next), next.active);
  };
  const select = (to: Place, widen = false): void =>
    choose({ active: to, anchor: widen ? { ...anchor, row: Math.max(0, anchor.row) } : to });

  const rowsChosen = (): readonly number[] =>
    Array.from({ length: range.bottom - range.top + 1 }, (_, at) => range.top + at);
  const change = (kind: ChangeKind, value: (row: number, column: string) => string): void => {
    const ids = columns.slice(range.left, range.right + 1).flatMap(({ id, editable }) => (editable ? [id] : []));
    const changes = rowsChosen()
      .flatMap((row) => ids.map((id): CellChange => ({ row, column: id, value: value(row, id) })))
      .filter((one) => one.value !== text(one.row, one.column));
    if (changes.length > 0) onChange(changes, kind);
  };
  const clear = (): void => change('cleared', () => '');
  const fillDown = (): void => {
    const from = range.top === range.bottom ? range.top - 1 : range.top;
    if (from >= 0) change('filled', (_, id) => text(from, id));
  };

  const finish = (value: string, after: AfterEdit): void => {
    if (value !== here()) onChange([{ row: active.row, column: column?.id ?? '', value }], 'typed');
    if (after === 'stay') return setEditing(null);
    const by = (rows: number, across: number): Place => ({
      row: Math.min(rowCount - 1, Math.max(0, active.row + rows)),
      column: Math.min(columns.length - 1, Math.max(0, active.column + across)),
    });
    if (after === 'up') select(by(-1, 0));
    else if (after === 'down') select(by(1, 0));
    else if (after === 'left') select(by(0, -1));
    else if (after === 'right') select(by(0, 1));
    else select(tabTo(active, after === 'back', size()) ?? active);
  };
  const cancel = (): void => {
    wantsFocus.current = true;
    setEditing(null);
  };

  /** Ctrl and a letter; false: not one of the grid's. */
  const chord = (key: string): boolean => {
    if (key === 'a') choose({ active: { row: rowCount - 1, column: columns.length - 1 }, anchor: origin });
    else if (key === 'd') fillDown();
    else return false;
    return true;
  };
  /** In the header: Enter sorts, F2 opens the column's menu, Shift and arrows change the width. */
  const headKey = ({ key, shiftKey, currentTarget }: KeyboardEvent): boolean => {
    if (column === undefined) return false;
    if (key === 'F2') {
      currentTarget.querySelector<HTMLElement>(`[data-row="-1"][data-column="${active.column}"] button`)?.click();
      return true;
    }
    if (shiftKey && /^Arrow(Left|Right)$/.test(key) && column.resizable) {
      const by = key === 'ArrowRight' ? widthStep : -widthStep;
      onResize?.(column.id, Math.max(leastWidth, column.width + by), true);
      return true;
    }
    if ((key !== 'Enter' && key !== ' ') || column.sort === undefined) return false;
    onSort?.(column.id);
    return true;
  };
  const cellKey = ({ key }: KeyboardEvent): boolean => {
    if (key === 'Delete' || key === 'Backspace') clear();
    else if ((key === 'F2' || key === 'Enter') && isEditable) setEditing({ mode: 'edit', start: here() });
    else if (key === 'Enter') onOpen?.(active.row, column?.id ?? '');
    // A space alone plays, as everywhere.
    else if (key.length === 1 && key !== ' ' && isEditable) setEditing({ mode: 'type', start: key });
    else return false;
    return true;
  };
  /** True where the key was the grid's. */
  const press = (event: KeyboardEvent): boolean => {
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === 'Tab') {
      const next = leaves.current || mod ? null : tabTo(active, event.shiftKey, size());
      if (next !== null) select(next);
      return next !== null;
    }
    if (event.key === 'Escape') {
      const isRange = range.top !== range.bottom || range.left !== range.right;
      if (isRange) select(active);
      leaves.current = true;
      return isRange;
    }
    if (event.altKey) return false;
    if (active.row === -1 && headKey(event)) return true;
    const moved = moveBy(event, active, size());
    if (moved !== null) {
      const widen = event.shiftKey && active.row >= 0;
      select(widen ? { ...moved, row: Math.max(0, moved.row) } : moved, widen);
      return true;
    }
    if (active.row === -1) return false;
    return mod ? chord(event.key.toLowerCase()) : cellKey(event);
  };

  const copy = (event: ClipboardEvent): void => {
    if (editing !== null || active.row < 0) return;
    event.preventDefault();
    const ids = columns.slice(range.left, range.right + 1).map(({ id }) => id);
    const cells = rowsChosen().map((row) => ids.map((id) => text(row, id)));
    event.clipboardData.setData('text/plain', writeTsv(cells));
    event.clipboardData.setData('text/html', writeHtml(cells));
  };
  const paste = (event: ClipboardEvent): void => {
    if (editing !== null || active.row < 0) return;
    event.preventDefault();
    const cells = readClipboard(event.clipboardData);
    const from = columns.findIndex((one, index) => index >= range.left && one.editable);
    const first = columns[from];
    if (first === undefined || cells.length === 0) return;
    const only = cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : undefined;
    // One cell for many: all of them get it.
    if (only !== undefined && (range.top !== range.bottom || range.left !== range.right))
      return change('filled', () => only);
    onPaste({ row: range.top, column: first.id }, cells);
    const wide = Math.max(...cells.map((row) => row.length));
    choose({
      active: { row: range.top, column: from },
      anchor: { row: range.top + cells.length - 1, column: Math.min(columns.length - 1, from + wide - 1) },
    });
  };

  return {
    active,
    range,
    editing,
    wantsFocus,
    finish,
    cancel,
    handlers: {
      onKeyDown: (event: KeyboardEvent): void => {
        if (!isForGrid(event) || event.defaultPrevented || event.nativeEvent.isComposing) return;
        if (press(event)) event.preventDefault();
      },
      onCopy: copy,
      onCut: (event: ClipboardEvent): void => {
        copy(event);
        if (editing === null && active.row >= 0) clear();
      },
      onPaste: paste,
      onPointerDown: (event: PointerEvent): void => {
        const at = placeOf(event);
        if (at === null || event.button !== 0 || (event.target as HTMLElement).closest('button') !== null) return;
        // What is being typed is taken before its cell is left.
        if (editing !== null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
        drags.current = at.row >= 0;
        select(at, event.shiftKey && at.row >= 0);
      },
      onPointerMove: (event: PointerEvent): void => {
        if (event.buttons === 0) drags.current = false;
        const at = drags.current ? placeOf(event) : null;
        if (at !== null && at.row >= 0 && (at.row !== active.row || at.column !== active.column)) select(at, true);
      },
      onDoubleClick: (event: { readonly target: EventTarget }): void => {
        const at = placeOf(event);
        const pointed = at === null ? undefined : columns[at.column];
        if (at !== null && at.row >= 0 && pointed?.editable)
          setEditing({ mode: 'edit', start: text(at.row, pointed.id) });
      },
    },
  };
};
