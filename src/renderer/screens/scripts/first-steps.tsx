import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import styles from './first-steps.module.css';

/** Stands beside the script until something has been rendered: what to press first, and that it is free. */
export const FirstSteps = () => {
  const { renders, order } = useStudio();
  const ready = useStore(renders, (state) => state.status === 'ready' && state.renders.length === 0);
  const estimate = useStore(order, (state) => state.estimate);
  if (!ready || estimate === null || estimate.fresh === 0) return null;
  const free = estimate.credits === 0;
  return (
    <section className={styles.card} aria-label="First steps">
      <h2 className={styles.title}>Hear it in a minute</h2>
      <ol className={styles.steps}>
        <li>
          {free
            ? 'Press Render. These are Scratch voices: it costs nothing.'
            : 'Press Render. The price is asked about first.'}
        </li>
        <li>Open Variants and play a row: all its lines in order, as they will air.</li>
        <li>Change a word here and render again: only what changed is made anew.</li>
      </ol>
    </section>
  );
};
