/** Figures of usage in words. */
import type { CreditMeter, UsageRow } from '#contract/account.ts';
import { amountWords, type CostUnit, tidyAmount } from '../../components/credit-units.ts';
import { formatCount, formatCredits } from '../../components/format.ts';
import type { Measure } from '../../figures/stacks.ts';
import { startOf } from '../../figures/periods.ts';
import { currentLocale, wordsOf } from '../../words/words.ts';

let steps:
  | {
      readonly locale: string;
      readonly day: Intl.DateTimeFormat;
      readonly long: Intl.DateTimeFormat;
      readonly month: Intl.DateTimeFormat;
    }
  | undefined;
const formats = () => {
  const locale = currentLocale();
  if (steps?.locale !== locale)
    steps = {
      locale,
      day: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
      long: new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
      month: new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }),
    };
  return steps;
};
/** A UTC day or month as the axis has it; empty for none. */
export const stepWords = (step: string): string =>
  step === ''
    ? ''
    : step.length === 7
      ? formats().month.format(startOf(`${step}-01`))
      : formats().day.format(startOf(step));
export const dayWords = (day: string): string => formats().long.format(startOf(day));
/** Of a moment, as the UTC day it lies in. */
export const utcDayWords = (at: number): string => formats().long.format(at);

/** `labels` of the engine that stand for nothing named. */
export const nameWords = (label: string): string => (label === '(none)' ? wordsOf('usage')('unnamed') : label);

/** A figure with what it counts: `1,553 credits`, `8.7 minutes`. */
export const measureWords = (value: number, measure: Measure, unit: CostUnit | null): string => {
  if (measure === 'cost') return amountWords(value, unit ?? 'credits');
  const t = wordsOf('usage');
  const count = measure === 'minutes' ? tidyAmount(value) : Math.round(value);
  return measure === 'minutes'
    ? t('minutesOf', { count })
    : measure === 'takes'
      ? t('takesOf', { count })
      : t('charactersOf', { count });
};
/** The bare figure, for columns whose head names the unit. */
export const figureWords = (value: number): string => formatCredits(tidyAmount(value));
export const wholeWords = (value: number): string => formatCount(value);

/** The unit a row's vendor bills in, from what its accounts say. */
export const unitsOf = (
  meters: readonly CreditMeter[],
): ((row: Pick<UsageRow, 'workspaceId' | 'provider'>) => CostUnit) => {
  const units = new Map<string | null, CostUnit>();
  for (const { workspaceId, provider, costUnit } of meters) units.set(workspaceId, costUnit).set(provider, costUnit);
  // A workspace that was removed still has its past; its vendor is known.
  return ({ workspaceId, provider }) =>
    units.get(workspaceId) ??
    units.get(provider) ??
    (provider === 'supertone' ? 'seconds' : provider === 'scratch' ? 'free' : 'credits');
};
