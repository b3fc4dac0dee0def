/**
 * When the credits will be used up. Pure.
 *
 * pace   = (credits of the last complete days + today's) / (complete days + the part of today that is over), counted from
 *          the first day with any spending, at most 14 complete days back; less than one day counts as one.
 * spread = 1.4826 x median |day - median day|, which one unusual day does not move; where more than half the days are
 *          alike it is zero and 1.2533 x mean |day - mean day| stands in (both equal the standard deviation of normal days).
 * range  = pace -+ 1.28 x spread / sqrt(days), four chances in five that the true pace lies within; with fewer than
 *          three complete days it is half and double the pace.
 */
import type { RunOutForecast } from '#contract/account.ts';
import { dayMs, dayOf, startOfDay } from '../database/utc-day.ts';

export interface DaySpend {
  readonly day: number;
  readonly credits: number;
}
export interface ForecastInput {
  readonly now: number;
  /** In any order; days without spending may be missing. */
  readonly days: readonly DaySpend[];
  /** What is left of the limit, without overage; null: not known. */
  readonly remainingCredits: number | null;
  /** What may be spent above the limit; null: not known, and counted as none. */
  readonly overageCredits: number | 'unlimited' | null;
  readonly resetAt: number | null;
}

const windowDays = 14;
/** A run-out further off than this is not told, in days. */
const horizonDays = 365;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation of days, told robustly. */
export const robustSpread = (values: readonly number[]): number => {
  if (values.length === 0) return 0;
  const middle = median(values);
  const byMedian = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  if (byMedian > 0) return byMedian;
  const average = mean(values);
  return 1.2533 * mean(values.map((value) => Math.abs(value - average)));
};

/** Null while nothing was spent within the window. */
export const forecastRunOut = (input: ForecastInput): RunOutForecast | null => {
  const { now, resetAt } = input;
  const today = dayOf(now);
  const spentOn = new Map<number, number>();
  for (const { day, credits } of input.days) {
    if (day >= today - windowDays && day <= today) spentOn.set(day, (spentOn.get(day) ?? 0) + Math.max(0, credits));
  }
  const first = Math.min(...[...spentOn].filter(([, credits]) => credits > 0).map(([day]) => day));
  if (!Number.isFinite(first)) return null;
  const complete = Array.from({ length: today - first }, (_, index) => spentOn.get(first + index) ?? 0);
  const spent = complete.reduce((sum, credits) => sum + credits, 0) + (spentOn.get(today) ?? 0);
  const perDay = spent / Math.max(1, complete.length + (now - startOfDay(today)) / dayMs);
  const few = complete.length < 3;
  const margin = few ? 0 : (1.28 * robustSpread(complete)) / Math.sqrt(complete.length);
  const perDayLow = few ? perDay / 2 : Math.max(0, perDay - margin);
  const perDayHigh = few ? perDay * 2 : perDay + margin;

  const left =
    input.remainingCredits === null
      ? null
      : input.overageCredits === 'unlimited'
        ? Number.POSITIVE_INFINITY
        : Math.max(0, input.remainingCredits + (input.overageCredits ?? 0));
  const daysAt = (pace: number): number => (left === null || pace <= 0 ? Number.POSITIVE_INFINITY : left / pace);
  const at = (pace: number): number | null =>
    daysAt(pace) > horizonDays ? null : Math.round(now + daysAt(pace) * dayMs);
  const lasts = (pace: number): boolean => now + daysAt(pace) * dayMs >= (resetAt ?? 0);
  return {
    perDay,
    perDayLow,
    perDayHigh,
    days: Math.max(1, complete.length),
    runsOutAt: at(perDay),
    earliestAt: at(perDayHigh),
    latestAt: at(perDayLow),
    lastsUntilReset:
      resetAt === null || left === null ? null : !lasts(perDay) ? 'no' : lasts(perDayHigh) ? 'yes' : 'may',
  };
};
