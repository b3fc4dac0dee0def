import type { Estimate } from '#contract/entities.ts';
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
  const words = { fits: 'fits', may_overrun: 'may overrun', overruns: 'overruns' } as const;
  const fit = forecast.fit ?? 'fits';
  return (
    <span
      role="img"
      aria-label={`${formatSeconds(seconds)} of ${slotSeconds} s, ${words[fit]}`}
      title={`${formatSeconds(forecast.lowSeconds)} to ${formatSeconds(forecast.highSeconds)} predicted; ${words[fit]} in ${slotSeconds} s`}
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
