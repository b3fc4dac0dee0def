import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, dayOf } from '#engine/database/utc-day.ts';
import { type DaySpend, type ForecastInput, forecastRunOut, robustSpread } from '#engine/subscription/forecast.ts';

const noon = Date.UTC(2026, 2, 15, 12);
const today = dayOf(noon);
/** Newest last; the last one is yesterday. */
const spent = (...credits: number[]): DaySpend[] =>
  credits.map((each, index) => ({ day: today - credits.length + index, credits: each }));
const input = (given: Partial<ForecastInput>): ForecastInput => ({
  now: noon,
  days: [],
  remainingCredits: 1000,
  overageCredits: 0,
  resetAt: null,
  ...given,
});

describe('the run-out forecast', () => {
  it('divides what was spent by the days it took, with the part of today that is over', () => {
    const forecast = forecastRunOut(input({ days: [...spent(100, 100, 100), { day: today, credits: 50 }] }));
    expect(forecast).toMatchObject({ perDay: 100, perDayLow: 100, perDayHigh: 100, days: 3 });
    expect(forecast?.runsOutAt).toBe(noon + 10 * dayMs);
  });

  it('counts from the first day with any spending, and idle days after it', () => {
    const forecast = forecastRunOut(input({ days: [...spent(0, 0, 0, 300, 0, 0), { day: today, credits: 50 }] }));
    expect(forecast).toMatchObject({ perDay: 100, days: 3 });
  });

  it('looks back no further than 14 complete days', () => {
    const long = forecastRunOut(
      input({ days: spent(...Array.from({ length: 30 }, (_, day) => (day < 16 ? 9999 : 145))) }),
    );
    expect(long).toMatchObject({ perDay: (14 * 145) / 14.5, days: 14 });
  });

  it('takes less than one day of spending for a whole one', () => {
    const forecast = forecastRunOut(input({ now: today * dayMs + 60_000, days: [{ day: today, credits: 40 }] }));
    expect(forecast).toMatchObject({ perDay: 40, perDayLow: 20, perDayHigh: 80, days: 1 });
  });

  it('says nothing while nothing was spent', () => {
    expect(forecastRunOut(input({ days: spent(0, 0) }))).toBeNull();
    expect(forecastRunOut(input({}))).toBeNull();
  });

  it.each([
    ['yes', 5],
    ['may', 10],
    ['no', 12],
  ])('says %s to lasting until a reset %d days away', (lasts, days) => {
    const forecast = forecastRunOut(input({ days: spent(60, 140, 80, 120, 100, 75), resetAt: noon + days * dayMs }));
    expect(forecast?.lastsUntilReset).toBe(lasts);
  });

  it('adds the overage that is allowed, and never runs out of an unlimited one', () => {
    const days = [...spent(100, 100, 100), { day: today, credits: 50 }];
    expect(forecastRunOut(input({ days, overageCredits: 500 }))?.runsOutAt).toBe(noon + 15 * dayMs);
    expect(forecastRunOut(input({ days, overageCredits: 'unlimited', resetAt: noon + 20 * dayMs }))).toMatchObject({
      runsOutAt: null,
      lastsUntilReset: 'yes',
    });
  });

  it('has run out now when nothing is left, and tells no date beyond a year', () => {
    const days = [...spent(100, 100, 100), { day: today, credits: 50 }];
    expect(forecastRunOut(input({ days, remainingCredits: -20 }))?.runsOutAt).toBe(noon);
    expect(forecastRunOut(input({ days, remainingCredits: 100 * 366 }))?.runsOutAt).toBeNull();
    expect(forecastRunOut(input({ days, remainingCredits: null }))).toMatchObject({
      perDay: 100,
      runsOutAt: null,
      lastsUntilReset: null,
    });
  });

  it('is not thrown by one unusual day as a plain deviation is', () => {
    const usual = [100, 110, 90, 105, 95, 100, 102];
    const plain = (values: readonly number[]): number => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    const odd = [...usual, 5000];
    expect(plain(odd)).toBeGreaterThan(1000);
    expect(robustSpread(odd)).toBeLessThan(20);
    expect(robustSpread([100, 100, 100, 100, 300])).toBeGreaterThan(0);
  });

  it('keeps its dates and paces in order, whatever was spent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ day: fc.integer({ min: today - 20, max: today }), credits: fc.nat(5000) }), {
          maxLength: 30,
        }),
        fc.integer({ min: -1000, max: 100_000 }),
        fc.integer({ min: 1, max: 60 }),
        (days, remainingCredits, resetDays) => {
          const forecast = forecastRunOut(input({ days, remainingCredits, resetAt: noon + resetDays * dayMs }));
          if (forecast === null) return;
          expect(forecast.perDayLow).toBeLessThanOrEqual(forecast.perDay);
          expect(forecast.perDay).toBeLessThanOrEqual(forecast.perDayHigh);
          const [earliest, middle, latest] = [forecast.earliestAt, forecast.runsOutAt, forecast.latestAt].map(
            (at) => at ?? Number.POSITIVE_INFINITY,
          ) as [number, number, number];
          expect(earliest).toBeGreaterThanOrEqual(noon);
          expect(earliest).toBeLessThanOrEqual(middle);
          expect(middle).toBeLessThanOrEqual(latest);
        },
      ),
    );
  });
});
