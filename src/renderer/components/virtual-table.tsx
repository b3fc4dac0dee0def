import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { cx } from './cx.ts';
import styles from './virtual-table.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Keeps the title for screen readers only. */
  readonly titleHidden?: true;
  /** A CSS grid track, such as `80px` or `minmax(160px, 1fr)`. */
  readonly width: string;
  readonly align?: 'end';
  readonly cell: (row: Row, index: number) => ReactNode;
}

/** A grid of any length that draws only the rows in sight. One row is active; arrows, Home, End and pages move it. */
export const VirtualTable = <Row,>({
  label,
  columns,
  rows,
  rowKey,
  activeKey,
  onActive,
  onEnter,
  onNearEnd,
  rowHeight = 34,
  minWidth,
  toneOf,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly activeKey: string | null;
  readonly onActive: (row: Row) => void;
  readonly onEnter?: (row: Row) => void;
  readonly onNearEnd?: () => void;
  readonly rowHeight?: number;
  readonly minWidth?: number;
  readonly toneOf?: (row: Row) => 'warning' | 'danger' | 'onAir' | undefined;
}) => {
  const scroller = useRef<HTMLDivElement>(null);
  const base = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 30,
  });
  const active = rows.findIndex((row) => rowKey(row) === activeKey);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [active, virtual]);
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 20) onNearEnd?.();
  }, [last, rows.length, onNearEnd]);

  const move = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -rows.length,
      End: rows.length,
    };
    const row = rows[active];
    if (
      event.target === scroller.current &&
      event.key === 'Enter' &&
      row !== undefined &&
      !event.ctrlKey &&
      !event.metaKey
    ) {
      event.preventDefault();
      return onEnter?.(row);
    }
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next = rows[Math.min(rows.length - 1, Math.max(0, (active < 0 && by > 0 ? -1 : active) + by))];
    if (next !== undefined) onActive(next);
  };

  const tracks = columns.map((column) => column.width).join(' ');
  const inner = { gridTemplateColumns: tracks, ...(minWidth === undefined ? {} : { minWidth }) };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= 0 ? `${base}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={move}
      className={styles.grid}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.columns} style={inner}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader" className={cx(styles.title, column.align === 'end' && styles.end)}>
              {column.titleHidden ? <span className={styles.hidden}>{column.title}</span> : column.title}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className={styles.rows}
        style={{ height: virtual.getTotalSize(), ...(minWidth === undefined ? {} : { minWidth }) }}
      >
        {shown.map(({ index, start }) => {
          const row = rows[index] as Row;
          const tone = toneOf?.(row);
          return (
            <div
              key={rowKey(row)}
              id={`${base}-${index}`}
              role="row"
              tabIndex={-1}
              aria-rowindex={index + 2}
              aria-selected={index === active}
              className={cx(styles.row, index === active && styles.active, tone !== undefined && styles[tone])}
              style={{ ...inner, height: rowHeight, transform: `translateY(${start}px)` }}
              onClick={() => {
                onActive(row);
                scroller.current?.focus({ preventScroll: true });
              }}
              onDoubleClick={() => onEnter?.(row)}
            >
              {columns.map((column) => (
                <div
                  key={column.id}
                  role="gridcell"
                  data-figures={column.align === 'end' || undefined}
                  className={cx(styles.cell, column.align === 'end' && styles.end)}
                >
                  {column.cell(row, index)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
};
