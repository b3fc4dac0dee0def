import { memo, type ReactNode, useRef } from 'react';
import { cx } from '../../components/cx.ts';
import styles from './long-table.module.css';

export interface LongColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** Keeps the title for screen readers only. */
  readonly titleHidden?: true;
  /** px; a column that stretches has at least this. */
  readonly width: number;
  /** Its share of the room that is left. */
  readonly stretches?: number;
  readonly align?: 'end';
  readonly cell: (row: Row) => ReactNode;
}
export type Tone = 'warning' | 'onAir';

interface RowProps<Row> {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly row: Row | undefined;
  readonly columns: readonly LongColumn<Row>[];
  readonly tracks: string;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly tone: Tone | undefined;
}
const RowOf = <Row,>({ id, index, top, row, columns, tracks, isActive, isSelected, tone }: RowProps<Row>) => (
  <div
    id={id}
    role="row"
    data-row={index}
    aria-rowindex={index + 2}
    aria-selected={isSelected}
    aria-busy={row === undefined || undefined}
    className={cx(
      styles.row,
      isSelected && styles.selected,
      isActive && styles.active,
      tone !== undefined && styles[tone],
    )}
    style={{ gridTemplateColumns: tracks, transform: `translateY(${top}px)` }}
  >
    {columns.map((column) => (
      <div
        key={column.id}
        role="gridcell"
        data-figures={column.align === 'end' || undefined}
        className={cx(styles.cell, column.align === 'end' && styles.end)}
      >
        {row === undefined ? <span className={styles.waiting} /> : column.cell(row)}
      </div>
    ))}
  </div>
);
/** Drawn again only when something of it changed: most rows stay as they are while the list moves. */
export const MemoRow = memo(RowOf) as typeof RowOf;

/** Moves the edge of a column by pointer; by keyboard the columns' menu does it. */
export const Edge = ({
  label,
  width,
  onResize,
}: {
  readonly label: string;
  readonly width: number;
  readonly onResize: (width: number) => void;
}) => {
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  return (
    <span
      title={label}
      aria-hidden
      className={styles.edge}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onResize(start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
    />
  );
};
