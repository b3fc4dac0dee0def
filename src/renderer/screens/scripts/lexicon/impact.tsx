import { useStore } from 'zustand';
import { useStudio } from '../../../app/studio-context.ts';
import { formatCredits } from '../../../components/format.ts';
import { wordsOf } from '../../../words/words.ts';
import styles from './lexicon-tab.module.css';

/** What saving would change, before it is saved: lines, and sounds that would be paid for again. */
export const Impact = ({ isConsidered }: { readonly isConsidered: boolean }) => {
  const { lexicon } = useStudio();
  const impact = useStore(lexicon, (state) => state.impact);
  const stale = useStore(lexicon, (state) => state.impactStale);
  const considered = useStore(lexicon, (state) => state.considered !== null);
  const t = wordsOf('lexicon');
  const common = wordsOf('common');
  if (!isConsidered) return <p className={styles.impact} />;
  if (impact === null || !considered) return <p className={styles.impact}>{stale ? t('working') : ''}</p>;
  const { scripts, units, credits } = impact;
  const lines = scripts.reduce((sum, script) => sum + script.lines, 0);
  const price =
    credits === null
      ? t('rerenderUnknown')
      : credits === 0
        ? t('rerenderFree')
        : t('rerenderCosts', { credits: formatCredits(credits) });
  return (
    <p
      role="status"
      className={styles.impact}
      data-stale={stale || undefined}
      title={scripts.map(({ title, lines: count }) => `${title}: ${common('lines', { count })}`).join('\n')}
    >
      {lines === 0
        ? t('touchesNone')
        : t('touches', {
            lines: common('lines', { count: lines }),
            scripts: common('scripts', { count: scripts.length }),
          })}{' '}
      {units > 0 ? (
        <b>
          {t('rerender', { count: units })}: {price}.
        </b>
      ) : (
        lines > 0 && t('rerenderNone')
      )}
    </p>
  );
};
