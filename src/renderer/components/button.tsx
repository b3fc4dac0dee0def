import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { PendingMark } from './pending-mark.tsx';

/** `isPending` is left out: its announcement points at an element that is gone when the work ends. */
export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'isPending'> {
  readonly look?: 'plain' | 'primary' | 'quiet' | 'danger' | 'good';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: ReactNode;
  /** Its work is under way: it turns and takes no press, and keeps the focus. */
  readonly busy?: boolean;
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

export const Button = ({
  look = 'plain',
  size = 'medium',
  icon,
  busy = false,
  children,
  className,
  onPress,
  ...rest
}: ButtonProps) => (
  <AriaButton
    {...rest}
    {...(busy || onPress === undefined ? {} : { onPress })}
    className={cx(styles.button, styles[look], styles[size], className)}
  >
    {busy ? <PendingMark /> : icon}
    {children}
  </AriaButton>
);

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'busy'> {
  readonly label: string;
  /** Keys that do the same, shown in the tooltip. */
  readonly keys?: string;
  readonly children: ReactNode;
  readonly pressed?: boolean;
}

/** A button whose only content is a picture: its label is its name and its tooltip. */
export const IconButton = ({
  label,
  keys,
  look = 'quiet',
  size = 'medium',
  pressed,
  className,
  children,
  ...rest
}: IconButtonProps) => (
  <TooltipTrigger delay={500} closeDelay={80}>
    <AriaButton
      {...rest}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      aria-label={label}
      className={cx(styles.button, styles.icon, styles[look], styles[size], pressed && styles.pressed, className)}
    >
      {children}
    </AriaButton>
    <Tooltip offset={6} className={cx(styles.tooltip)}>
      {label}
      {keys !== undefined && <kbd>{keys}</kbd>}
    </Tooltip>
  </TooltipTrigger>
);
