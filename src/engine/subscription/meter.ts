/** The credit meter of one workspace, from what is known of it. Pure. */
import type { CreditMeter, Subscription } from '#contract/account.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { WorkspaceRow } from '../database/workspaces.ts';
import type { Attempt, StoredReading } from '../database/account-readings.ts';
import { monthsBefore } from '../database/utc-day.ts';
import type { SpeechProvider } from '../providers/provider.ts';
import { forecastRunOut, type DaySpend } from './forecast.ts';

/** Age at which a vendor's figures are read again while somebody looks, in ms. */
export const refreshEveryMs = 5 * 60_000;
/** How long a reading may take before the last one is called stale, in ms. */
const graceMs = 60_000;

/** `vendor`: it has an account that can be read; `seen`: it tells nothing, so only what was debited is known. */
export const sourceOf = (provider: SpeechProvider): CreditMeter['source'] =>
  provider.readAccount !== undefined && (provider.abilities.balance || provider.abilities.subscription)
    ? 'vendor'
    : 'seen';

const stateOfError = (code: ErrorCode): CreditMeter['state'] | null => {
  switch (code) {
    case 'provider_retired':
      return 'retired';
    case 'key_missing':
    case 'vault_locked':
    case 'vault_unavailable':
      return 'locked';
    case 'key_refused':
    case 'missing_permission':
    case 'subscription_required':
    case 'plan_without_api':
    case 'account_flagged':
      return 'refused';
    case 'provider_offline':
    case 'provider_timeout':
      return 'offline';
    default:
      return null;
  }
};

const periodMonths: Readonly<Record<string, number>> = {
  monthly_period: 1,
  '3_month_period': 3,
  '6_month_period': 6,
  annual_period: 12,
};
/** When the running period began: when the one before was told to end, else a refresh period before its own end; null: not known. */
export const periodStart = (
  reading: Pick<StoredReading, 'resetAt' | 'subscription'> | null,
  lastResetAt: number | null,
): number | null => {
  if (reading === null || reading.resetAt === null) return null;
  const months = periodMonths[reading.subscription?.refreshPeriod ?? ''];
  const reckoned = months === undefined ? null : monthsBefore(reading.resetAt, months);
  // A reset that was told long ago may have been followed by others that nobody read.
  if (lastResetAt === null) return reckoned;
  return reckoned === null ? lastResetAt : Math.max(reckoned, lastResetAt);
};

const overageOf = (
  subscription: Subscription | null,
  used: number | null,
  limit: number | null,
): CreditMeter['overage'] => {
  if (subscription === null) return { state: 'unknown', limitCredits: null, current: null };
  const { entitled, limitCredits, current } = subscription.overage;
  const inUse = (used !== null && limit !== null && used > limit) || Number(current?.amount ?? 0) > 0;
  const off = entitled === false || limitCredits === 0;
  const state = inUse ? 'in_use' : off ? 'off' : limitCredits === null && entitled === null ? 'unknown' : 'available';
  return { state, limitCredits, current };
};

export interface MeterInput {
  readonly workspace: WorkspaceRow;
  readonly provider: SpeechProvider;
  readonly reading: StoredReading | null;
  readonly attempt: Attempt | null;
  readonly heldCredits: number;
  /** Charged by this app since the period began, or in all. */
  readonly seenCredits: number;
  /** When the running billing period began. Default: not known. */
  readonly periodStartAt?: number | null;
  /** Charged by this app since the reading: not in its figures yet. Default 0. */
  readonly chargedSince?: number;
  /** Spending of the last days, today's part included. */
  readonly days: readonly DaySpend[];
  readonly now: number;
}

const conditionOf = (
  { provider, reading, attempt, now }: MeterInput,
  source: CreditMeter['source'],
): Pick<CreditMeter, 'state' | 'message'> => {
  if (source === 'seen')
    return {
      state: 'current',
      message: `${provider.title} tells no balance. This is what Cuebooth has seen debited; what others spend is not in it.`,
    };
  const problem = attempt?.error ?? null;
  const named = problem === null ? null : stateOfError(problem.code);
  if (problem !== null && named !== null) return { state: named, message: problem.message };
  if (reading === null) return { state: 'unread', message: problem?.message ?? 'The balance has not been read yet.' };
  if (problem !== null) return { state: 'stale', message: problem.message };
  return now - reading.at <= refreshEveryMs + graceMs
    ? { state: 'current', message: null }
    : { state: 'stale', message: 'The balance has not been read for a while.' };
};

export const meterOf = (input: MeterInput): CreditMeter => {
  const { workspace, provider, reading, heldCredits, seenCredits, chargedSince = 0, now } = input;
  const shared = {
    workspaceId: workspace.id,
    workspaceName: workspace.name,
    provider: workspace.provider,
    costUnit: provider.abilities.costUnit,
    heldCredits,
    seenCredits,
  };
  if (provider.abilities.costUnit === 'free') {
    return {
      ...shared,
      source: 'seen',
      state: 'free',
      message: 'Nothing is ever charged here.',
      plan: null,
      usedCredits: null,
      limitCredits: null,
      remainingCredits: null,
      freeCredits: null,
      overage: { state: 'off', limitCredits: null, current: null },
      resetAt: null,
      periodStartAt: null,
      openInvoices: 0,
      forecast: null,
      readAt: null,
    };
  }
  const source = sourceOf(provider);
  const subscription = reading?.subscription ?? null;
  const limit = reading?.limitCredits ?? null;
  const plus = (credits: number | null | undefined, more: number): number | null =>
    credits === null || credits === undefined ? null : credits + more;
  const told = plus(reading?.remainingCredits, -chargedSince);
  const usedThen = plus(reading?.usedCredits, chargedSince);
  const used = source === 'seen' ? seenCredits : (usedThen ?? (limit !== null && told !== null ? limit - told : null));
  const remaining = told ?? (limit !== null && used !== null ? limit - used : null);
  const overage = overageOf(subscription, used, limit);
  const chosenPlan = workspace.settings['plan'];
  const resetAt = reading?.resetAt ?? null;
  return {
    ...shared,
    source,
    ...conditionOf(input, source),
    plan: reading?.plan ?? subscription?.tier ?? (typeof chosenPlan === 'string' ? chosenPlan : null),
    usedCredits: used,
    limitCredits: limit,
    remainingCredits: remaining,
    freeCredits: remaining === null ? null : remaining - heldCredits,
    overage,
    resetAt,
    periodStartAt: input.periodStartAt ?? null,
    openInvoices:
      subscription === null ? 0 : subscription.openInvoices.length || (subscription.hasOpenInvoices ? 1 : 0),
    forecast: forecastRunOut({
      now,
      days: input.days,
      remainingCredits: remaining,
      overageCredits: overage.state === 'off' || overage.state === 'unknown' ? 0 : overage.limitCredits,
      // A reset that has passed says nothing about the next one; the vendor is asked soon.
      resetAt: resetAt !== null && resetAt > now ? resetAt : null,
    }),
    readAt: source === 'seen' ? null : (reading?.at ?? null),
  };
};
