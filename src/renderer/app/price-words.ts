/** Amounts in what each vendor counts: credits, characters or seconds are never added up over one another. */
import type { CreditMeter } from '#contract/account.ts';
import type { Abilities, Estimate, Workspace, WorkspaceId } from '#contract/entities.ts';
import { wordsOf } from '../words/words.ts';

export type CostUnit = Abilities['costUnit'];
export type UnitOf = (workspaceId: WorkspaceId) => CostUnit;
export interface Price {
  readonly unit: CostUnit;
  /** Null: not known before the first call. */
  readonly credits: number | null;
}

export const unitsOf =
  (workspaces: readonly Pick<Workspace, 'id' | 'abilities'>[]): UnitOf =>
  (workspaceId) =>
    workspaces.find(({ id }) => id === workspaceId)?.abilities.costUnit ?? 'credits';

/** `4,120 credits`, `85 seconds of speech`. Halves matter below ten only. */
export const amountWords = (amount: number, unit: CostUnit): string => {
  const t = wordsOf('renders');
  if (amount < 0) return `\u2212${amountWords(-amount, unit)}`;
  const count = amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount);
  if (unit === 'free') return t('free');
  // Where a vendor prices by the character, its account counts credits all the same.
  return unit === 'seconds' ? t('seconds', { count }) : t('credits', { count });
};

/** One price a unit, in the order in which the workspaces come. */
export const pricesOf = (
  byWorkspace: readonly { readonly workspaceId: WorkspaceId; readonly credits: number | null }[],
  unitOf: UnitOf,
): readonly Price[] => {
  const sums = new Map<CostUnit, number | null>();
  for (const { workspaceId, credits } of byWorkspace) {
    const unit = unitOf(workspaceId);
    if (unit === 'free' || credits === 0) continue;
    const before = sums.get(unit);
    sums.set(unit, before === null || credits === null ? null : (before ?? 0) + credits);
  }
  return [...sums].map(([unit, credits]) => ({ unit, credits }));
};

/** `~4,120 credits + ~85 seconds of speech`; free where nothing is charged. */
export const priceWords = (prices: readonly Price[]): string => {
  const t = wordsOf('renders');
  if (prices.length === 0) return t('free');
  if (prices.some(({ credits }) => credits === null)) return t('priceUnknown');
  return prices.map(({ unit, credits }) => t('about', { amount: amountWords(credits ?? 0, unit) })).join(' + ');
};

export const orderPrices = ({ byWorkspace, fresh }: Pick<Estimate, 'byWorkspace' | 'fresh'>, unitOf: UnitOf) =>
  fresh === 0 ? [] : pricesOf(byWorkspace, unitOf);

const share = (credits: number, free: number): string => {
  const t = wordsOf('renders');
  const percent = (100 * credits) / free;
  return percent < 0.1 ? t('shareTiny') : t('shareOfLeft', { percent: Math.round(percent * 10) / 10 });
};

/** `2.1 % of what is left`, from the accounts' own figures; null where no account tells, or nothing is charged. */
export const shareWords = (
  { byWorkspace }: Pick<Estimate, 'byWorkspace'>,
  meters: readonly CreditMeter[],
): string | null => {
  const t = wordsOf('renders');
  const charged = byWorkspace.filter(({ credits }) => credits !== null && credits > 0);
  const shares = charged.flatMap(({ workspaceId, workspaceName, credits }) => {
    const free = meters.find((meter) => meter.workspaceId === workspaceId)?.freeCredits ?? null;
    return free === null || credits === null ? [] : [{ workspaceName, credits, free }];
  });
  const [worst] = shares.toSorted((a, b) => b.credits / Math.max(1e-9, b.free) - a.credits / Math.max(1e-9, a.free));
  if (worst === undefined) return null;
  if (worst.free <= 0 || worst.credits > worst.free) return t('shareAll');
  if (charged.length === 1) return share(worst.credits, worst.free);
  const percent = Math.round((1000 * worst.credits) / worst.free) / 10;
  return t('shareOfLeftOf', { percent, workspace: worst.workspaceName });
};
