import { useState } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { formatBytes, formatMoment } from '../../components/format.ts';
import { ConfirmSheet } from '../../components/sheet.tsx';
import type { Storage } from '../../stores/library-store.ts';
import { wordsOf } from '../../words/words.ts';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';
import styles from './storage-section.module.css';

type Backup = Storage['backups'][number];

const reasonKey = ({ reason }: Backup): 'reasonDaily' | 'reasonManual' | 'reasonOther' => {
  if (reason === 'daily') return 'reasonDaily';
  return reason === 'manual' ? 'reasonManual' : 'reasonOther';
};

export const BackupPart = ({ storage }: { readonly storage: Storage }) => {
  const { library } = useStudio();
  const work = useStore(library, (state) => state.work.kind);
  const [asked, setAsked] = useState<Backup | null>(null);
  const t = wordsOf('settings');
  return (
    <SectionFrame
      level={3}
      title={t('backupsTitle')}
      about={t('backupsAbout')}
      action={
        <Button busy={work === 'backing-up'} isDisabled={work !== 'idle'} onPress={() => void library.backUp()}>
          {t(work === 'backing-up' ? 'backingUp' : 'backUp')}
        </Button>
      }
    >
      {storage.backups.length === 0 && <p className={frame.soft}>{t('noBackups')}</p>}
      <ul className={styles.rows} hidden={storage.backups.length === 0}>
        {storage.backups.map((backup) => (
          <li key={backup.file}>
            <span className={styles.when}>{formatMoment(backup.createdAt)}</span>
            <span className={styles.reason}>{t(reasonKey(backup))}</span>
            <span className={styles.size}>{formatBytes(backup.bytes)}</span>
            <Button
              size="small"
              isDisabled={work !== 'idle'}
              aria-label={t('goBackTo', { moment: formatMoment(backup.createdAt) })}
              onPress={() => setAsked(backup)}
            >
              {t('goBack')}
            </Button>
          </li>
        ))}
      </ul>
      {asked !== null && (
        <ConfirmSheet
          title={t('goBackTitle', { moment: formatMoment(asked.createdAt) })}
          confirm={t('goBack')}
          onClose={() => setAsked(null)}
          onConfirm={() => void library.goBack(asked.file)}
        >
          {t('goBackAbout')}
        </ConfirmSheet>
      )}
    </SectionFrame>
  );
};
