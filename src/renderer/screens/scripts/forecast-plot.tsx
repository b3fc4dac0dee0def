import type { Estimate } from '#contract/entities.ts';
import { formatSeconds } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './forecast-plot.module.css';

const width = 240;
const height = 46;
const bins = 40;

const rangeOf = (forecasts: Estimate['forecasts']): { readonly least: number; readonly most: number } => {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const { seconds } of forecasts) {
    least = Math.min(least, seconds);
    most = Math.max(most, seconds);
  }
  return { least, most };
};

/** How the variants' predicted lengths lie around the slot: one column per stretch of time, the slot as a line. */
export const ForecastPlot = ({
  forecasts,
  slotSeconds,
}: {
  readonly forecasts: Estimate['forecasts'];
  readonly slotSeconds: number | null;
}) => {
  const { least, most: greatest } = rangeOf(forecasts);
  const shortest = Math.min(least, slotSeconds ?? least);
  const longest = Math.max(greatest, slotSeconds ?? greatest);
  const spread = Math.max(2, longest - shortest);
  const from = Math.max(0, shortest - spread * 0.12);
  const to = longest + spread * 0.12;
  const at = (seconds: number): number => ((seconds - from) / (to - from)) * width;
  const counts = new Map<number, { count: number; fit: string }>();
  for (const { seconds, fit } of forecasts) {
    const bin = Math.min(bins - 1, Math.floor((at(seconds) / width) * bins));
    const known = counts.get(bin);
    counts.set(bin, { count: (known?.count ?? 0) + 1, fit: known?.fit === 'overruns' ? 'overruns' : (fit ?? 'fits') });
  }
  const most = Math.max(...[...counts.values()].map(({ count }) => count));
  const t = wordsOf('scripts');
  const ends = { least: formatSeconds(least), most: formatSeconds(greatest) };
  return (
    <svg
      role="img"
      aria-label={slotSeconds === null ? t('plotWords', ends) : t('plotSlot', { ...ends, slot: slotSeconds })}
      viewBox={`0 0 ${width} ${height + 14}`}
      className={styles.plot}
    >
      <line x1={0} x2={width} y1={height} y2={height} className={styles.axis} />
      {[...counts].map(([bin, { count, fit }]) => {
        const tall = Math.max(3, (count / most) * (height - 6));
        return (
          <rect
            key={bin}
            x={(bin * width) / bins + 0.75}
            y={height - tall}
            width={width / bins - 1.5}
            height={tall}
            rx={1}
            data-fit={fit}
            className={styles.column}
          />
        );
      })}
      {slotSeconds !== null && (
        <>
          <line x1={at(slotSeconds)} x2={at(slotSeconds)} y1={0} y2={height} className={styles.slot} />
          <text x={at(slotSeconds)} y={height + 12} className={styles.words}>
            {slotSeconds} s
          </text>
        </>
      )}
    </svg>
  );
};
