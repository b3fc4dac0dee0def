import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What stands where nothing is yet: what it will be, and the next step. */
export const EmptyState = ({
  icon,
  title,
  children,
  action,
}: {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) => (
  <div className={styles.empty}>
    {icon !== undefined && <div className={styles.icon}>{icon}</div>}
    <h2 className={styles.title}>{title}</h2>
    {children !== undefined && <p className={styles.text}>{children}</p>}
    {action !== undefined && <div className={styles.action}>{action}</div>}
  </div>
);
