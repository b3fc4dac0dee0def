/**
 * A table whose cells are typed into like a spreadsheet's, of any length and width: it draws the cells in sight. One cell has the
 * focus; arrows move it, Shift widens to a range, Escape and then Tab leave. What changes is told; the caller keeps the rows.
 */
import { defaultRangeExtractor, type Range as VirtualRange, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import { cx } from '../cx.ts';
import styles from './edit-grid.module.css';
import { type ColumnPlace, GridCell } from './grid-cell.tsx';
import { HeadCell } from './head-row.tsx';
import { isIn } from './selection.ts';
import type { EditGridProps, GridColumn } from './types.ts';
import { useEditGrid } from './use-edit-grid.ts';

const rowHeight = 30;
const headHeight = 31;

interface DrawnColumn {
  readonly column: GridColumn;
  readonly index: number;
  readonly place: ColumnPlace;
}

/** The rows or columns in sight, and the one with the focus wherever it is: focus must not fall out of the page. */
const withActive = (index: number) => (shown: VirtualRange) => {
  const near = defaultRangeExtractor(shown);
  return index < 0 || index >= shown.count || near.includes(index) ? near : [...near, index].sort((a, b) => a - b);
};

export const EditGrid = (props: EditGridProps) => {
  const { label, words, columns, rowCount, rowKey, text, draw, note, toneOf, onSort, onResize } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const hint = useId();
  const grid = useEditGrid(props, () =>
    Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2),
  );
  const { active, range, wantsFocus } = grid;

  const frozen = columns.filter((column) => column.frozen);
  const free = columns.slice(frozen.length);
  const frozenWidth = frozen.reduce((sum, { width }) => sum + width, 0);
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: other widths are what it measures anew for.
  useEffect(() => sideways.measure(), [sideways, widths]);

  useEffect(() => {
    if (!wantsFocus.current || grid.editing !== null) return;
    wantsFocus.current = false;
    if (active.row >= 0) rows.scrollToIndex(active.row);
    if (active.column >= frozen.length) sideways.scrollToIndex(active.column - frozen.length);
    scroller.current
      ?.querySelector<HTMLElement>(`[data-row="${active.row}"][data-column="${active.column}"]`)
      ?.focus({ preventScroll: true });
  });

  const shown = sideways.getVirtualItems();
  const drawn: readonly DrawnColumn[] = [
    ...frozen.map((column, index) => {
      const left = frozen.slice(0, index).reduce((sum, { width }) => sum + width, 0);
      return { column, index, place: { left } };
    }),
    ...shown.flatMap(({ index, start }, at) => {
      const column = free[index];
      const before = shown[at - 1];
      const end = before === undefined ? frozenWidth : before.start + (free[before.index]?.width ?? 0);
      return column === undefined ? [] : [{ column, index: index + frozen.length, place: { marginLeft: start - end } }];
    }),
  ];
  const naming = columns.find((column) => column.namesRow)?.id;
  const isRange = range.top !== range.bottom || range.left !== range.right;
  const width = { minWidth: sideways.getTotalSize() };

  return (
    <>
      <p id={hint} hidden>
        {words.hint}
      </p>
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-describedby={hint}
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        className={styles.grid}
        {...grid.handlers}
      >
        <div role="rowgroup" className={styles.head} style={width}>
          <div role="row" aria-rowindex={1} className={styles.columns} style={{ height: headHeight }}>
            {drawn.map(({ column, index, place }) => (
              <HeadCell
                key={column.id}
                column={column}
                index={index}
                place={place}
                isActive={active.row === -1 && active.column === index}
                onPress={() => column.sort !== undefined && onSort?.(column.id)}
                onResize={(to, isDone) => onResize?.(column.id, to, isDone)}
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: rowCount * rowHeight, ...width }}>
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
              {drawn.map(({ column, index, place }) => (
                <GridCell
                  key={column.id}
                  column={column}
                  index={index}
                  row={row}
                  rowName={naming === undefined ? String(row + 1) : text(row, naming)}
                  place={place}
                  text={text(row, column.id)}
                  drawn={draw?.(row, column.id)}
                  note={note?.(row, column.id) ?? null}
                  isActive={row === active.row && index === active.column}
                  isChosen={isIn(range, row, index)}
                  isRange={isRange}
                  editing={grid.editing}
                  words={words}
                  onDone={grid.finish}
                  onCancel={grid.cancel}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </>
  );
};
