/** Amounts in the unit a vendor bills in. Seconds are never called credits. */
import type { CreditMeter } from '#contract/account.ts';
import { wordsOf } from '../words/words.ts';

export type CostUnit = CreditMeter['costUnit'];

/** Whole from a hundred on; a tenth below, for seconds and half credits. */
export const tidyAmount = (amount: number): number =>
  Math.abs(amount) >= 100 ? Math.round(amount) : Math.round(amount * 10) / 10;

/** `1,599 credits`, `8,477 seconds`. */
export const amountWords = (amount: number, unit: CostUnit): string =>
  unit === 'seconds'
    ? wordsOf('account')('seconds', { count: tidyAmount(amount) })
    : wordsOf('common')('credits', { count: tidyAmount(amount) });

/** The unit alone, as a heading has it. */
export const unitWord = (unit: CostUnit): string =>
  wordsOf('account')(unit === 'seconds' ? 'unitSeconds' : unit === 'free' ? 'unitFree' : 'unitCredits');
