import { Download, PackageOpen } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { formatBytes, formatMoment } from '../../components/format.ts';
import { Progress } from '../../components/progress.tsx';
import { Sheet } from '../../components/sheet.tsx';
import type { Storage, Work } from '../../stores/library-store.ts';
import { wordsOf } from '../../words/words.ts';
import { SectionFrame } from './section-frame.tsx';
import frame from './settings-screen.module.css';
import styles from './storage-section.module.css';

const WorkState = ({ work }: { readonly work: Work }) => {
  const t = wordsOf('settings');
  if (work.kind === 'sending') return <p role="status">{t('sendingFile')}</p>;
  if (work.kind === 'exchanging') return <p role="status">{t('exchanging')}</p>;
  if ((work.kind !== 'exporting' && work.kind !== 'unpacking') || work.progress === null) return null;
  const { doneBytes, totalBytes } = work.progress;
  const words = t(work.kind, { done: formatBytes(doneBytes), total: formatBytes(totalBytes) });
  return (
    <div className={styles.progress}>
      <Progress label={words} total={totalBytes} portions={[{ kind: 'running', count: doneBytes }]} live />
      <p className={frame.faint}>{words}</p>
    </div>
  );
};

const Ready = () => {
  const { library } = useStudio();
  const exported = useStore(library, (state) => state.exported);
  const t = wordsOf('settings');
  if (exported === null) return null;
  return (
    <div role="status" className={frame.row}>
      <p>{t('exportReady', { name: exported.fileName, size: formatBytes(exported.bytes) })}</p>
      <a className={styles.download} href={library.exportUrl(exported.exportId)} download={exported.fileName}>
        <Download aria-hidden />
        {t('download')}
      </a>
    </div>
  );
};

/** Asked once, with all that will happen; nothing has happened before. */
const RestoreSheet = ({ file, onClose }: { readonly file: File; readonly onClose: () => void }) => {
  const { library } = useStudio();
  const t = wordsOf('settings');
  const common = wordsOf('common');
  return (
    <Sheet
      alert
      title={t('restoreTitle', { file: file.name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{common('keep')}</Button>
          <Button
            look="danger"
            onPress={() => {
              onClose();
              void library.restore(file);
            }}
          >
            {t('restoreConfirm')}
          </Button>
        </>
      }
    >
      <div className={styles.confirm}>
        <p>{t('restoreAbout')}</p>
        <p>{t('restoreQueue')}</p>
      </div>
    </Sheet>
  );
};

/** The library out as one file, and one in. */
export const WholePart = ({ storage }: { readonly storage: Storage }) => {
  const { library } = useStudio();
  const work = useStore(library, (state) => state.work);
  const [file, setFile] = useState<File | null>(null);
  const t = wordsOf('settings');
  const idle = work.kind === 'idle';
  return (
    <SectionFrame level={3} title={t('wholeTitle')} about={t('wholeAbout')}>
      <FileDrop label={t('restoreDrop')} onFiles={([first]) => first !== undefined && setFile(first)}>
        <div className={frame.row}>
          <Button
            icon={<Download aria-hidden />}
            busy={work.kind === 'exporting'}
            isDisabled={!idle}
            onPress={() => void library.exportFile()}
          >
            {t('export')}
          </Button>
          <FileTrigger
            acceptedFileTypes={['.cuebooth']}
            onSelect={(files) => {
              const first = files?.[0];
              if (first !== undefined) setFile(first);
            }}
          >
            <Button icon={<PackageOpen aria-hidden />} isDisabled={!idle}>
              {t('restore')}
            </Button>
          </FileTrigger>
          <WorkState work={work} />
        </div>
      </FileDrop>
      <Ready />
      {storage.putAside.length > 0 && (
        <div className={styles.confirm}>
          <h4>{t('putAsideTitle')}</h4>
          <p className={frame.soft}>{t('putAsideAbout')}</p>
          <ul className={styles.rows}>
            {storage.putAside.map(({ path, createdAt }) => (
              <li key={path}>
                <span className={styles.when}>{formatMoment(createdAt)}</span>
                <code className={styles.place}>{path}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {file !== null && <RestoreSheet file={file} onClose={() => setFile(null)} />}
    </SectionFrame>
  );
};
