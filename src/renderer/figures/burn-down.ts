/** What is left of an account, from the beginning of its period to its end: read, reckoned and forecast. Pure. */
import type { CreditMeter, UsageRow } from '#contract/account.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { dayMs, dayOf, startOf } from './periods.ts';

export type Reading = MethodOutput<'account.readings'>[number];
export interface Point {
  readonly at: number;
  readonly left: number;
}
export interface Outlook {
  readonly at: number;
  readonly left: number;
  /** At the high and at the low pace. */
  readonly low: number;
  readonly high: number;
}
export interface BurnDown {
  readonly from: number;
  readonly to: number;
  /** As the vendor said, with what was charged since. */
  readonly read: readonly Point[];
  /** Before the first reading: worked out from what each day was charged. */
  readonly reckoned: readonly Point[];
  /** Empty where nothing was spent lately. */
  readonly forecast: readonly Outlook[];
  readonly limit: number | null;
}

/** Of each day our ledger's figure or the vendor's, whichever is more: the account may be shared, and the vendor may be late. */
export const spendingByDay = (rows: readonly UsageRow[]): ReadonlyMap<string, number> => {
  const days = new Map<string, number>();
  for (const { ids, credits } of rows) {
    const day = ids[0] ?? '';
    if (credits !== null) days.set(day, Math.max(days.get(day) ?? 0, credits));
  }
  return days;
};

const leftOf = ({ remainingCredits, limitCredits, usedCredits }: Reading): number | null =>
  remainingCredits ?? (limitCredits !== null && usedCredits !== null ? limitCredits - usedCredits : null);

/** Days drawn ahead where no reset is known. */
const aheadDays = 30;
const forecastSteps = 32;

/** Null where the vendor tells no balance: there is nothing to burn down. */
export const burnDownOf = (
  meter: CreditMeter,
  readings: readonly Reading[],
  spending: ReadonlyMap<string, number>,
  now: number,
): BurnDown | null => {
  const { remainingCredits: remaining, resetAt, forecast, limitCredits } = meter;
  if (remaining === null) return null;
  const from = meter.periodStartAt ?? now - aheadDays * dayMs;
  const runsOut = forecast?.runsOutAt ?? null;
  const ahead = Math.min(runsOut ?? now + aheadDays * dayMs, now + 2 * aheadDays * dayMs);
  const to = resetAt !== null && resetAt > now ? resetAt : Math.max(now + aheadDays * dayMs, ahead + 2 * dayMs);

  const read = readings
    .flatMap((reading): Point[] => {
      const left = leftOf(reading);
      return left === null || reading.at < from || reading.at > now ? [] : [{ at: reading.at, left }];
    })
    .concat({ at: now, left: remaining });
  const first = read[0] ?? { at: now, left: remaining };
  const reckoned: Point[] = [first];
  let left = first.left;
  for (let at = startOf(dayOf(first.at)); at + dayMs > from; at -= dayMs) {
    left += spending.get(dayOf(at)) ?? 0;
    reckoned.unshift({ at: Math.max(from, at), left: limitCredits === null ? left : Math.min(limitCredits, left) });
  }

  const outlook: Outlook[] = [];
  if (forecast !== null) {
    const steps = Array.from({ length: forecastSteps + 1 }, (_, step) => now + ((to - now) * step) / forecastSteps);
    // Where a line meets the ground it bends: those moments are drawn exactly.
    const bends = [runsOut, forecast.earliestAt, forecast.latestAt].filter(
      (at): at is number => at !== null && at > now && at < to,
    );
    const atPace = (at: number, pace: number): number => Math.max(0, remaining - (pace * (at - now)) / dayMs);
    for (const at of [...new Set([...steps, ...bends])].toSorted((a, b) => a - b))
      outlook.push({
        at,
        left: atPace(at, forecast.perDay),
        low: atPace(at, forecast.perDayHigh),
        high: atPace(at, forecast.perDayLow),
      });
  }
  return { from, to, read, reckoned, forecast: outlook, limit: limitCredits };
};

export interface Pace {
  readonly days: readonly { readonly day: string; readonly amount: number; readonly percent: number }[];
  readonly total: number;
  /** What could be spent a day to last until the reset; null where none is known. */
  readonly affordable: number | null;
}

/** The days a forecast's pace is made of, the dearest first. */
export const paceOf = (meter: CreditMeter, spending: ReadonlyMap<string, number>, now: number): Pace | null => {
  const { forecast, resetAt, remainingCredits } = meter;
  if (forecast === null) return null;
  const first = dayOf(now - forecast.days * dayMs);
  const days = [...spending].filter(([day, amount]) => day >= first && amount > 0);
  const total = days.reduce((sum, [, amount]) => sum + amount, 0);
  return {
    total,
    days: days
      .map(([day, amount]) => ({ day, amount, percent: Math.round((100 * amount) / total) }))
      .toSorted((a, b) => b.amount - a.amount),
    affordable:
      resetAt === null || resetAt <= now || remainingCredits === null
        ? null
        : Math.max(0, remainingCredits) / Math.max(1 / 24, (resetAt - now) / dayMs),
  };
};

export interface BurnDownRow {
  readonly day: string;
  readonly left: number;
  readonly kind: 'reckoned' | 'read' | 'forecast';
  readonly low: number | null;
  readonly high: number | null;
}
/** The chart as a table: what each day ended with, oldest first; the forecast's days at their end, too. */
export const rowsOfBurnDown = ({ reckoned, read, forecast }: BurnDown): readonly BurnDownRow[] => {
  const rows = new Map<string, BurnDownRow>();
  for (const { at, left } of reckoned)
    rows.set(dayOf(at), { day: dayOf(at), left, kind: 'reckoned', low: null, high: null });
  for (const { at, left } of read) rows.set(dayOf(at), { day: dayOf(at), left, kind: 'read', low: null, high: null });
  const today = dayOf(read.at(-1)?.at ?? 0);
  for (const { at, left, low, high } of forecast)
    if (dayOf(at) > today) rows.set(dayOf(at), { day: dayOf(at), left, kind: 'forecast', low, high });
  return [...rows.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
};
