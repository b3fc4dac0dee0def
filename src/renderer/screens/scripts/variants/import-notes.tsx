import { useStore } from 'zustand';
import { useStudio } from '../../../app/studio-context.ts';
import { Button } from '../../../components/button.tsx';
import { formatCount } from '../../../components/format.ts';
import { ProblemList } from '../../../components/problem-list.tsx';
import { Sheet } from '../../../components/sheet.tsx';
import { wordsOf } from '../../../words/words.ts';
import styles from './variants-tab.module.css';

/** Why a file was not taken. */
export const Refused = () => {
  const { variants } = useStudio();
  const refused = useStore(variants, (state) => state.refused);
  const t = wordsOf('variants');
  if (refused === null) return null;
  return (
    <div role="alert" className={styles.refused}>
      <p>
        <b>{t('refusedTitle', { file: refused.file })}</b> {t('refusedText')}
      </p>
      <ProblemList problems={refused.problems} unit="Row" most={50} />
      <Button size="small" onPress={variants.forgetRefused}>
        {t('dismiss')}
      </Button>
    </div>
  );
};

/** What a file would do, before it does. */
export const TrialSheet = () => {
  const { variants } = useStudio();
  const trial = useStore(variants, (state) => state.trial);
  const old = useStore(variants, (state) => state.table?.variants.length ?? 0);
  const t = wordsOf('variants');
  const common = wordsOf('common');
  if (trial === null) return null;
  const { file, rows, columns, problems } = trial;
  return (
    <Sheet
      title={t('trialTitle', { file: file.name })}
      onClose={variants.dismissTrial}
      footer={
        <>
          <Button onPress={variants.dismissTrial}>{common('cancel')}</Button>
          <Button look="primary" onPress={() => void variants.acceptTrial()}>
            {t('trialAccept', { count: rows })}
          </Button>
        </>
      }
    >
      <p>{old > 0 ? t('trialReplaces', { count: rows, old: formatCount(old) }) : t('trialAdds', { count: rows })}</p>
      <p className={styles.soft}>{t('trialColumns', { columns: columns.filter(Boolean).join(', ') })}</p>
      {problems.length > 0 && (
        <>
          <p>{t('trialProblems')}</p>
          <ProblemList problems={problems} unit="Row" most={20} />
        </>
      )}
    </Sheet>
  );
};
