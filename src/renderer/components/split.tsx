import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import styles from './split.module.css';

const keySteps: Readonly<Record<string, number>> = { ArrowLeft: -16, ArrowRight: 16 };

/**
 * Two panes side by side with a bar between them that is dragged, moved by arrow keys, and set back by a double click.
 * The width of the `side` pane is told when a move ends, for the caller to remember.
 */
export const Split = ({
  label,
  side,
  width,
  min,
  max,
  usual,
  onWidth,
  pane,
  children,
}: {
  /** Names the bar for screen readers. */
  readonly label: string;
  /** Which pane has the width. */
  readonly side: 'start' | 'end';
  /** In CSS px; undefined: `usual`. */
  readonly width: number | undefined;
  readonly min: number;
  readonly max: number;
  readonly usual: number;
  readonly onWidth: (width: number) => void;
  /** The pane that has the width. */
  readonly pane: ReactNode;
  readonly children: ReactNode;
}) => {
  const [dragged, setDragged] = useState<number | null>(null);
  const start = useRef({ x: 0, width: 0 });
  const shown = Math.min(max, Math.max(min, dragged ?? width ?? usual));
  const direction = side === 'start' ? 1 : -1;
  const within = (wanted: number): number => Math.round(Math.min(max, Math.max(min, wanted)));

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: shown };
    setDragged(shown);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (dragged !== null) setDragged(within(start.current.width + direction * (event.clientX - start.current.x)));
  };
  const onPointerUp = (): void => {
    if (dragged !== null) onWidth(dragged);
    setDragged(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = keySteps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onWidth(within(shown + direction * by));
  };
  const bar = (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={shown}
      data-dragging={dragged !== null || undefined}
      className={styles.bar}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => onWidth(usual)}
      onKeyDown={onKeyDown}
    />
  );
  const sized = (
    <div className={styles.sized} style={{ width: shown }}>
      {pane}
    </div>
  );
  return (
    <div className={styles.split}>
      {side === 'start' && sized}
      {side === 'start' && bar}
      <div className={styles.rest}>{children}</div>
      {side === 'end' && bar}
      {side === 'end' && sized}
    </div>
  );
};
