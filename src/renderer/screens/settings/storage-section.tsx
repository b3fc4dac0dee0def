import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { formatBytes } from '../../components/format.ts';
import type { Storage } from '../../stores/library-store.ts';
import { wordsOf } from '../../words/words.ts';
import { BackupPart } from './backup-part.tsx';
import { CleanUpPart } from './clean-up-part.tsx';
import { LibraryPart } from './library-part.tsx';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';
import styles from './storage-section.module.css';
import { WholePart } from './whole-part.tsx';

const Sizes = ({ storage }: { readonly storage: Storage }) => {
  const t = wordsOf('settings');
  const backupBytes = storage.backups.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = [
    { kind: 'audio', name: t('sizeAudio'), bytes: storage.media.bytes, files: storage.media.files },
    { kind: 'database', name: t('sizeDatabase'), bytes: storage.databaseBytes, files: null },
    { kind: 'backups', name: t('sizeBackups'), bytes: backupBytes, files: storage.backups.length },
    { kind: 'exports', name: t('sizeExports'), bytes: storage.exports.bytes, files: storage.exports.files },
    { kind: 'previews', name: t('sizePreviews'), bytes: storage.previews.bytes, files: storage.previews.files },
  ] as const;
  const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <SectionFrame level={3} title={t('sizes')}>
      <div aria-hidden className={styles.bar}>
        {rows.map(({ kind, bytes }) => (
          <span key={kind} data-kind={kind} style={{ flexGrow: bytes / Math.max(1, total) }} />
        ))}
      </div>
      <dl className={styles.sizes}>
        {rows.map(({ kind, name, bytes, files }) => (
          <div key={kind}>
            <dt>
              <span aria-hidden data-kind={kind} className={styles.dot} />
              {name}
            </dt>
            <dd>{formatBytes(bytes)}</dd>
            <dd className={frame.faint}>{files === null || files === 0 ? '' : t('files', { count: files })}</dd>
          </div>
        ))}
      </dl>
      {storage.freeBytes !== null && (
        <p className={frame.faint}>{t('diskFree', { size: formatBytes(storage.freeBytes) })}</p>
      )}
    </SectionFrame>
  );
};

export const StorageSection = () => {
  const { library } = useStudio();
  const storage = useStore(library, (state) => state.storage);
  const t = wordsOf('settings');
  useEffect(() => void library.look(), [library]);
  return (
    <SectionFrame title={t('storage')}>
      <div className={styles.parts}>
        <LibraryPart />
        {storage !== null && (
          <>
            <Sizes storage={storage} />
            <BackupPart storage={storage} />
            <WholePart storage={storage} />
            <CleanUpPart storage={storage} />
          </>
        )}
      </div>
    </SectionFrame>
  );
};
