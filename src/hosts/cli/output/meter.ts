/** What a workspace's account has left, in the cells of a table. */
import { assertNever } from '#contract/errors.ts';
import type { CreditMeter, RunOutForecast } from '#contract/account.ts';
import type { Column } from './table.ts';
import { ago, dayMs, figure, span, utcDay } from './words.ts';

export const usedWords = (meter: CreditMeter): string => {
  if (meter.costUnit === 'free') return 'free';
  if (meter.source === 'seen') return `${figure(meter.seenCredits)} seen by this app`;
  if (meter.usedCredits !== null && meter.limitCredits !== null)
    return `${figure(meter.usedCredits)} of ${figure(meter.limitCredits)} credits`;
  if (meter.usedCredits !== null) return `${figure(meter.usedCredits)} credits`;
  if (meter.remainingCredits !== null) return `${figure(meter.remainingCredits)} credits left`;
  return 'not told';
};

export const overageWords = ({ overage, costUnit }: Pick<CreditMeter, 'overage' | 'costUnit'>): string => {
  if (costUnit === 'free') return '';
  const { state, limitCredits, current } = overage;
  const limit =
    limitCredits === null ? '' : limitCredits === 'unlimited' ? ', no cap' : `, up to ${figure(limitCredits)}`;
  switch (state) {
    case 'off':
      return 'off';
    case 'available':
      return `possible${limit}`;
    case 'in_use':
      return `in use${current === null ? '' : `: ${current.amount} ${current.currency.toUpperCase()}`}${limit}`;
    case 'unknown':
      return '';
    default:
      return assertNever(state);
  }
};

/** With its range, because a pace of some days is no promise. */
export const runOutWords = (forecast: RunOutForecast | null, now: number): string => {
  if (forecast === null) return '';
  const { runsOutAt, earliestAt, latestAt, lastsUntilReset } = forecast;
  if (lastsUntilReset === 'yes') return 'lasts until the reset';
  const reset = { no: ', before the reset', may: ', perhaps before the reset' } as const;
  const toReset = lastsUntilReset === null ? '' : reset[lastsUntilReset];
  if (runsOutAt === null && earliestAt === null) return 'not within a year';
  const range = `${earliestAt === null ? '?' : utcDay(earliestAt)} to ${latestAt === null ? 'over a year' : utcDay(latestAt)}`;
  const about =
    runsOutAt === null ? 'not within a year' : runsOutAt - now < dayMs ? 'within a day' : `about ${utcDay(runsOutAt)}`;
  return `${about} (${range})${toReset}`;
};

const stateWords = (meter: CreditMeter, now: number): string => {
  if (meter.costUnit === 'free') return '';
  if (meter.source === 'seen') return 'own ledger';
  const age = meter.readAt === null ? 'never' : ago(meter.readAt, now);
  switch (meter.state) {
    case 'current':
    case 'free':
      return age;
    case 'unread':
      return 'never';
    case 'stale':
    case 'offline':
    case 'locked':
    case 'refused':
    case 'retired':
      return `${age}, ${meter.state}`;
    default:
      return assertNever(meter.state);
  }
};

export const meterColumns = (now: number): readonly Column<CreditMeter>[] => [
  { title: 'WORKSPACE', value: (meter) => meter.workspaceName },
  { title: 'PLAN', value: (meter) => meter.plan ?? '' },
  { title: 'USED', value: usedWords, align: 'right' },
  { title: 'HELD', value: (meter) => (meter.costUnit === 'free' ? '' : figure(meter.heldCredits)), align: 'right' },
  {
    title: 'FREE',
    value: (meter) => (meter.freeCredits === null ? '' : figure(meter.freeCredits)),
    align: 'right',
  },
  {
    title: 'RESETS IN',
    value: (meter) => (meter.resetAt === null ? '' : meter.resetAt <= now ? 'due' : span(meter.resetAt - now)),
  },
  { title: 'OVERAGE', value: overageWords },
  {
    title: 'INVOICES',
    value: (meter) => (meter.openInvoices === 0 ? '' : `${meter.openInvoices} open`),
  },
  { title: 'RUNS OUT', value: (meter) => runOutWords(meter.forecast, now), flexible: true },
  { title: 'READ', value: (meter) => stateWords(meter, now) },
];
