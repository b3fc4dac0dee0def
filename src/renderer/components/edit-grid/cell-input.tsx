import { type KeyboardEvent, useEffect, useRef } from 'react';
import styles from './edit-grid.module.css';

/** Where to go when the text is taken: stay, or on by a key. */
export type AfterEdit = 'stay' | 'up' | 'down' | 'left' | 'right' | 'next' | 'back';

/** `type`: it began with a letter, and arrows leave the cell; `edit`: arrows move in the text. */
export const CellInput = ({
  label,
  start,
  mode,
  onDone,
  onCancel,
}: {
  readonly label: string;
  readonly start: string;
  readonly mode: 'type' | 'edit';
  readonly onDone: (value: string, after: AfterEdit) => void;
  readonly onCancel: () => void;
}) => {
  const input = useRef<HTMLInputElement>(null);
  // Leaving by Escape or Enter takes the input away, which would be told as leaving by a click, too.
  const over = useRef(false);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    if (mode === 'edit') input.current?.select();
  }, [mode]);
  const end = (after: AfterEdit): void => {
    if (over.current) return;
    over.current = true;
    onDone(input.current?.value ?? start, after);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const arrows: Partial<Record<string, AfterEdit>> = {
      ArrowUp: 'up',
      ArrowDown: 'down',
      ...(mode === 'type' ? { ArrowLeft: 'left', ArrowRight: 'right' } : {}),
    };
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      over.current = true;
      return onCancel();
    }
    const after =
      event.key === 'Enter'
        ? event.shiftKey
          ? 'up'
          : 'down'
        : event.key === 'Tab'
          ? event.shiftKey
            ? 'back'
            : 'next'
          : arrows[event.key];
    if (after === undefined) return;
    event.preventDefault();
    end(after);
  };
  return (
    <input
      ref={input}
      aria-label={label}
      defaultValue={start}
      dir="auto"
      spellCheck={false}
      autoComplete="off"
      className={styles.input}
      onKeyDown={onKeyDown}
      onBlur={() => end('stay')}
      onPaste={(event) => event.stopPropagation()}
      onCopy={(event) => event.stopPropagation()}
      onCut={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  );
};
