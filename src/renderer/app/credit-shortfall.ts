import type { CreditMeter } from '#contract/account.ts';
import type { Estimate } from '#contract/entities.ts';
import { formatCredits } from '../components/format.ts';

/** One sentence for each workspace whose account, as it was just read, has fewer free credits than the order needs. */
export const shortfallSentences = (
  { byWorkspace }: Pick<Estimate, 'byWorkspace'>,
  meters: readonly CreditMeter[],
): readonly string[] =>
  byWorkspace.flatMap(({ workspaceId, workspaceName, credits }) => {
    const meter = meters.find((known) => known.workspaceId === workspaceId);
    if (meter === undefined || meter.state !== 'current' || meter.freeCredits === null || credits === null) return [];
    const free = Math.max(0, Math.round(meter.freeCredits));
    const missing = Math.round(credits) - free;
    if (missing <= 0) return [];
    const isBilled = meter.overage.state === 'available' || meter.overage.state === 'in_use';
    const then = isBilled ? 'what does not fit goes over the limit, which is billed.' : 'what does not fit will fail.';
    return [
      `${workspaceName} has ${free === 0 ? 'no' : formatCredits(free)} credits free: about ${formatCredits(missing)} too few; ${then}`,
    ];
  });
