/** What a lane is doing, and why not, in words. */
import type { Lane as LaneView } from '#contract/entities.ts';
import type { WorkspaceRow } from '../database/workspaces.ts';
import type { LaneHealth } from './lane-health.ts';

export interface LaneFacts {
  readonly workspace: WorkspaceRow;
  readonly baseUrl: string;
  readonly health: Pick<LaneHealth, 'pausedUntil' | 'offline' | 'blockedReason'>;
  readonly lockedReason: string | null;
  readonly inFlight: number;
  readonly concurrency: number;
  readonly isBusy: boolean;
  readonly isPriceUnknown: boolean;
  /** The vendor's words on the end of its service; null while it serves. */
  readonly retiredReason: string | null;
}

const stateOf = ({
  workspace,
  health,
  lockedReason,
  baseUrl,
  isBusy,
  isPriceUnknown,
  retiredReason,
}: LaneFacts): Pick<LaneView, 'state' | 'reason'> => {
  if (health.blockedReason !== null) return { state: 'blocked', reason: health.blockedReason };
  if (workspace.paused) return { state: 'paused', reason: 'Paused by you.' };
  if (lockedReason !== null) return { state: 'locked', reason: lockedReason };
  if (retiredReason !== null) return { state: 'retired', reason: retiredReason };
  if (health.offline)
    return { state: 'offline', reason: `${baseUrl} cannot be reached. It is tried again by itself; nothing is lost.` };
  if (health.pausedUntil !== null) return { state: 'waiting', reason: 'The vendor asked to slow down.' };
  if (!isBusy) return { state: 'idle', reason: null };
  return { state: 'working', reason: isPriceUnknown ? 'One line first: its debit tells the price of the rest.' : null };
};

export const describeLane = (
  facts: LaneFacts,
  counts: { readonly queued: number; readonly uncertain: number },
): LaneView => ({
  workspaceId: facts.workspace.id,
  workspaceName: facts.workspace.name,
  provider: facts.workspace.provider,
  ...stateOf(facts),
  inFlight: facts.inFlight,
  concurrency: facts.concurrency,
  queued: counts.queued,
  uncertain: counts.uncertain,
  pausedUntil: facts.health.pausedUntil,
});
