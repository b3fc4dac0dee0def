import { type KeyboardEvent, useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { cx } from '../../components/cx.ts';
import { createLongScroll } from './long-scroll.ts';
import styles from './long-table.module.css';
import { Edge, type LongColumn, MemoRow, type Tone } from './long-table-row.tsx';

export interface LongTableProps<Row> {
  readonly label: string;
  readonly columns: readonly LongColumn<Row>[];
  readonly total: number;
  /** Undefined: on its way; a quiet bar stands for it. */
  readonly rowAt: (row: number) => Row | undefined;
  /** Another list: it begins at its top. */
  readonly turn: number;
  /** Rows that came on top since. */
  readonly grown: number;
  readonly active: number;
  /** The other end of what is selected. */
  readonly anchor: number;
  readonly onActivate: (row: number, mode: 'only' | 'extend') => void;
  readonly onEnter: (row: number) => void;
  /** Rows in sight, whenever they or the list change. */
  readonly onRange: (first: number, last: number) => void;
  readonly toneOf?: (row: Row) => Tone | undefined;
  readonly onResize?: (columnId: string, width: number) => void;
  readonly resizeLabel?: (title: string) => string;
}

export const rowHeight = 34;
const headHeight = 30;
/** Rows drawn above and below those in sight, and rows by which what is drawn moves on. */
const around = 16;
const block = 4;
const settleAfterMs = 250;
/** Rows that the page keys leave in sight. */
const kept = 2;

interface Drawn {
  readonly first: number;
  readonly count: number;
  readonly shift: number;
}

/**
 * A grid of any length, a million rows included, whose rows are all as high: only those in sight are drawn, and their
 * elements are used again. A virtualizer would keep a place for each row (100 MB for a million, made anew whenever one
 * arrives); here a place is a multiplication.
 */
export const LongTable = <Row,>(props: LongTableProps<Row>) => {
  const { label, columns, total, rowAt, turn, grown, active, anchor, onActivate, onEnter, onRange, toneOf } = props;
  const { onResize, resizeLabel } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const base = useId();
  const scroll = useMemo(() => createLongScroll(rowHeight), []);
  const [drawn, setDrawn] = useState<Drawn>({ first: 0, count: 0, shift: 0 });
  const viewport = useRef(0);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);

  const look = useCallback((): void => {
    const seen = Math.ceil(viewport.current / rowHeight) + 1;
    const count = Math.ceil((seen + 2 * around) / block) * block + block;
    const first = Math.max(0, Math.floor((scroll.offset() / rowHeight - around) / block) * block);
    const shift = scroll.shift();
    setDrawn((before) =>
      before.first === first && before.count === count && before.shift === shift ? before : { first, count, shift },
    );
  }, [scroll]);
  const moveBar = useCallback(
    (to: number | null): void => {
      const element = scroller.current;
      if (to !== null && element !== null && Math.abs(element.scrollTop - to) >= 1) element.scrollTop = to;
      look();
    },
    [look],
  );
  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    moveBar(scroll.scrolled(element.scrollTop));
    clearTimeout(settling.current);
    settling.current = setTimeout(() => moveBar(scroll.settle()), settleAfterMs);
  };
  const reveal = (row: number): void => {
    const top = row * rowHeight;
    const room = viewport.current - rowHeight;
    if (top < scroll.offset()) moveBar(scroll.go(top));
    else if (top > scroll.offset() + room) moveBar(scroll.go(top - room));
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = (): void => {
      viewport.current = Math.max(0, element.clientHeight - headHeight);
      moveBar(scroll.resize(total, viewport.current));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroll, total, moveBar]);
  const last = useRef({ turn, grown });
  useLayoutEffect(() => {
    const before = last.current;
    last.current = { turn, grown };
    if (before.turn !== turn) moveBar(scroll.go(0));
    else if (grown > before.grown && scroll.offset() > rowHeight)
      moveBar(scroll.go(scroll.offset() + (grown - before.grown) * rowHeight));
  }, [turn, grown, scroll, moveBar]);
  const shown = useRef(-1);
  useLayoutEffect(() => {
    // Rows that came on top move the active one and what is in sight alike.
    if (active >= 0 && active !== shown.current) reveal(active);
    shown.current = active;
  });
  useEffect(() => () => clearTimeout(settling.current), []);

  const first = Math.min(drawn.first, Math.max(0, total - 1));
  const count = Math.max(0, Math.min(drawn.count, total - first));
  useEffect(() => {
    if (total === 0) return;
    const from = Math.floor(scroll.offset() / rowHeight);
    onRange(Math.min(from, total - 1), Math.min(total - 1, from + Math.ceil(viewport.current / rowHeight)));
  }, [drawn, total, rowAt, onRange, scroll]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(viewport.current / rowHeight) - kept);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -total,
      End: total,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && event.target === scroller.current && active >= 0) {
      event.preventDefault();
      return onEnter(active);
    }
    const by = steps[event.key];
    if (by === undefined || total === 0) return;
    event.preventDefault();
    onActivate(
      Math.max(0, Math.min(total - 1, (active < 0 && by > 0 ? -1 : active) + by)),
      event.shiftKey ? 'extend' : 'only',
    );
  };
  const rowOfEvent = (target: EventTarget): number => {
    const element = target instanceof Element ? target.closest('[data-row]') : null;
    return element === null ? -1 : Number(element.getAttribute('data-row'));
  };

  const tracks = columns
    .map(({ width, stretches }) => (stretches === undefined ? `${width}px` : `minmax(${width}px, ${stretches}fr)`))
    .join(' ');
  const minWidth = columns.reduce((sum, { width }) => sum + width + 12, 12);
  const [from, to] = [Math.min(active, anchor), Math.max(active, anchor)];
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-multiselectable
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active >= first && active < first + count ? `${base}-${active}` : undefined}
      tabIndex={0}
      className={styles.grid}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = rowOfEvent(event.target);
        if (row < 0) return;
        onActivate(row, event.shiftKey ? 'extend' : 'only');
        scroller.current?.focus({ preventScroll: true });
      }}
      onDoubleClick={(event) => {
        const row = rowOfEvent(event.target);
        if (row >= 0) onEnter(row);
      }}
    >
      <div role="rowgroup" className={styles.head} style={{ minWidth }}>
        <div role="row" aria-rowindex={1} className={styles.columns} style={{ gridTemplateColumns: tracks }}>
          {columns.map((column) => (
            <div key={column.id} role="columnheader" className={cx(styles.title, column.align === 'end' && styles.end)}>
              {column.titleHidden ? <span className={styles.hidden}>{column.title}</span> : column.title}
              {onResize !== undefined && (
                <Edge
                  label={resizeLabel?.(column.title) ?? column.title}
                  width={column.width}
                  onResize={(width) => onResize(column.id, width)}
                />
              )}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: scroll.height(), minWidth }}>
        {Array.from({ length: count }, (_, at) => {
          const index = first + at;
          const row = rowAt(index);
          return (
            <MemoRow
              key={index % Math.max(1, drawn.count)}
              id={`${base}-${index}`}
              index={index}
              top={index * rowHeight + drawn.shift}
              row={row}
              columns={columns}
              tracks={tracks}
              isActive={index === active}
              isSelected={active >= 0 && index >= from && index <= to}
              tone={row === undefined ? undefined : toneOf?.(row)}
            />
          );
        })}
      </div>
    </div>
  );
};
