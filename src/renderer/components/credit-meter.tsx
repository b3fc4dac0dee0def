import type { CreditMeter as Meter } from '#contract/account.ts';
import { wordsOf } from '../words/words.ts';
import { amountWords } from './credit-units.ts';
import styles from './credit-meter.module.css';

/** Below this share of the limit the bar turns to a warning. */
const lowShare = 0.1;

/** Shares of the limit, together at most 1; null where the vendor tells no limit. */
export const meterShares = ({
  usedCredits,
  limitCredits,
  heldCredits,
  freeCredits,
}: Meter): { readonly used: number; readonly held: number; readonly isLow: boolean } | null => {
  if (usedCredits === null || limitCredits === null || limitCredits <= 0) return null;
  const used = Math.min(1, usedCredits / limitCredits);
  const held = Math.min(1 - used, heldCredits / limitCredits);
  return { used, held, isLow: (freeCredits ?? 0) < lowShare * limitCredits };
};

/** One bar: what is used, what the queue holds, and what is free. */
export const CreditMeter = ({ meter }: { readonly meter: Meter }) => {
  const shares = meterShares(meter);
  const t = wordsOf('account');
  const amount = (of: number | null): string => amountWords(of ?? 0, meter.costUnit);
  const figures = {
    workspace: meter.workspaceName,
    used: amount(meter.usedCredits),
    limit: amount(meter.limitCredits),
    held: amount(meter.heldCredits),
  };
  const words =
    shares === null
      ? t('noLimit', figures)
      : meter.freeCredits === null
        ? t('meter', figures)
        : t('meterFree', { ...figures, free: amount(meter.freeCredits) });
  return (
    <span
      role="img"
      aria-label={words}
      data-low={shares?.isLow === true || undefined}
      data-untold={shares === null || undefined}
      className={styles.meter}
    >
      {shares !== null && (
        <>
          <span className={styles.used} style={{ width: `${100 * shares.used}%` }} />
          <span className={styles.held} style={{ width: `${100 * shares.held}%` }} />
        </>
      )}
    </span>
  );
};
