import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { formatCount, formatSeconds } from '../../components/format.ts';
import { SlotMeter } from '../../components/slot-meter.tsx';
import { FirstSteps } from './first-steps.tsx';
import { ForecastPlot } from './forecast-plot.tsx';
import styles from './inspector.module.css';
import { LineSection } from './line-section.tsx';
import { ProblemSection } from './problem-section.tsx';
import { RunningRender } from './running-render.tsx';
import { wordsOf } from '../../words/words.ts';

const spokenWords = (text: string): number =>
  text
    .replace(/\[pause[^\]]*\]/gi, ' ')
    .split(/\s+/)
    .filter(Boolean).length;

const Counts = () => {
  const { script } = useStudio();
  const checked = useStore(script, (state) => state.checked);
  const lines = checked?.lines;
  const words = useMemo(() => lines?.reduce((sum, line) => sum + spokenWords(line.text), 0) ?? 0, [lines]);
  const t = wordsOf('scripts');
  return (
    <dl className={styles.counts}>
      <div>
        <dt>{t('countLines')}</dt>
        <dd>{formatCount(lines?.length ?? 0)}</dd>
      </div>
      <div>
        <dt>{t('countWords')}</dt>
        <dd>{formatCount(words)}</dd>
      </div>
      <div>
        <dt>{t('countVariables')}</dt>
        <dd>{formatCount(checked?.variables.length ?? 0)}</dd>
      </div>
    </dl>
  );
};

const Timing = () => {
  const { order, navigation } = useStudio();
  const estimate = useStore(order, (state) => state.estimate);
  if (estimate === null || estimate.forecasts.length === 0) return null;
  const { forecasts, slotSeconds, bandPercent, bandNote } = estimate;
  const longest = forecasts.reduce((most, forecast) => (forecast.seconds > most.seconds ? forecast : most));
  const t = wordsOf('scripts');
  const over = forecasts.filter(({ fit }) => fit === 'overruns').length;
  const near = forecasts.filter(({ fit }) => fit === 'may_overrun').length;
  return (
    <section className={styles.section} aria-label={t('timing')}>
      <h2 className={styles.title}>{t('timing')}</h2>
      <p className={styles.big}>
        {formatSeconds(longest.seconds)}
        {slotSeconds !== null && <span className={styles.of}>{t('ofSlot', { seconds: slotSeconds })}</span>}
      </p>
      {forecasts.length > 1 ? (
        <>
          <p className={styles.soft}>{t('longestVariant', { variant: longest.variant })}</p>
          <ForecastPlot forecasts={forecasts} slotSeconds={slotSeconds} />
        </>
      ) : (
        slotSeconds !== null && (
          <div className={styles.meter}>
            <SlotMeter forecast={longest} slotSeconds={slotSeconds} />
          </div>
        )
      )}
      {slotSeconds !== null && forecasts.length > 1 && (
        <p className={styles.fit}>
          <span>{t('fit', { count: forecasts.length - over - near })}</span>
          {near > 0 && <span className={styles.near}>{t('near', { count: near })}</span>}
          {over > 0 && (
            <button type="button" className={styles.over} onClick={() => navigation.go({ tab: 'variants' })}>
              {t('over', { count: over })}
            </button>
          )}
        </p>
      )}
      <p className={styles.faint}>
        ±{formatCount(bandPercent)} %. {bandNote}
      </p>
    </section>
  );
};

const Cost = () => {
  const { order } = useStudio();
  const estimate = useStore(order, (state) => state.estimate);
  if (estimate === null || estimate.fresh === 0) return null;
  const t = wordsOf('scripts');
  return (
    <section className={styles.section} aria-label={t('cost')}>
      <h2 className={styles.title}>{t('costOfNew')}</h2>
      <ul>
        {estimate.byWorkspace.map((part) => (
          <li key={part.workspaceId} className={styles.cost}>
            <span>{part.workspaceName}</span>
            <span className={styles.soft}>{t('characters', { count: part.characters })}</span>
            <b>
              {part.credits === null
                ? t('unknown')
                : part.credits === 0
                  ? wordsOf('common')('free')
                  : t('credits', { count: Math.ceil(part.credits) })}
            </b>
          </li>
        ))}
      </ul>
      {estimate.credits === null && <p className={styles.faint}>{estimate.creditsNote}</p>}
    </section>
  );
};

/** Beside the text: what it amounts to, how long it runs, what it costs, what is wrong. */
export const Inspector = () => (
  <aside className={styles.inspector} aria-label={wordsOf('scripts')('aboutScript')}>
    <FirstSteps />
    <RunningRender />
    <ProblemSection />
    <LineSection />
    <Counts />
    <Timing />
    <Cost />
  </aside>
);
