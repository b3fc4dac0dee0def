import { type ReactNode, useId } from 'react';
import styles from './settings-screen.module.css';

/** One part of the settings: its name, what it is about, and what is in it. */
export const SectionFrame = ({
  title,
  about,
  action,
  level = 2,
  children,
}: {
  readonly title: string;
  readonly about?: string;
  readonly action?: ReactNode;
  /** 2 for a part, 3 for what lies in one. */
  readonly level?: 2 | 3;
  readonly children: ReactNode;
}) => {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <div className={styles.headWords}>
          <Heading id={id} className={level === 2 ? styles.title : styles.name}>
            {title}
          </Heading>
          {about !== undefined && <p className={styles.soft}>{about}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
};
