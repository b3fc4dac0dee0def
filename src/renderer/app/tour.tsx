import { Play, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { Button, IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import { type TourStep, tourSteps } from '../stores/tour-store.ts';
import { wordsOf } from '../words/words.ts';
import { pressRender } from './order.ts';
import { useStudio } from './studio-context.ts';
import styles from './tour.module.css';

/** What a step offers to do besides going on; null: nothing. */
const useOffer = (step: TourStep | null): React.ReactNode => {
  const studio = useStudio();
  const t = wordsOf('tour');
  const { renders, variants, script, player } = studio;
  const scriptId = useStore(script, (state) => state.script?.id ?? null);
  const title = useStore(script, (state) => state.script?.title ?? '');
  const first = useStore(variants, (state) => state.table?.variants[0]?.name ?? 'default');
  const running = useStore(renders, (state) =>
    state.renders.some((render) => render.scriptId === scriptId && render.state === 'active'),
  );
  const done = useStore(renders, (state) =>
    state.renders.some((render) => render.scriptId === scriptId && render.state === 'done'),
  );
  if (step === 'render') {
    if (done) return <p className={styles.done}>{t('renderDone')}</p>;
    return (
      <Button look="primary" busy={running} onPress={() => void pressRender(studio)}>
        {t(running ? 'renderRunning' : 'renderNow')}
      </Button>
    );
  }
  if (step === 'hear' && scriptId !== null) {
    return (
      <Button look="primary" icon={<Play aria-hidden />} onPress={() => void player.startSpot(scriptId, first, title)}>
        {t('hearNow')}
      </Button>
    );
  }
  return null;
};

/** Stands above the transport and covers nothing that it speaks of; the studio stays usable around it. */
export const Tour = () => {
  const { tour } = useStudio();
  const step = useStore(tour, (state) => state.step);
  const heading = useRef<HTMLHeadingElement>(null);
  const offer = useOffer(step);
  const t = wordsOf('tour');
  useEffect(() => {
    if (step !== null) heading.current?.focus({ preventScroll: true });
  }, [step]);
  if (step === null) return null;
  const at = tourSteps.indexOf(step);
  const last = at === tourSteps.length - 1;
  return (
    <section role="dialog" aria-label={t('tour')} className={styles.card} data-step={step}>
      <header className={styles.head}>
        <p className={styles.count}>{t('stepOf', { step: at + 1, steps: tourSteps.length })}</p>
        <IconButton size="small" label={t('skip')} onPress={tour.end}>
          <X aria-hidden />
        </IconButton>
      </header>
      <h2 ref={heading} tabIndex={-1} className={styles.title}>
        {t(`${step}Title`)}
      </h2>
      <p className={styles.words}>{t(`${step}Words`)}</p>
      {offer !== null && <div className={styles.offer}>{offer}</div>}
      <footer className={styles.foot}>
        <ol className={styles.dots} aria-hidden>
          {tourSteps.map((name) => (
            <li key={name} className={cx(styles.dot, name === step && styles.here)} />
          ))}
        </ol>
        {at > 0 && (
          <Button size="small" look="quiet" onPress={() => tour.go(-1)}>
            {t('back')}
          </Button>
        )}
        <Button size="small" look={last || offer !== null ? 'plain' : 'primary'} onPress={() => tour.go(1)}>
          {t(last ? 'finish' : 'next')}
        </Button>
      </footer>
    </section>
  );
};
