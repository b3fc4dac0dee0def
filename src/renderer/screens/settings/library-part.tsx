import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatBytes } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { SectionFrame } from './section-frame.tsx';
import styles from './settings-screen.module.css';

const Report = () => {
  const { library } = useStudio();
  const report = useStore(library, (state) => state.report);
  const t = wordsOf('settings');
  const common = wordsOf('common');
  if (report === null) return null;
  const adoptable = report.unreferenced.filter((file) => file.adoptable).length;
  const mendable = report.missing.length > 0 || adoptable > 0 || !report.databaseOk;
  return (
    <div className={styles.report} role="status">
      <p>{report.databaseOk ? t('databaseSound') : report.databaseMessage}</p>
      <p className={styles.soft}>
        {t('reportCounts', {
          takes: common('takes', { count: report.takes }),
          files: t('audioFiles', { count: report.mediaFiles }),
          size: formatBytes(report.mediaBytes),
          backups: t('backupsCount', { count: report.backups.length }),
        })}
      </p>
      {report.missing.length > 0 && <p>{t('lostAudio', { count: report.missing.length })}</p>}
      {report.unreferenced.length > 0 && <p>{t('strayAudio', { count: report.unreferenced.length, adoptable })}</p>}
      {report.repaired.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {mendable && (
        <div className={styles.row}>
          <Button onPress={() => void library.check(true)}>{t('mend')}</Button>
        </div>
      )}
    </div>
  );
};

/** Where the library lies, what it warns about, and its check. */
export const LibraryPart = () => {
  const { library } = useStudio();
  const open = useStore(library, (state) => state.library);
  const notices = useStore(library, (state) => state.notices);
  const work = useStore(library, (state) => state.work.kind);
  const t = wordsOf('settings');
  const common = wordsOf('common');
  return (
    <SectionFrame level={3} title={t('library')} about={t('libraryAbout')}>
      {open !== null && (
        <>
          <p className={styles.path}>{open.path}</p>
          <p className={styles.soft}>
            {t('contents', {
              projects: t('projects', { count: open.counts.projects }),
              scripts: common('scripts', { count: open.counts.scripts }),
              takes: common('takes', { count: open.counts.takes }),
            })}{' '}
            {open.readOnly && t('readOnly')}
          </p>
        </>
      )}
      {notices.map(({ level, code, message }) => (
        <p key={`${code}${message}`} className={cx(styles.notice, level !== 'notice' && styles[level])}>
          {message}
        </p>
      ))}
      <div className={styles.row}>
        <Button busy={work === 'checking'} isDisabled={work !== 'idle'} onPress={() => void library.check(false)}>
          {t(work === 'checking' ? 'checking' : 'checkLibrary')}
        </Button>
      </div>
      <Report />
    </SectionFrame>
  );
};
