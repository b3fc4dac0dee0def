/** What a credit meter says in words. */
import type { CreditMeter, RunOutForecast } from '#contract/account.ts';
import { formatCredits } from './format.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

export const formatDate = (at: number): string => date.format(at);

/** `12 days`, `5 h`, `3 min`: whole units, rounded down. */
export const formatSpan = (ms: number): string => {
  if (ms < minuteMs) return 'less than a minute';
  if (ms < 2 * hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < 2 * dayMs) return `${Math.floor(ms / hourMs)} h`;
  return `${formatCredits(Math.floor(ms / dayMs))} days`;
};

/** Short enough for the top bar; empty where there is nothing to fear. */
export const runOutShort = (forecast: RunOutForecast | null, now: number): string => {
  if (forecast === null || forecast.lastsUntilReset === 'yes') return '';
  const at = forecast.runsOutAt ?? forecast.earliestAt;
  if (at === null) return '';
  if (at - now < dayMs) return 'gone within a day';
  return forecast.lastsUntilReset === 'may'
    ? `may run out ~${formatDate(forecast.earliestAt ?? at)}`
    : `runs out ~${formatDate(at)}`;
};

/** With its range: a pace of some days is no promise. */
export const runOutSentence = (forecast: RunOutForecast | null, now: number): string => {
  if (forecast === null) return 'Too little was spent lately to tell when it runs out.';
  const { runsOutAt, earliestAt, latestAt, lastsUntilReset, perDay, days } = forecast;
  const pace = `at ${formatCredits(Math.round(perDay))} a day, the pace of the last ${days} days`;
  if (lastsUntilReset === 'yes') return `Lasts until the reset ${pace}.`;
  if (runsOutAt === null && earliestAt === null) return `Does not run out within a year ${pace}.`;
  const earliest = earliestAt === null ? 'later' : formatDate(earliestAt);
  const latest = latestAt === null ? 'more than a year' : formatDate(latestAt);
  const range = earliest === latest ? '' : ` (${earliest} to ${latest})`;
  const before = lastsUntilReset === 'no' ? ' before the reset' : '';
  const about =
    runsOutAt === null
      ? 'Hardly runs out'
      : runsOutAt - now < dayMs
        ? `Runs out within a day${before}`
        : `Runs out about ${formatDate(runsOutAt)}${before}`;
  return `${about}${range} ${pace}.${lastsUntilReset === 'may' ? ' The reset may come first.' : ''}`;
};

/** How old the figure is, and why it is no newer. */
export const ageWords = ({ source, state, readAt }: CreditMeter, now: number): string => {
  if (source === 'seen') return 'as this app saw it';
  const age = readAt === null ? 'never read' : now - readAt < minuteMs ? 'just now' : `${formatSpan(now - readAt)} ago`;
  const why = {
    current: '',
    free: '',
    unread: '',
    stale: 'old',
    offline: 'offline',
    locked: 'key locked',
    refused: 'the key may not read it',
    retired: 'retired',
  } as const;
  return why[state] === '' ? age : `${why[state]}, ${age}`;
};

/** One short figure for the top bar. */
export const freeWords = (meter: CreditMeter): string => {
  if (meter.freeCredits !== null) return `${formatCredits(Math.round(meter.freeCredits))} free`;
  if (meter.source === 'seen') return `${formatCredits(Math.round(meter.seenCredits))} spent`;
  return meter.state === 'unread' ? 'not read yet' : 'not told';
};
