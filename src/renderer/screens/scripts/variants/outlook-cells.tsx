import { Play } from 'lucide-react';
import type { VariantOutlook } from '#contract/methods/variant.ts';
import { formatDecimal, formatSeconds } from '../../../components/format.ts';
import { wordsOf } from '../../../words/words.ts';
import styles from './outlook-cells.module.css';

type Fit = 'fits' | 'mayOverrun' | 'overruns';

/** Against the slot: a known length fits or does not, a predicted one may do either. */
export const fitOf = (outlook: VariantOutlook, slotSeconds: number | null): Fit | null => {
  if (slotSeconds === null || outlook.fit === null) return null;
  if (outlook.actualSeconds !== null) return outlook.actualSeconds > slotSeconds ? 'overruns' : 'fits';
  return outlook.fit === 'may_overrun' ? 'mayOverrun' : outlook.fit;
};

/** The length in words, for reading out and for copying. */
export const lengthText = (outlook: VariantOutlook | undefined, slotSeconds: number | null): string => {
  const t = wordsOf('variants');
  if (outlook === undefined) return '';
  const { actualSeconds, seconds, lowSeconds, highSeconds } = outlook;
  const length =
    actualSeconds === null
      ? t('lengthPredicted', {
          seconds: formatSeconds(seconds),
          low: formatDecimal(lowSeconds),
          high: formatSeconds(highSeconds),
        })
      : t('lengthActual', { seconds: formatSeconds(actualSeconds) });
  const fit = fitOf(outlook, slotSeconds);
  return fit === null ? length : `${length}, ${t(fit)}`;
};

export const audioText = (outlook: VariantOutlook | undefined, isWorking: boolean): string => {
  const t = wordsOf('variants');
  if (outlook === undefined) return isWorking ? '' : t('cannotSay');
  const { owned, open, fresh, sameAs } = outlook;
  return [
    sameAs === null ? '' : t('sameAs', { name: sameAs }),
    fresh > 0 ? t('fresh', { count: fresh }) : '',
    open > 0 ? t('open', { count: open }) : '',
    owned > 0 && sameAs === null ? t('owned', { count: owned }) : '',
  ]
    .filter(Boolean)
    .join(', ');
};

/** A bar up to the slot's mark: solid when measured, with its error band when predicted. */
export const LengthCell = ({
  outlook,
  slotSeconds,
  isWorking,
}: {
  readonly outlook: VariantOutlook | undefined;
  readonly slotSeconds: number | null;
  /** It is being worked out: not to be known yet says nothing. */
  readonly isWorking: boolean;
}) => {
  if (outlook === undefined) return <span className={styles.faint}>{isWorking ? '…' : '–'}</span>;
  const { actualSeconds, lowSeconds, highSeconds } = outlook;
  const seconds = actualSeconds ?? outlook.seconds;
  const fit = fitOf(outlook, slotSeconds);
  const scale = (slotSeconds ?? 1) * 1.25;
  const percent = (value: number): string => `${Math.min(100, Math.max(0, (100 * value) / scale))}%`;
  return (
    <span className={styles.length} data-fit={fit ?? undefined} title={lengthText(outlook, slotSeconds)}>
      <span data-figures className={styles.seconds}>
        {actualSeconds === null && <span aria-hidden>~</span>}
        {formatDecimal(seconds)}
      </span>
      {slotSeconds !== null && (
        <span aria-hidden className={styles.bar} data-known={actualSeconds !== null || undefined}>
          <span className={styles.fill} style={{ width: percent(seconds) }} />
          {actualSeconds === null && (
            <span
              className={styles.band}
              style={{ left: percent(lowSeconds), right: `calc(100% - ${percent(highSeconds)})` }}
            />
          )}
          <span className={styles.slot} style={{ left: percent(slotSeconds) }} />
        </span>
      )}
    </span>
  );
};

export const AudioCell = ({
  outlook,
  isWorking,
}: {
  readonly outlook: VariantOutlook | undefined;
  readonly isWorking: boolean;
}) => {
  const t = wordsOf('variants');
  if (outlook === undefined && isWorking) return <span className={styles.faint}>…</span>;
  if (outlook === undefined)
    return (
      <span className={styles.faint} title={t('cannotSayHint')}>
        {t('cannotSay')}
      </span>
    );
  const { owned, open, fresh, sameAs } = outlook;
  return (
    <span className={styles.audio} title={audioText(outlook, false)}>
      {sameAs !== null && <span className={styles.same}>{t('sameAs', { name: sameAs })}</span>}
      {fresh > 0 && <span className={styles.fresh}>{t('fresh', { count: fresh })}</span>}
      {open > 0 && <span className={styles.open}>{t('open', { count: open })}</span>}
      {owned > 0 && sameAs === null && (
        <span className={styles.owned}>{fresh + open === 0 ? t('allOwned') : t('owned', { count: owned })}</span>
      )}
    </span>
  );
};

/** The number of the row; under the pointer, and in the row that is worked on, the button that plays it. */
export const RowCell = ({
  row,
  label,
  onPlay,
}: {
  readonly row: number;
  readonly label: string;
  readonly onPlay: () => void;
}) => (
  <span className={styles.row}>
    <span data-figures className={styles.number}>
      {row}
    </span>
    <button type="button" tabIndex={-1} aria-label={label} title={label} className={styles.play} onClick={onPlay}>
      <Play aria-hidden />
    </button>
  </span>
);
