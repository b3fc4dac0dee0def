import { Download } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { MethodOutput } from '#contract/methods/index.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { SwitchField, TextField } from '../../components/field.tsx';
import { formatBytes } from '../../components/format.ts';
import { Sheet } from '../../components/sheet.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './package-sheet.module.css';

/** What a client gets, and the file to take away. */
export const PackageSheet = ({ onClose }: { readonly onClose: () => void }) => {
  const { review, projects } = useStudio();
  const t = wordsOf('review');
  const scriptId = useStore(review, (state) => state.scriptId);
  const scriptTitle = useStore(projects, (state) => state.scripts.find(({ id }) => id === scriptId)?.title ?? '');
  const variant = useStore(review, (state) => state.filter.variant);
  const [title, setTitle] = useState(scriptTitle);
  const [note, setNote] = useState('');
  const [openOnly, setOpenOnly] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [made, setMade] = useState<MethodOutput<'review.package'> | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    const found = await review.pack({ title, note, openOnly, variants: variant === null ? null : [variant] });
    setMade(found);
    setBusy(false);
  };
  const changed =
    <T,>(set: (value: T) => void) =>
    (value: T): void => {
      set(value);
      setMade(null);
    };
  return (
    <Sheet
      title={t('packageTitle')}
      onClose={onClose}
      footer={
        made === null ? (
          <Button look="primary" busy={isBusy} onPress={() => void make()}>
            {t('packageMake')}
          </Button>
        ) : (
          <a className={styles.download} href={review.exportUrl(made.exportId)} download={made.fileName}>
            <Download aria-hidden /> {t('packageDownload', { file: made.fileName })}
          </a>
        )
      }
    >
      <div className={styles.form}>
        <p className={styles.intro}>{t('packageIntro')}</p>
        <TextField label={t('packageName')} value={title} onChange={changed(setTitle)} maxLength={120} autoFocus />
        <TextField label={t('packageNote')} value={note} onChange={changed(setNote)} maxLength={4000} />
        <SwitchField label={t('packageOpenOnly')} isSelected={openOnly} onChange={changed(setOpenOnly)} />
        <p role="status" className={styles.ready}>
          {made !== null &&
            t('packageReady', { takes: made.takes, variants: made.variants, size: formatBytes(made.bytes) })}
        </p>
      </div>
    </Sheet>
  );
};
