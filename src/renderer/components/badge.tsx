import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { cx } from './cx.ts';

export type Tone = 'plain' | 'accent' | 'good' | 'danger' | 'warning' | 'cue';

export const Badge = ({
  tone = 'plain',
  title,
  children,
}: {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children: ReactNode;
}) => (
  <span className={cx(styles.badge, styles[tone])} title={title}>
    {children}
  </span>
);
