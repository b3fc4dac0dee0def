/** Which days a figure is about. Days are UTC, as the ledger and the vendors count them. Pure. */

export const dayMs = 86_400_000;
export const periodKinds = ['billing', 'month', 'quarter', 'year', 'custom'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** First and last day, both within. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text));
export const dayAfter = (day: string, days: number): string => dayOf(startOf(day) + days * dayMs);
export const daysIn = ({ from, to }: DayRange): number => Math.round((startOf(to) - startOf(from)) / dayMs) + 1;

const spans = { month: 30, quarter: 91, year: 365 } as const;

/** `startedAt`: when the running billing period began; where none is known it is the calendar month. */
export const rangeOf = (kind: PeriodKind, custom: DayRange | null, now: number, startedAt: number | null): DayRange => {
  const to = dayOf(now);
  if (kind === 'billing') return { from: startedAt === null ? `${to.slice(0, 7)}-01` : dayOf(startedAt), to };
  if (kind === 'custom') return custom ?? { from: dayAfter(to, 1 - spans.month), to };
  return { from: dayAfter(to, 1 - spans[kind]), to };
};

/** As many days right before it. */
export const rangeBefore = (range: DayRange): DayRange => ({
  from: dayAfter(range.from, -daysIn(range)),
  to: dayAfter(range.from, -1),
});

/** More days than this are shown by month, unless a person wants the days. */
const mostDays = 124;
export type Grain = 'day' | 'month';
export const grainOf = (range: DayRange, wanted: Grain | 'auto'): Grain =>
  wanted === 'auto' ? (daysIn(range) > mostDays ? 'month' : 'day') : wanted;

/** Every day or month of the range, oldest first: those nothing was spent in are there, too. */
export const stepsOf = ({ from, to }: DayRange, grain: Grain): string[] => {
  const steps: string[] = [];
  if (grain === 'day') for (let day = from; day <= to; day = dayAfter(day, 1)) steps.push(day);
  else {
    const last = to.slice(0, 7);
    let [year, month] = from.split('-').map(Number) as [number, number];
    for (let text = from.slice(0, 7); text <= last; text = `${year}-${String(month).padStart(2, '0')}`) {
      steps.push(text);
      month += 1;
      if (month > 12) [year, month] = [year + 1, 1];
    }
  }
  return steps;
};

/** The days of one step, cut to the range. */
export const daysOfStep = (step: string, range: DayRange): DayRange => {
  if (step.length > 7) return { from: step, to: step };
  const first = `${step}-01`;
  const after = startOf(first) + 32 * dayMs;
  const last = dayAfter(`${dayOf(after).slice(0, 7)}-01`, -1);
  return { from: first < range.from ? range.from : first, to: last > range.to ? range.to : last };
};

/** The range as History reads it: epoch ms, the end not within. */
export const historyTimes = ({ from, to }: DayRange): { readonly from: string; readonly to: string } => ({
  from: String(startOf(from)),
  to: String(startOf(to) + dayMs),
});
