import type { ReactNode } from 'react';
import { cx } from '../../components/cx.ts';
import styles from './row-button.module.css';

/**
 * A button inside a row of voices. Forty rows with five buttons each are drawn at every key press: a plain button costs a
 * tenth of one with a tooltip of its own.
 */
export const RowButton = ({
  label,
  look = 'icon',
  pressed,
  isDisabled = false,
  onPress,
  className,
  children,
}: {
  /** What a screen reader says, and the hint under the pointer. */
  readonly label: string;
  readonly look?: 'icon' | 'quiet' | 'plain';
  readonly pressed?: boolean;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
  readonly className?: string | false | undefined;
  readonly children: ReactNode;
}) => (
  <button
    type="button"
    aria-label={label}
    title={look === 'icon' ? label : undefined}
    aria-pressed={pressed}
    aria-disabled={isDisabled || undefined}
    className={cx(styles.button, styles[look], pressed === true && styles.pressed, className)}
    onClick={(event) => {
      // The row would take the click for a choice and play.
      event.stopPropagation();
      if (!isDisabled) onPress();
    }}
  >
    {children}
  </button>
);
