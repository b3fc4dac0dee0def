import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../../app/studio-context.ts';
import { formatCredits } from '../../../components/format.ts';
import { wordsOf } from '../../../words/words.ts';
import { fitOf } from './outlook-cells.tsx';
import styles from './variants-tab.module.css';

/** What the whole table comes to: what will be rendered, what is owned, what does not fit. */
export const Summary = ({ slotSeconds }: { readonly slotSeconds: number | null }) => {
  const { variants, order } = useStudio();
  const outlook = useStore(variants, (state) => state.outlook);
  const stale = useStore(variants, (state) => state.outlookStale);
  const rows = useStore(variants, (state) => state.table?.variants.length ?? 0);
  const estimate = useStore(order, (state) => (state.choice.only === null ? state.estimate : null));
  const t = wordsOf('variants');
  const sums = useMemo(() => {
    const counts = { fresh: 0, open: 0, same: 0, over: 0, near: 0 };
    for (const one of outlook.values()) {
      const fit = fitOf(one, slotSeconds);
      counts.fresh += one.fresh;
      counts.same += one.sameAs === null ? 0 : 1;
      counts.over += fit === 'overruns' ? 1 : 0;
      counts.near += fit === 'mayOverrun' ? 1 : 0;
    }
    return counts;
  }, [outlook, slotSeconds]);
  if (outlook.size === 0 && stale) return <p className={styles.summary}>{t('summaryWorking')}</p>;
  const unsaid = rows - outlook.size;
  const price =
    estimate === null || estimate.fresh === 0
      ? ''
      : estimate.credits === null
        ? t('costUnknown')
        : estimate.credits === 0
          ? t('free')
          : t('costs', { credits: formatCredits(estimate.credits) });
  return (
    <p className={styles.summary} data-stale={stale || undefined}>
      <b>{t('summaryFresh', { count: sums.fresh })}</b>
      {price !== '' && <span>{price}</span>}
      {estimate !== null && estimate.owned > 0 && <span>{t('summaryOwned', { count: estimate.owned })}</span>}
      {estimate !== null && estimate.open > 0 && (
        <span className={styles.open}>{t('summaryOpen', { count: estimate.open })}</span>
      )}
      {sums.same > 0 && <span>{t('summarySame', { count: sums.same })}</span>}
      {sums.near > 0 && <span className={styles.warning}>{t('summaryNear', { count: sums.near })}</span>}
      {sums.over > 0 && <span className={styles.error}>{t('summaryOver', { count: sums.over })}</span>}
      {unsaid > 0 && !stale && <span className={styles.error}>{t('summaryUnsaid', { count: unsaid })}</span>}
    </p>
  );
};
