import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { formatCount, formatSeconds, plural } from '../../components/format.ts';
import { ProblemList } from '../../components/problem-list.tsx';
import { SlotMeter } from '../../components/slot-meter.tsx';
import { FirstSteps } from './first-steps.tsx';
import { ForecastPlot } from './forecast-plot.tsx';
import { goToProblem } from './go-to-problem.ts';
import styles from './inspector.module.css';
import { RunningRender } from './running-render.tsx';

const spokenWords = (text: string): number =>
  text
    .replace(/\[pause[^\]]*\]/gi, ' ')
    .split(/\s+/)
    .filter(Boolean).length;

const Counts = () => {
  const { script } = useStudio();
  const checked = useStore(script, (state) => state.checked);
  const lines = checked?.lines ?? [];
  const words = lines.reduce((sum, line) => sum + spokenWords(line.text), 0);
  return (
    <dl className={styles.counts}>
      <div>
        <dt>Lines</dt>
        <dd>{formatCount(lines.length)}</dd>
      </div>
      <div>
        <dt>Words</dt>
        <dd>{formatCount(words)}</dd>
      </div>
      <div>
        <dt>Variables</dt>
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
  const over = forecasts.filter(({ fit }) => fit === 'overruns').length;
  const near = forecasts.filter(({ fit }) => fit === 'may_overrun').length;
  return (
    <section className={styles.section} aria-label="Timing">
      <h2 className={styles.title}>Timing</h2>
      <p className={styles.big}>
        {formatSeconds(longest.seconds)}
        {slotSeconds !== null && <span className={styles.of}>of {slotSeconds} s</span>}
      </p>
      {forecasts.length > 1 ? (
        <>
          <p className={styles.soft}>Longest variant, {longest.variant}</p>
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
          <span>{plural(forecasts.length - over - near, 'fits', 'fit')}</span>
          {near > 0 && <span className={styles.near}>{formatCount(near)} may overrun</span>}
          {over > 0 && (
            <button type="button" className={styles.over} onClick={() => navigation.go({ tab: 'variants' })}>
              {plural(over, 'overruns', 'overrun')}
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
  return (
    <section className={styles.section} aria-label="Cost">
      <h2 className={styles.title}>Cost of what is new</h2>
      <ul>
        {estimate.byWorkspace.map((part) => (
          <li key={part.workspaceId} className={styles.cost}>
            <span>{part.workspaceName}</span>
            <span className={styles.soft}>{formatCount(part.characters)} characters</span>
            <b>{part.credits === null ? 'unknown' : part.credits === 0 ? 'free' : `${formatCount(part.credits)} cr`}</b>
          </li>
        ))}
      </ul>
      {estimate.credits === null && <p className={styles.faint}>{estimate.creditsNote}</p>}
    </section>
  );
};

/** Beside the text: what it amounts to, how long it runs, what it costs, what is wrong. */
export const Inspector = () => {
  const { script, navigation } = useStudio();
  const problems = useStore(script, (state) => state.checked?.problems) ?? [];
  return (
    <aside className={styles.inspector} aria-label="About this script">
      <FirstSteps />
      <RunningRender />
      {problems.length > 0 && (
        <section className={styles.section} aria-label="Problems">
          <h2 className={styles.title}>Problems</h2>
          <ProblemList
            problems={problems}
            onGo={(problem) => {
              navigation.go({ tab: 'script' });
              requestAnimationFrame(() => goToProblem(problem.line ?? 1, problem.column ?? 1));
            }}
          />
        </section>
      )}
      <Counts />
      <Timing />
      <Cost />
    </aside>
  );
};
