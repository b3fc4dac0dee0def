import { cx } from './cx.ts';
import styles from './tally-light.module.css';

/** Lit while something renders or is on air; `asking` blinks slowly, `off` is a dark lamp. */
export const TallyLight = ({ state }: { readonly state: 'on' | 'asking' | 'waiting' | 'off' }) => (
  <span aria-hidden className={cx(styles.lamp, styles[state])} />
);
