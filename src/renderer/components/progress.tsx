import { cx } from './cx.ts';
import styles from './progress.module.css';

export interface Portion {
  readonly kind: 'done' | 'owned' | 'running' | 'failed' | 'asking';
  readonly count: number;
}

/** One bar in portions: what is owned already, done, on its way, failed, and waiting for a decision. */
export const Progress = ({
  label,
  total,
  portions,
  live = false,
}: {
  readonly label: string;
  readonly total: number;
  readonly portions: readonly Portion[];
  readonly live?: boolean;
}) => {
  const finished = portions.filter(({ kind }) => kind === 'done' || kind === 'owned');
  const value = finished.reduce((sum, { count }) => sum + count, 0);
  return (
    // A plain element: dozens of these are drawn anew several times a second.
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuenow={value}
      aria-valuemax={Math.max(1, total)}
      className={cx(styles.bar, live && styles.live)}
    >
      {portions.map(({ kind, count }) =>
        count === 0 ? null : (
          <span key={kind} className={styles[kind]} style={{ width: `${(100 * count) / Math.max(1, total)}%` }} />
        ),
      )}
    </div>
  );
};
