import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './first-steps.module.css';

/** Stands beside the script until something has been rendered: what to press first, and that it is free. */
export const FirstSteps = () => {
  const { renders, order, tour } = useStudio();
  const ready = useStore(renders, (state) => state.status === 'ready' && state.renders.length === 0);
  const estimate = useStore(order, (state) => state.estimate);
  const touring = useStore(tour, (state) => state.step !== null);
  if (!ready || touring || estimate === null || estimate.fresh === 0) return null;
  const t = wordsOf('scripts');
  const free = estimate.credits === 0;
  return (
    <section className={styles.card} aria-label={t('firstSteps')}>
      <h2 className={styles.title}>{t('firstTitle')}</h2>
      <ol className={styles.steps}>
        <li>{free ? t('firstFree') : t('firstPaid')}</li>
        <li>{t('firstPlay')}</li>
        <li>{t('firstChange')}</li>
      </ol>
    </section>
  );
};
