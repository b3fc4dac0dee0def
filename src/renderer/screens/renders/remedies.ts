/** What helps against each cause: one action for all lines that have it. */
import type { Render, WorkspaceId } from '#contract/entities.ts';
import type { Studio } from '../../stores/studio.ts';

export type Remedy = 'settings' | 'account' | 'recast' | 'script' | 'budgets' | 'decide' | 'retry';

const remedies: Readonly<Record<string, Remedy>> = {
  key_missing: 'settings',
  key_refused: 'settings',
  key_expired: 'settings',
  vault_locked: 'settings',
  vault_unavailable: 'settings',
  missing_permission: 'settings',
  redirect_refused: 'settings',
  program_missing: 'settings',
  workspace_unknown: 'recast',
  plan_without_api: 'account',
  member_cap_reached: 'account',
  out_of_credits: 'account',
  subscription_required: 'account',
  account_flagged: 'account',
  voice_unknown: 'recast',
  voice_not_found: 'recast',
  model_unavailable: 'recast',
  provider_retired: 'recast',
  setting_refused: 'recast',
  format_refused: 'recast',
  text_too_long: 'script',
  text_rejected: 'script',
  script_has_errors: 'script',
  over_budget: 'budgets',
  outcome_unknown: 'decide',
};

/** Anything else passes, or is nobody's fault here: the lines are simply tried again. */
export const remedyOf = ({ code, failed }: Render['errors'][number]): Remedy => {
  const remedy = remedies[code] ?? 'retry';
  // A line that was given up is over; one that still hangs waits for its decision.
  return remedy === 'decide' && failed > 0 ? 'retry' : remedy;
};

export const applyRemedy = (
  studio: Pick<Studio, 'navigation' | 'renders' | 'queue'>,
  remedy: Remedy,
  render: Render,
  { code, workspaceIds }: Render['errors'][number],
): void => {
  const { navigation, renders, queue } = studio;
  const [workspaceId]: readonly WorkspaceId[] = workspaceIds;
  switch (remedy) {
    case 'settings':
      navigation.go({ room: 'settings', ...(workspaceId === undefined ? {} : { query: { workspace: workspaceId } }) });
      return;
    case 'account':
      navigation.show('subscription', workspaceId ?? null);
      return;
    case 'recast':
      if (render.scriptId !== null) navigation.openScript(render.scriptId, 'cast');
      return;
    case 'script':
      if (render.scriptId !== null) navigation.openScript(render.scriptId, 'script');
      return;
    case 'budgets':
      navigation.go({ room: 'usage', query: { show: 'budgets' } });
      return;
    case 'decide':
      queue.turnQuestion(0);
      return;
    case 'retry':
      void renders.askRetry(render.id, code);
  }
};
