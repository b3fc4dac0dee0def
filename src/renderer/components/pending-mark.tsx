import { LoaderCircle } from 'lucide-react';
import { ProgressBar } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './pending-mark.module.css';

/** Turns inside a pending button, which reads its label out; without one the announcement would point nowhere. */
export const PendingMark = () => (
  <ProgressBar aria-label="Working" isIndeterminate className={cx(styles.mark)}>
    <LoaderCircle aria-hidden />
  </ProgressBar>
);
