import { type ReactNode, useState } from 'react';
import { DropZone, type FileDropItem } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './file-drop.module.css';

/** Takes files that are dropped anywhere on what it holds. */
export const FileDrop = ({
  label,
  onFiles,
  children,
  className,
}: {
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}) => {
  const [over, setOver] = useState(false);
  return (
    <DropZone
      aria-label={label}
      className={cx(styles.zone, className)}
      onDropEnter={() => setOver(true)}
      onDropExit={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const items = event.items.filter((item): item is FileDropItem => item.kind === 'file');
        void Promise.all(items.map((item) => item.getFile())).then(onFiles);
      }}
    >
      {children}
      {over && <div className={styles.veil}>{label}</div>}
    </DropZone>
  );
};
