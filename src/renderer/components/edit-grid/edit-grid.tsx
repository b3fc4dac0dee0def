/**
 * A table whose cells are typed into like a spreadsheet's, of any length and width: it draws the cells in sight. One cell has the
 * focus; arrows move it, Shift widens to a range, Escape and then Tab leave. What changes is told; the caller keeps the rows.
 */
import { defaultRangeExtractor, type Range as VirtualRange, useVirtualizer } from '@tanstack/react-virtual';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { cx } from '../cx.ts';
import { type AfterEdit, CellInput } from './cell-input.tsx';
import { readClipboard, writeHtml, writeTsv } from './clipboard.ts';
import styles from './edit-grid.module.css';
import { HeadCell } from './head-row.tsx';
import { isIn, moveBy, type Place, type Range, rangeOf, type Selection, tabTo } from './selection.ts';
import type { CellChange, CellNote, ChangeKind, GridColumn, GridWords } from './types.ts';

const rowHeight = 30;
const headHeight = 31;
const widthStep = 16;

interface Editing {
  readonly mode: 'type' | 'edit';
  readonly start: string;
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
  readonly onSelect?: (range: Range, active: Place) => void;
}

export const EditGrid = ({
  label,
  words,
  columns,
  rowCount,
  rowKey,
  text,
  draw,
  note,
  toneOf,
  onChange,
  onPaste,
  onOpen,
  onSort,
  onResize,
  onSelect,
}: EditGridProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const hint = useId();
  const [selection, setSelection] = useState<Selection>({
    active: { row: 0, column: 0 },
    anchor: { row: 0, column: 0 },
  });
  const [editing, setEditing] = useState<Editing | null>(null);
  const leaves = useRef(false);
  const wantsFocus = useRef(false);
  const drags = useRef(false);

  const frozen = columns.filter((column) => column.frozen);
  const frozenWidth = frozen.reduce((sum, { width }) => sum + width, 0);
  const free = columns.slice(frozen.length);
  // Rows and columns may go while a place in them is looked at.
  const inside = ({ row, column }: Place): Place => ({
    row: Math.min(row, rowCount - 1),
    column: Math.min(column, columns.length - 1),
  });
  const active = inside(selection.active);
  const anchor = inside(selection.anchor);
  const range = rangeOf({ active, anchor });

  const withActive = (index: number) => (shown: VirtualRange) => {
    const near = defaultRangeExtractor(shown);
    return index < 0 || index >= shown.count || near.includes(index) ? near : [...near, index].sort((a, b) => a - b);
  };
  const rows = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: withActive(active.row),
  });
  const sideways = useVirtualizer({
    horizontal: true,
    count: free.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => free[index]?.width ?? 0,
    getItemKey: (index) => free[index]?.id ?? index,
    overscan: 3,
    paddingStart: frozenWidth,
    scrollPaddingStart: frozenWidth,
    rangeExtractor: withActive(active.column - frozen.length),
  });
  const widths = columns.map(({ width }) => width).join();
  useEffect(() => sideways.measure(), [sideways, widths]);

  const size = {
    rows: rowCount,
    columns: columns.length,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2),
  };
  const select = (to: Place, widen = false): void => {
    const next = { active: to, anchor: widen ? { ...anchor, row: Math.max(0, anchor.row) } : to };
    leaves.current = false;
    wantsFocus.current = true;
    setEditing(null);
    setSelection(next);
    onSelect?.(rangeOf(next), to);
  };
  useEffect(() => {
    if (!wantsFocus.current || editing !== null) return;
    wantsFocus.current = false;
    if (active.row >= 0) rows.scrollToIndex(active.row);
    if (active.column >= frozen.length) sideways.scrollToIndex(active.column - frozen.length);
    scroller.current
      ?.querySelector<HTMLElement>(`[data-row="${active.row}"][data-column="${active.column}"]`)
      ?.focus({ preventScroll: true });
  });

  const activeColumn = columns[active.column];
  const isEditable = activeColumn?.editable === true && active.row >= 0;
  const editable = columns.slice(range.left, range.right + 1).filter((column) => column.editable);
  const editableRows = Array.from({ length: range.bottom - range.top + 1 }, (_, at) => range.top + at);
  const change = (kind: ChangeKind, value: (row: number, column: string) => string): void => {
    const changes = editableRows.flatMap((row) =>
      editable.map(({ id }): CellChange => ({ row, column: id, value: value(row, id) })),
    );
    const real = changes.filter((one) => one.value !== text(one.row, one.column));
    if (real.length > 0) onChange(real, kind);
  };
  const fillDown = (): void => {
    const from = range.top === range.bottom ? range.top - 1 : range.top;
    if (from >= 0) change('filled', (_, column) => text(from, column));
  };
  const finish = (value: string, after: AfterEdit): void => {
    const column = activeColumn?.id ?? '';
    if (value !== text(active.row, column)) onChange([{ row: active.row, column, value }], 'typed');
    const { row, column: at } = active;
    const places: Record<AfterEdit, Place> = {
      stay: active,
      up: { row: Math.max(0, row - 1), column: at },
      down: { row: Math.min(rowCount - 1, row + 1), column: at },
      left: { row, column: Math.max(0, at - 1) },
      right: { row, column: Math.min(columns.length - 1, at + 1) },
      next: tabTo(active, false, size) ?? active,
      back: tabTo(active, true, size) ?? active,
    };
    if (after === 'stay') setEditing(null);
    else select(places[after]);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (!(event.target instanceof HTMLElement) || event.target.dataset['row'] === undefined) return;
    const mod = event.ctrlKey || event.metaKey;
    const take = (run: () => void): void => {
      event.preventDefault();
      run();
    };
    if (event.key === 'Tab') {
      const next = leaves.current || mod ? null : tabTo(active, event.shiftKey, size);
      if (next !== null) take(() => select(next));
      return;
    }
    if (event.key === 'Escape') {
      leaves.current = true;
      if (anchor.row === active.row && anchor.column === active.column) return;
      return take(() => {
        select(active);
        leaves.current = true;
      });
    }
    if (event.altKey) return;
    if (active.row === -1 && event.shiftKey && /^Arrow(Left|Right)$/.test(event.key) && activeColumn?.resizable) {
      const by = event.key === 'ArrowRight' ? widthStep : -widthStep;
      return take(() => onResize?.(activeColumn.id, Math.max(48, activeColumn.width + by), true));
    }
    const moved = moveBy(event, active, size);
    if (moved !== null) {
      const to = event.shiftKey ? { ...moved, row: Math.max(active.row < 0 ? -1 : 0, moved.row) } : moved;
      return take(() => select(to, event.shiftKey && active.row >= 0));
    }
    if (active.row === -1) {
      if ((event.key === 'Enter' || event.key === ' ') && activeColumn?.sort !== undefined)
        take(() => onSort?.(activeColumn.id));
      return;
    }
    if (mod) {
      if (event.key.toLowerCase() === 'a')
        take(() => {
          const all = {
            active: { row: rowCount - 1, column: columns.length - 1 },
            anchor: { row: 0, column: 0 },
          };
          wantsFocus.current = true;
          setSelection(all);
          onSelect?.(rangeOf(all), all.active);
        });
      if (event.key.toLowerCase() === 'd') take(fillDown);
      return;
    }
    if (event.key === 'Delete' || event.key === 'Backspace') return take(() => change('cleared', () => ''));
    const here = text(active.row, activeColumn?.id ?? '');
    if (event.key === 'F2' && isEditable) return take(() => setEditing({ mode: 'edit', start: here }));
    if (event.key === 'Enter')
      return take(() =>
        isEditable ? setEditing({ mode: 'edit', start: here }) : onOpen?.(active.row, activeColumn?.id ?? ''),
      );
    // A space alone plays, as everywhere.
    if (event.key.length === 1 && event.key !== ' ' && isEditable)
      take(() => setEditing({ mode: 'type', start: event.key }));
  };

  const copy = (event: ClipboardEvent): void => {
    if (editing !== null || active.row < 0) return;
    event.preventDefault();
    const shown = columns.slice(range.left, range.right + 1);
    const cells = editableRows.map((row) => shown.map(({ id }) => text(row, id)));
    event.clipboardData.setData('text/plain', writeTsv(cells));
    event.clipboardData.setData('text/html', writeHtml(cells));
  };
  const paste = (event: ClipboardEvent): void => {
    if (editing !== null || active.row < 0) return;
    event.preventDefault();
    const cells = readClipboard(event.clipboardData);
    const from = columns.findIndex((column, index) => index >= range.left && column.editable);
    const column = columns[from];
    if (column === undefined || cells.length === 0) return;
    const only = cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : undefined;
    if (only !== undefined && (range.top !== range.bottom || range.left !== range.right))
      return change('filled', () => only);
    onPaste({ row: range.top, column: column.id }, cells);
    const wide = Math.max(...cells.map((row) => row.length));
    wantsFocus.current = true;
    setSelection({
      active: { row: range.top, column: from },
      anchor: { row: range.top + cells.length - 1, column: Math.min(columns.length - 1, from + wide - 1) },
    });
  };

  const placeAt = (event: { readonly target: EventTarget }): Place | null => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    return cell === null ? null : { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
  };
  const onPointerDown = (event: PointerEvent): void => {
    const at = placeAt(event);
    if (at === null || event.button !== 0 || (event.target as HTMLElement).closest('button') !== null) return;
    // What is being typed is taken before its cell is left.
    if (editing !== null && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (at.row === -1) return select(at);
    drags.current = true;
    select(at, event.shiftKey);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!drags.current) return;
    if (event.buttons === 0) {
      drags.current = false;
      return;
    }
    const at = placeAt(event);
    if (at !== null && at.row >= 0 && (at.row !== active.row || at.column !== active.column)) select(at, true);
  };

  const shown = sideways.getVirtualItems();
  const lefts = useMemo(() => {
    let left = 0;
    return frozen.map(({ width }) => (left += width) - width);
  }, [frozen]);
  /** Columns to draw, with where they stand. The first of those in sight is pushed to its place. */
  const drawn = [
    ...frozen.map((column, index) => ({ column, index, place: { left: lefts[index] ?? 0 } })),
    ...shown.flatMap(({ index, start }, at) => {
      const column = free[index];
      const before = shown[at - 1];
      const gap = start - (before === undefined ? frozenWidth : before.start + (free[before.index]?.width ?? 0));
      return column === undefined ? [] : [{ column, index: index + frozen.length, place: { marginLeft: gap } }];
    }),
  ];
  const naming = columns.find((column) => column.namesRow)?.id;
  const nameOf = (row: number): string => (naming === undefined ? String(row + 1) : text(row, naming));
  const spoken = (row: number, column: GridColumn, told: CellNote | null): string => {
    const said = words.cell({ column: column.title, row: nameOf(row), text: text(row, column.id) || words.empty });
    return told === null ? said : `${said}. ${told.words}`;
  };

  return (
    <>
      <p id={hint} hidden>
        {words.hint}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a grid of ten thousand rows draws those in sight, which no table can. */}
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-describedby={hint}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        onKeyDown={onKeyDown}
        onCopy={copy}
        onCut={(event) => {
          copy(event);
          change('cleared', () => '');
        }}
        onPaste={paste}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onDoubleClick={(event) => {
          const at = placeAt(event);
          if (at !== null && at.row >= 0 && columns[at.column]?.editable)
            setEditing({ mode: 'edit', start: text(at.row, columns[at.column]?.id ?? '') });
        }}
        className={styles.grid}
      >
        <div role="rowgroup" className={styles.head} style={{ minWidth: sideways.getTotalSize() }}>
          <div role="row" aria-rowindex={1} className={styles.columns} style={{ height: headHeight }}>
            {drawn.map(({ column, index, place }) => (
              <HeadCell
                key={column.id}
                column={column}
                index={index}
                place={place}
                isActive={active.row === -1 && active.column === index}
                onPress={() => column.sort !== undefined && onSort?.(column.id)}
                onResize={(width, isDone) => onResize?.(column.id, width, isDone)}
              />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles.rows}
          style={{ height: rowCount * rowHeight, minWidth: sideways.getTotalSize() }}
        >
          {rows.getVirtualItems().map(({ index: row, start }) => (
            <div
              key={rowKey(row)}
              role="row"
              aria-rowindex={row + 2}
              className={cx(
                styles.row,
                row === active.row && styles.current,
                toneOf?.(row) === 'onAir' && styles.onAir,
              )}
              style={{ height: rowHeight, transform: `translateY(${start - headHeight}px)` }}
            >
              {drawn.map(({ column, index, place }) => {
                const isActive = row === active.row && index === active.column;
                const told = note?.(row, column.id) ?? null;
                const said = text(row, column.id);
                return (
                  <div
                    key={column.id}
                    role={column.namesRow ? 'rowheader' : 'gridcell'}
                    tabIndex={isActive ? 0 : -1}
                    aria-colindex={index + 1}
                    aria-selected={isIn(range, row, index)}
                    aria-readonly={!column.editable}
                    aria-invalid={told?.severity === 'error' || undefined}
                    aria-label={isActive ? spoken(row, column, told) : undefined}
                    title={told?.words ?? (said.length > 12 ? said : undefined)}
                    data-row={row}
                    data-column={index}
                    data-figures={column.align === 'end' || undefined}
                    data-severity={told?.severity}
                    className={cx(
                      styles.cell,
                      column.frozen && styles.frozen,
                      column.align === 'end' && styles.end,
                      isIn(range, row, index) &&
                        (range.top !== range.bottom || range.left !== range.right) &&
                        styles.chosen,
                      isActive && styles.active,
                    )}
                    style={{ width: column.width, ...place }}
                  >
                    {isActive && editing !== null ? (
                      <CellInput
                        label={words.cell({ column: column.title, row: nameOf(row), text: '' })}
                        start={editing.start}
                        mode={editing.mode}
                        onDone={finish}
                        onCancel={() => {
                          wantsFocus.current = true;
                          setEditing(null);
                        }}
                      />
                    ) : (
                      (draw?.(row, column.id) ?? (
                        <>
                          <span dir="auto" className={styles.text}>
                            {said}
                          </span>
                          {told !== null && <span className={styles.note}>{told.short}</span>}
                        </>
                      ))
                    )}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </>
  );
};
