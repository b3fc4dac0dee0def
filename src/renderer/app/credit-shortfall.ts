import type { CreditMeter } from '#contract/account.ts';
import type { Estimate, WorkspaceId } from '#contract/entities.ts';
import { wordsOf } from '../words/words.ts';
import { amountWords } from './price-words.ts';

export interface Shortfall {
  readonly workspaceId: WorkspaceId;
  readonly sentence: string;
}

/** One for each workspace whose account, as it was just read, has less free than the order needs. */
export const shortfallsOf = (
  { byWorkspace }: Pick<Estimate, 'byWorkspace'>,
  meters: readonly CreditMeter[],
): readonly Shortfall[] =>
  byWorkspace.flatMap(({ workspaceId, workspaceName, credits }) => {
    const meter = meters.find((known) => known.workspaceId === workspaceId);
    if (meter === undefined || meter.state !== 'current' || meter.freeCredits === null || credits === null) return [];
    const free = Math.max(0, Math.round(meter.freeCredits));
    const missing = Math.round(credits) - free;
    if (missing <= 0) return [];
    const t = wordsOf('renders');
    const isBilled = meter.overage.state === 'available' || meter.overage.state === 'in_use';
    const values = {
      workspace: workspaceName,
      free: amountWords(free, meter.costUnit),
      missing: t('aboutAmount', { amount: amountWords(missing, meter.costUnit) }),
      outcome: t(isBilled ? 'thenBilled' : 'thenFails'),
    };
    return [{ workspaceId, sentence: t(free === 0 ? 'shortfallNone' : 'shortfall', values) }];
  });
