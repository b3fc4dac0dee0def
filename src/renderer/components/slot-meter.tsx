import type { Estimate } from '#contract/entities.ts';
import { wordsOf } from '../words/words.ts';
import { formatSeconds } from './format.ts';
import styles from './slot-meter.module.css';

type Forecast = Estimate['forecasts'][number];

const scaleOf = (slotSeconds: number, longest: number): number => Math.max(slotSeconds * 1.15, longest * 1.02, 1);

/** One predicted length with its error band against the booked slot. */
export const SlotMeter = ({
  forecast,
  slotSeconds,
  actualSeconds,
}: {
  readonly forecast: Forecast;
  readonly slotSeconds: number;
  readonly actualSeconds?: number | undefined;
}) => {
  const scale = scaleOf(slotSeconds, forecast.highSeconds);
  const percent = (seconds: number): string => `${Math.min(100, (100 * seconds) / scale)}%`;
  const seconds = actualSeconds ?? forecast.seconds;
  const t = wordsOf('shell');
  const fit = forecast.fit ?? 'fits';
  const words = t(({ fits: 'fits', may_overrun: 'mayOverrun', overruns: 'overruns' } as const)[fit]);
  const slot = formatSeconds(slotSeconds);
  return (
    <span
      role="img"
      aria-label={t('slotOf', { length: formatSeconds(seconds), slot, fit: words })}
      title={t('slotBand', {
        low: formatSeconds(forecast.lowSeconds),
        high: formatSeconds(forecast.highSeconds),
        fit: words,
        slot,
      })}
      data-fit={fit}
      className={styles.meter}
    >
      <span
        className={styles.band}
        style={{ left: percent(forecast.lowSeconds), right: `calc(100% - ${percent(forecast.highSeconds)})` }}
      />
      <span className={styles.fill} style={{ width: percent(seconds) }} />
      <span className={styles.slot} style={{ left: percent(slotSeconds) }} />
    </span>
  );
};
