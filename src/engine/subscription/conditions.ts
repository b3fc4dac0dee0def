/** What deserves an alert, as conditions that hold now. Pure. */
import type { Budget, CreditMeter } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import type { AlertCondition } from '../database/alerts.ts';
import type { StoredReading } from '../database/account-readings.ts';

/** What is wrong with a voice that scripts use. */
export interface VoiceTrouble {
  readonly workspaceId: WorkspaceId;
  readonly voiceId: string;
  readonly name: string;
  readonly kind: 'voice_notice' | 'voice_gone';
  readonly message: string;
}

const figure = (credits: number): string => Math.round(credits).toLocaleString('en-US');
const dayAndTime = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Share of the limit under which credits are low, and the one above which they are not any more. */
const lowShare = 0.1;
const enoughShare = 0.12;

const lowCredits = (meter: CreditMeter): Pick<AlertCondition, 'level' | 'message' | 'onlyKeeps'> | null => {
  const { freeCredits: free, remainingCredits: remaining, limitCredits: limit, workspaceName } = meter;
  if (free === null || remaining === null || meter.overage.state === 'available') return null;
  if (meter.heldCredits > 0 && free < 0)
    return {
      level: 'error',
      message: `"${workspaceName}" has ${figure(remaining)} credits left, and ${figure(meter.heldCredits)} are queued. Some lines will not be rendered; they stay in the queue.`,
    };
  if (limit === null || limit <= 0 || free >= limit * enoughShare) return null;
  return {
    level: 'warning',
    message: `"${workspaceName}" has ${figure(remaining)} of ${figure(limit)} credits left${meter.heldCredits > 0 ? `, ${figure(free)} after what is queued` : ''}.`,
    onlyKeeps: free >= limit * lowShare,
  };
};

/** Of one workspace. `reading` is what its vendor said last. */
export const workspaceConditions = (
  workspaceSeq: number,
  meter: CreditMeter,
  reading: StoredReading | null,
  historyRefusal: string | null,
): AlertCondition[] => {
  const { workspaceName, forecast, resetAt } = meter;
  const found: AlertCondition[] = [];
  const subject = meter.workspaceId;
  const add = (
    kind: AlertCondition['kind'],
    condition: Pick<AlertCondition, 'level' | 'message' | 'onlyKeeps'>,
  ): void => {
    found.push({ kind, subject, workspaceSeq, ...condition });
  };
  const low = lowCredits(meter);
  if (low !== null) add('low_credits', low);
  if (
    forecast !== null &&
    forecast.lastsUntilReset !== null &&
    forecast.lastsUntilReset !== 'yes' &&
    resetAt !== null
  ) {
    const until = forecast.runsOutAt ?? forecast.earliestAt ?? resetAt;
    add('forecast_before_reset', {
      level: 'warning',
      message: `At the pace of the last days the credits of "${workspaceName}" are used up around ${dayAndTime(until).slice(0, 10)}, before they are renewed on ${dayAndTime(resetAt).slice(0, 10)}.`,
      onlyKeeps: forecast.lastsUntilReset === 'may',
    });
  }
  if (meter.openInvoices > 0)
    add('invoice_open', {
      level: 'warning',
      message: `"${workspaceName}" has ${meter.openInvoices === 1 ? 'an open invoice' : `${meter.openInvoices} open invoices`}. The vendor may stop the account; see the subscription.`,
    });
  const change = reading?.subscription?.pendingChange ?? null;
  if (change !== null) {
    const when = change.at === null ? '' : ` on ${dayAndTime(change.at)}`;
    const what =
      change.kind === 'cancellation'
        ? `The plan of "${workspaceName}" is cancelled and ends${when === '' ? ' with this period' : when}.`
        : `The plan of "${workspaceName}" changes${change.nextTier === null ? '' : ` to ${change.nextTier}`}${when === '' ? ' with the next period' : when}.`;
    add('plan_change', { level: change.kind === 'cancellation' ? 'warning' : 'notice', message: what });
  }
  if (meter.state === 'retired')
    add('workspace_retired', {
      level: 'error',
      message: `The service behind "${workspaceName}" answers as retired. Your takes, usage and history stay; cast its voices anew to go on.`,
    });
  if (historyRefusal !== null)
    add('key_without_history', {
      level: 'warning',
      message: `The key of "${workspaceName}" may not read the history: every lost answer will become a question to you. Give it that permission, or set another key.`,
    });
  return found;
};

export const budgetConditions = (
  budgets: readonly (Budget & { readonly workspaceSeq: number | null })[],
): AlertCondition[] =>
  budgets.flatMap((budget): AlertCondition[] => {
    if (budget.state === 'ok') return [];
    const limit = budget.state === 'stop' ? budget.stopCredits : budget.warnCredits;
    const spent = `${figure(budget.spentCredits)} credits are spent under the budget "${budget.name}"`;
    return [
      {
        kind: budget.state === 'stop' ? 'budget_stop' : 'budget_warn',
        subject: budget.id,
        level: budget.state === 'stop' ? 'error' : 'warning',
        workspaceSeq: budget.workspaceSeq,
        message:
          budget.state === 'stop'
            ? `${spent}, which stops at ${figure(limit ?? 0)}. Nothing more is sent under it; what is in flight is finished and kept.`
            : `${spent}, which warns at ${figure(limit ?? 0)}.`,
      },
    ];
  });

export const voiceConditions = (
  troubles: readonly VoiceTrouble[],
  seqOf: (workspaceId: WorkspaceId) => number | null,
): AlertCondition[] =>
  troubles.map(({ workspaceId, voiceId, kind, message }) => ({
    kind,
    subject: `${workspaceId} ${voiceId}`,
    level: kind === 'voice_gone' ? 'error' : 'warning',
    workspaceSeq: seqOf(workspaceId),
    message,
  }));
