/** What a person can do about an alert, best first. */
import type { Alert } from '#contract/account.ts';
import { assertNever } from '#contract/errors.ts';
import type { Studio } from '../stores/studio.ts';
import { wordsOf } from '../words/words.ts';

export interface AlertAction {
  readonly words: string;
  readonly run: () => void;
}

export const alertActions = (alert: Alert, { navigation }: Studio): readonly AlertAction[] => {
  const t = wordsOf('account');
  const { workspaceId, subject } = alert;
  const subscription: readonly AlertAction[] =
    workspaceId === null
      ? []
      : [{ words: t('openSubscription'), run: () => navigation.show('subscription', workspaceId) }];
  const workspace: Readonly<Record<string, string>> = workspaceId === null ? {} : { workspace: workspaceId };
  const why: AlertAction = {
    words: t('seeWhy'),
    run: () => navigation.go({ room: 'usage', query: { tab: 'runway', ...workspace } }),
  };
  switch (alert.kind) {
    case 'low_credits':
    case 'forecast_before_reset':
      return [why, ...subscription];
    case 'invoice_open':
    case 'plan_change':
      return subscription;
    case 'voice_notice':
    case 'voice_gone':
      return [
        { words: t('recast'), run: () => navigation.go({ room: 'voices', query: { voice: subject, ...workspace } }) },
      ];
    case 'budget_warn':
    case 'budget_stop':
      return [
        {
          words: t('openBudgets'),
          run: () => navigation.go({ room: 'usage', query: { tab: 'budgets', budget: subject } }),
        },
      ];
    case 'workspace_retired':
      return [{ words: t('recast'), run: () => navigation.go({ room: 'voices' }) }];
    case 'key_without_history':
      return [{ words: t('setKey'), run: () => navigation.go({ room: 'settings', query: workspace }) }];
    default:
      return assertNever(alert.kind);
  }
};
