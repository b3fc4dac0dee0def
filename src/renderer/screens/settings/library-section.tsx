import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatBytes, formatCount, plural } from '../../components/format.ts';
import styles from './settings-screen.module.css';

const Report = () => {
  const { library } = useStudio();
  const report = useStore(library, (state) => state.report);
  if (report === null) return null;
  const adoptable = report.unreferenced.filter((file) => file.adoptable).length;
  const mendable = report.missing.length > 0 || adoptable > 0 || !report.databaseOk;
  return (
    <div className={styles.report} role="status">
      <p>{report.databaseOk ? 'The database is sound.' : report.databaseMessage}</p>
      <p className={styles.soft}>
        {plural(report.takes, 'take')}, {plural(report.mediaFiles, 'audio file')} ({formatBytes(report.mediaBytes)}),{' '}
        {plural(report.backups.length, 'backup')}.
      </p>
      {report.missing.length > 0 && (
        <p>{plural(report.missing.length, 'take has', 'takes have')} lost the audio file.</p>
      )}
      {report.unreferenced.length > 0 && (
        <p>
          {plural(report.unreferenced.length, 'file belongs', 'files belong')} to no take; {formatCount(adoptable)} can
          be adopted. Nothing that was paid for is deleted.
        </p>
      )}
      {report.repaired.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {mendable && (
        <div className={styles.row}>
          <Button onPress={() => void library.check(true)}>Mend what can be mended</Button>
        </div>
      )}
    </div>
  );
};

export const LibrarySection = () => {
  const { library } = useStudio();
  const open = useStore(library, (state) => state.library);
  const notices = useStore(library, (state) => state.notices);
  const busy = useStore(library, (state) => state.busy);
  return (
    <section className={styles.section} aria-labelledby="library-title">
      <h2 id="library-title" className={styles.name}>
        Library
      </h2>
      {open !== null && (
        <>
          <p className={styles.path}>{open.path}</p>
          <p className={styles.soft}>
            {plural(open.counts.projects, 'project')}, {plural(open.counts.scripts, 'script')},{' '}
            {plural(open.counts.takes, 'take')}. {open.person} on {open.machine}, Cuebooth {open.version}
            {open.readOnly && ', opened for reading only'}.
          </p>
        </>
      )}
      {notices.map(({ level, code, message }) => (
        <p key={`${code}${message}`} className={cx(styles.notice, level !== 'notice' && styles[level])}>
          {message}
        </p>
      ))}
      <div className={styles.row}>
        <Button busy={busy === 'checking'} isDisabled={busy !== 'idle'} onPress={() => void library.check(false)}>
          {busy === 'checking' ? 'Checking…' : 'Check the library'}
        </Button>
        <Button busy={busy === 'backing-up'} isDisabled={busy !== 'idle'} onPress={() => void library.backUp()}>
          {busy === 'backing-up' ? 'Backing up…' : 'Back up now'}
        </Button>
      </div>
      <Report />
    </section>
  );
};
