/**
 * One workspace's way to its vendor. Claims run ahead of need, so that the next request leaves in the moment a slot is
 * free, while finished ones are still being fetched and stored. No polling loop: the lane wakes on an enqueue, on a
 * job's end, and on a timer set to the next due time.
 */
import type { Lane as LaneView } from '#contract/entities.ts';
import { endClaim, nextDueAt } from '../database/jobs.ts';
import { markNotSent } from '../database/generations.ts';
import { getLearning, saveLearning, type WorkspaceRow } from '../database/workspaces.ts';
import type { CallContext, SpeechProvider, WorkspaceView } from '../providers/provider.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { CommitGroup } from './commit-group.ts';
import { claimJobs, type Claimed } from './claim.ts';
import { keyLifetimeMs } from './key-rules.ts';
import type { LaneContext, QueuePorts, RunningJob } from './lane-context.ts';
import { createLaneHealth } from './lane-health.ts';
import { runJoinJob } from './run-join.ts';
import { runSpeechJob } from './run-job.ts';
import { createServiceTime } from './service-time.ts';
import { Parked } from './sleep.ts';

export interface LaneHooks {
  ended: LaneContext['ended'];
  changed(): void;
  rendersTouched(renderSeqs: readonly number[], overBudget: readonly number[]): void;
  /** The price per character became known or rose: jobs without a hold get theirs. */
  priceKnown(workspaceSeq: number): void;
}
export interface Lane {
  readonly workspaceSeq: number;
  /** Credits per character by the highest debit seen; null before the first. */
  readonly creditsPerCharacter: number | null;
  readonly working: boolean;
  view(counts: { readonly queued: number; readonly uncertain: number }): LaneView;
  wake(): void;
  /** Takes on jobs that were running when the last process died. */
  adopt(claimed: readonly Claimed[]): void;
  /** Claimed jobs that have not left go back to the queue. */
  giveBack(which: (claimed: Claimed) => boolean): Promise<void>;
  refresh(workspace: WorkspaceRow): Promise<void>;
  suspend(): void;
  resume(): void;
  /** Stops claiming; resolves when everything in flight is stored. */
  finish(): Promise<void>;
  /** Ends waits and requests at once; rows stay as they are. */
  park(): Promise<void>;
}

/** Bodies being fetched and stored at a time, per slot: a slow disk slows the sending, memory stays flat. */
const storingPerSlot = 4;

export const createLane = (
  ports: QueuePorts,
  group: CommitGroup,
  provider: SpeechProvider,
  first: WorkspaceRow,
  hooks: LaneHooks,
): Lane => {
  const { database, clock, ids } = ports;
  const learning = getLearning(database, first.seq);
  const serviceTime = createServiceTime(learning.serviceMs);
  const free = provider.abilities.costUnit === 'free';
  let workspace = first;
  let view: WorkspaceView = viewOf(first, provider);
  let key: string | null = null;
  let fingerprint: string | null = null;
  let lockedReason: string | null = 'The key is being read.';
  let creditsPerCharacter = learning.creditsPerCharacter;
  let buffer: Claimed[] = [];
  let slots = 0;
  let claiming = false;
  let drained = false;
  let stopped = false;
  let suspended = false;
  let squeeze = 0;
  let successes = 0;
  let endDue: (() => void) | null = null;
  let claimDone: Promise<void> = Promise.resolve();
  const alarms = new Set<() => void>();
  const running = new Set<Promise<void>>();
  const parking = new AbortController();
  let context: CallContext = { workspace: view, key, signal: parking.signal };

  const priceUnknown = (): boolean => !free && creditsPerCharacter === null;
  const concurrency = (): number => {
    const set = Number(workspace.settings['concurrency']);
    const wanted = Number.isFinite(set) && set >= 1 ? Math.floor(set) : provider.defaultConcurrency;
    return priceUnknown() ? 1 : Math.max(1, wanted - squeeze);
  };
  const health = createLaneHealth(ports, {
    probe: () => provider.probe(context),
    changed: () => {
      hooks.changed();
      pump();
    },
  });
  const maySend = (): boolean =>
    !stopped && !suspended && !workspace.paused && lockedReason === null && health.clear;

  const laneContext: LaneContext = {
    ports,
    group,
    provider,
    serviceTime,
    call: () => context,
    refused: (error) => {
      if (error.code === 'provider_offline') {
        health.goOffline();
        return clock.now();
      }
      squeeze = Math.min(squeeze + 1, 64);
      successes = 0;
      return wakeAt(health.pause(error.retryAfterMs));
    },
    answered: () => {
      health.recover();
      successes += 1;
      if (squeeze > 0 && successes >= 20) {
        squeeze -= 1;
        successes = 0;
      }
    },
    lost: () => wakeAt(health.lose()),
    reachable: () => health.reachable(),
    blocked: (error) => health.block(error.message),
    priceSeen: (credits, characters) => {
      const price = credits / Math.max(1, characters);
      if (price <= (creditsPerCharacter ?? -1)) return;
      creditsPerCharacter = price;
      saveLearnings().catch(() => undefined);
      hooks.priceKnown(workspace.seq);
    },
    ended: (job, take) => {
      drained = false;
      hooks.ended(job, take);
      pump();
    },
    joinReady: () => wake(),
  };

  const saveLearnings = (): Promise<void> =>
    group.run(() =>
      saveLearning(database, workspace.seq, { creditsPerCharacter, serviceMs: serviceTime.learnedMs, serviceDeviationMs: null }),
    );

  const wakeAt = (at: number): number => {
    const cancel = clock.after(Math.max(0, at - clock.now()) + 1, () => {
      alarms.delete(cancel);
      wake();
    });
    alarms.add(cancel);
    return at;
  };
  const wake = (): void => {
    drained = false;
    pump();
  };

  const start = (claimed: Claimed): void => {
    let holding = claimed.job.kind === 'speech';
    if (holding) slots += 1;
    const runningJob: RunningJob = {
      ...claimed,
      releaseSlot: () => {
        if (!holding) return;
        holding = false;
        slots -= 1;
        pump();
      },
    };
    const work =
      claimed.generation === null
        ? runJoinJob(laneContext, runningJob)
        : runSpeechJob(laneContext, runningJob, claimed.generation);
    const tracked = work
      .catch((error: unknown) => {
        if (error instanceof Parked || parking.signal.aborted) return;
        // The row stays as it is: the next open looks at it afresh and pays for nothing twice.
        ports.logger.error('A job ended in a way nobody foresaw; it is looked at again on the next start.', { jobId: claimed.job.id, error });
      })
      .finally(() => {
        runningJob.releaseSlot();
        running.delete(tracked);
        hooks.changed();
        pump();
      });
    running.add(tracked);
  };

  const claim = (): void => {
    const limit = concurrency();
    const want = priceUnknown() ? 1 : limit * 2 - buffer.length;
    claiming = true;
    claimDone = group
      .run(() =>
        claimJobs(database, {
          workspaceSeq: workspace.seq,
          view,
          provider,
          conditions: { baseUrl: view.baseUrl, keyFingerprint: fingerprint, keyLifetimeMs: keyLifetimeMs(workspace.settings), now: clock.now() },
          claimId: ids.next(),
          limit: want,
          nextId: ids.next,
          secret: ids.secret,
        }),
      )
      .then(
        (result) => {
          claiming = false;
          ports.checkpoint?.('claim.committed');
          buffer.push(...result.claimed);
          if (result.claimed.length < want) {
            drained = true;
            scheduleDue();
          }
          if (result.overBudget.length > 0 || result.touched.length > 0) hooks.rendersTouched(result.touched, result.overBudget);
          pump();
        },
        (error: unknown) => {
          claiming = false;
          ports.logger.error('Jobs could not be claimed.', { error });
          health.block(error instanceof Error ? error.message : String(error)).catch(() => undefined);
        },
      );
  };
  const scheduleDue = (): void => {
    endDue?.();
    endDue = null;
    const due = nextDueAt(database, workspace.seq);
    if (due !== null) endDue = clock.after(Math.max(1, due - clock.now()), wake);
  };

  const pump = (): void => {
    if (!maySend()) return;
    const limit = concurrency();
    while (buffer.length > 0 && (slots < limit || buffer[0]?.job.kind === 'join') && running.size < limit * storingPerSlot + limit) {
      const next = buffer.shift();
      if (next !== undefined) start(next);
    }
    const ahead = priceUnknown() ? (slots === 0 && running.size === 0 ? 1 : 0) : limit;
    if (!claiming && !drained && buffer.length < Math.max(1, ahead / 2) && ahead > 0) claim();
  };

  const readKey = async (): Promise<void> => {
    if (!provider.abilities.needsKey) {
      lockedReason = null;
      return;
    }
    try {
      key = await ports.vault.get(workspace.id);
      fingerprint = key === null ? null : ports.hash.sha256().update(`cuebooth key ${key}`).hex().slice(0, 32);
      lockedReason = key === null ? `The workspace "${workspace.name}" has no API key. Its lines wait; nothing fails.` : null;
    } catch {
      lockedReason = `The key of "${workspace.name}" cannot be read: the key store is locked. Its lines wait; nothing fails.`;
      if (!stopped) alarms.add(clock.after(30_000, () => void refresh(workspace)));
    }
    context = { workspace: view, key, signal: parking.signal };
  };
  const refresh = async (row: WorkspaceRow): Promise<void> => {
    const moved = row.baseUrl !== workspace.baseUrl;
    workspace = row;
    view = viewOf(row, provider);
    const before = fingerprint;
    await readKey();
    context = { workspace: view, key, signal: parking.signal };
    if (moved || before !== fingerprint) await giveBack(() => true);
    if (row.paused) await giveBack(() => true);
    health.probeNow();
    hooks.changed();
    wake();
  };

  const giveBack = async (which: (claimed: Claimed) => boolean): Promise<void> => {
    await claimDone;
    const back = buffer.filter(which);
    if (back.length === 0) return;
    buffer = buffer.filter((claimed) => !which(claimed));
    const at = clock.now();
    await group.run(() => {
      for (const { job, generation, isResend } of back) {
        if (isResend) {
          endClaim(database, job, { state: 'uncertain', resolution: 'automatic', retryAt: at }, at);
          continue;
        }
        if (generation !== null) markNotSent(database, generation.id);
        endClaim(database, job, { state: 'queued' }, at);
      }
    });
  };
  const endTimers = (): void => {
    endDue?.();
    for (const cancel of alarms) cancel();
    alarms.clear();
  };
  const settled = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };

  return {
    workspaceSeq: first.seq,
    get creditsPerCharacter() {
      return creditsPerCharacter;
    },
    get working() {
      return running.size > 0 || buffer.length > 0;
    },
    view: (counts) => {
      const base = {
        workspaceId: workspace.id,
        workspaceName: workspace.name,
        provider: workspace.provider,
        inFlight: slots,
        concurrency: concurrency(),
        queued: counts.queued,
        uncertain: counts.uncertain,
        pausedUntil: health.pausedUntil,
      };
      if (health.blockedReason !== null) return { ...base, state: 'blocked', reason: health.blockedReason };
      if (workspace.paused) return { ...base, state: 'paused', reason: 'Paused by you.' };
      if (lockedReason !== null) return { ...base, state: 'locked', reason: lockedReason };
      if (health.offline) return { ...base, state: 'offline', reason: `${view.baseUrl} cannot be reached. It is tried again by itself; nothing is lost.` };
      if (health.pausedUntil !== null) return { ...base, state: 'waiting', reason: 'The vendor asked to slow down.' };
      if (running.size > 0 || buffer.length > 0) {
        return { ...base, state: 'working', reason: priceUnknown() ? 'One line first: its debit tells the price of the rest.' : null };
      }
      return { ...base, state: 'idle', reason: null };
    },
    wake,
    adopt: (claimed) => {
      buffer.push(...claimed);
      pump();
    },
    giveBack,
    refresh,
    suspend: () => {
      suspended = true;
    },
    resume: () => {
      suspended = false;
      health.probeNow();
      wake();
    },
    finish: async () => {
      stopped = true;
      await giveBack(() => true);
      await settled();
      await saveLearnings().catch(() => undefined);
      endTimers();
      health.stop();
    },
    park: async () => {
      stopped = true;
      await giveBack(() => true).catch(() => undefined);
      parking.abort();
      health.stop();
      endTimers();
      await settled();
    },
  };
};
