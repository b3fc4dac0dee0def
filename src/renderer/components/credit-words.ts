/** What a credit meter says in words. */
import type { CreditMeter, RunOutForecast } from '#contract/account.ts';
import { currentLocale, wordsOf } from '../words/words.ts';
import { tidyAmount } from './credit-units.ts';
import { formatCredits } from './format.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let dates:
  | { readonly locale: string; readonly short: Intl.DateTimeFormat; readonly long: Intl.DateTimeFormat }
  | undefined;
const datesOf = () => {
  const locale = currentLocale();
  if (dates?.locale !== locale)
    dates = {
      locale,
      short: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }),
      long: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
    };
  return dates;
};
export const formatDate = (at: number): string => datesOf().short.format(at);
/** With its year, where it may be another one. */
export const formatFullDate = (at: number): string => datesOf().long.format(at);

/** `12 days`, `5 h`, `3 min`: whole units, rounded down. */
export const formatSpan = (ms: number): string => {
  const t = wordsOf('account');
  if (ms < minuteMs) return t('lessThanMinute');
  if (ms < 2 * hourMs) return t('spanMinutes', { count: Math.floor(ms / minuteMs) });
  if (ms < 2 * dayMs) return t('spanHours', { count: Math.floor(ms / hourMs) });
  return t('spanDays', { count: Math.floor(ms / dayMs) });
};

/** Short enough for the top bar; empty where there is nothing to fear. */
export const runOutShort = (forecast: RunOutForecast | null, now: number): string => {
  const t = wordsOf('account');
  if (forecast === null || forecast.lastsUntilReset === 'yes') return '';
  const at = forecast.runsOutAt ?? forecast.earliestAt;
  if (at === null) return '';
  if (at - now < dayMs) return t('goneWithinDay');
  return forecast.lastsUntilReset === 'may'
    ? t('mayRunOut', { date: formatDate(forecast.earliestAt ?? at) })
    : t('runsOutAbout', { date: formatDate(at) });
};

/** With its range: a pace of some days is no promise. */
export const runOutSentence = (forecast: RunOutForecast | null, now: number): string => {
  const t = wordsOf('account');
  if (forecast === null) return t('tooLittle');
  const { runsOutAt, earliestAt, latestAt, lastsUntilReset, perDay, days } = forecast;
  const pace = t('pace', { perDay: formatCredits(tidyAmount(perDay)), count: days });
  if (lastsUntilReset === 'yes') return t('lasts', { pace });
  if (runsOutAt === null && earliestAt === null) return t('notWithinYear', { pace });
  const from = earliestAt === null ? t('later') : formatDate(earliestAt);
  const to = latestAt === null ? t('moreThanYear') : formatDate(latestAt);
  const range = from === to ? '' : ` ${t('between', { from, to })}`;
  const before = lastsUntilReset === 'no' ? ('BeforeReset' as const) : ('' as const);
  const sentence =
    runsOutAt === null
      ? t('hardlyRunsOut', { range, pace })
      : runsOutAt - now < dayMs
        ? t(`runsOutWithinDay${before}`, { range, pace })
        : t(`runsOut${before}`, { date: formatDate(runsOutAt), range, pace });
  return lastsUntilReset === 'may' ? `${sentence} ${t('resetMayComeFirst')}` : sentence;
};

/** How old the figure is, and why it is no newer. */
export const ageWords = ({ source, state, readAt }: CreditMeter, now: number): string => {
  const t = wordsOf('account');
  if (source === 'seen') return t('asSeen');
  const age =
    readAt === null
      ? t('neverRead')
      : now - readAt < minuteMs
        ? t('justNow')
        : t('ago', { span: formatSpan(now - readAt) });
  return state === 'current' || state === 'free' || state === 'unread' ? age : `${t(state)}, ${age}`;
};

/** One short figure for the top bar; seconds are named, credits go without saying. */
export const freeWords = (meter: CreditMeter): string => {
  const t = wordsOf('account');
  const short = (amount: number): string => {
    const figure = formatCredits(Math.round(amount));
    return meter.costUnit === 'seconds' ? t('shortSeconds', { amount: figure }) : figure;
  };
  if (meter.freeCredits !== null) return t('freeShort', { amount: short(meter.freeCredits) });
  if (meter.source === 'seen') return t('spentShort', { amount: short(meter.seenCredits) });
  return meter.state === 'unread' ? t('notReadYet') : t('notTold');
};
