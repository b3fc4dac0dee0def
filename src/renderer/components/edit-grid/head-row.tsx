import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, useRef } from 'react';
import { cx } from '../cx.ts';
import styles from './edit-grid.module.css';
import type { GridColumn } from './types.ts';
import { leastWidth } from './use-edit-grid.ts';

const Handle = ({
  width,
  onResize,
}: {
  readonly width: number;
  readonly onResize: (width: number, isDone: boolean) => void;
}) => {
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const widthAt = (event: PointerEvent): number =>
    Math.max(leastWidth, (from.current?.width ?? width) + event.clientX - (from.current?.x ?? event.clientX));
  return (
    <span
      aria-hidden
      className={styles.handle}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => from.current !== null && onResize(widthAt(event), false)}
      onPointerUp={(event) => {
        if (from.current !== null) onResize(widthAt(event), true);
        from.current = null;
      }}
    />
  );
};

/** One title. Pressing it sorts; its edge changes the width. */
export const HeadCell = ({
  column,
  index,
  isActive,
  place,
  onPress,
  onResize,
}: {
  readonly column: GridColumn;
  readonly index: number;
  readonly isActive: boolean;
  readonly place: { readonly left?: number; readonly marginLeft?: number };
  readonly onPress: () => void;
  readonly onResize: (width: number, isDone: boolean) => void;
}) => {
  const Arrow = column.sort === 'ascending' ? ArrowUp : column.sort === 'descending' ? ArrowDown : null;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={column.sort}
      tabIndex={isActive ? 0 : -1}
      data-row={-1}
      data-column={index}
      className={cx(styles.title, column.frozen && styles.frozen, column.align === 'end' && styles.end)}
      style={{ width: column.width, ...place }}
      onClick={onPress}
    >
      <span className={cx(styles.words, column.titleHidden && styles.hidden)}>{column.title}</span>
      {Arrow !== null && <Arrow aria-hidden className={styles.arrow} />}
      {column.extra}
      {column.resizable && <Handle width={column.width} onResize={onResize} />}
    </div>
  );
};
