/** When open calls of closed jobs are asked after: soon after the start, then hourly, and soon after a take whose price was not told. */
import type { Clock, Logger } from '../ports.ts';
import type { LateRound } from './reconcile.ts';

export interface LateRounds {
  start(): void;
  /** A take was stored without a price: the vendor tells it in a while. */
  priceMissing(): void;
  stop(): void;
}

const firstMs = 3_000;
const hourMs = 3_600_000;
/** Waits for missing prices: each longer than the one before, then hourly like the rest. */
const priceWaitsMs: readonly number[] = [2_000, 10_000, 60_000, 300_000];

export const createLateRounds = (
  ports: { readonly clock: Clock; readonly logger: Logger },
  round: () => Promise<LateRound>,
): LateRounds => {
  const { clock, logger } = ports;
  let stopped = false;
  let isLooking = false;
  let endHourly: (() => void) | null = null;
  let endSoon: (() => void) | null = null;
  let waits = 0;

  const soon = (): void => {
    const wait = priceWaitsMs[waits];
    if (stopped || endSoon !== null || wait === undefined) return;
    waits += 1;
    endSoon = clock.after(wait, () => {
      endSoon = null;
      look();
    });
  };
  const look = (): void => {
    if (isLooking || stopped) return;
    isLooking = true;
    round()
      .then(({ unpriced, touched }) => {
        // As long as prices come in, the others are worth another early look.
        if (touched.length > 0) waits = Math.min(waits, 1);
        if (unpriced > 0) soon();
        else waits = 0;
      })
      .catch((error: unknown) => logger.error('Old calls could not be looked at.', { error }))
      .finally(() => {
        isLooking = false;
      });
  };
  const hourly = (delayMs: number): void => {
    endHourly = clock.after(delayMs, () => {
      look();
      if (!stopped) hourly(hourMs);
    });
  };
  return {
    start: () => hourly(firstMs),
    priceMissing: () => {
      waits = Math.min(waits, 1);
      soon();
    },
    stop: () => {
      stopped = true;
      endHourly?.();
      endSoon?.();
    },
  };
};
