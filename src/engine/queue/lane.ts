/**
 * One workspace's way to its vendor. Claims run ahead of need, so that the next request leaves in the moment a slot is
 * free, while finished ones are still being fetched and stored. No polling loop: the lane wakes on an enqueue, on a
 * job's end, and on a timer set to the next due time.
 * Over 300 lines because one closure owns what must change together: slots, claims ahead, and the reasons to stand still.
 */
import { AppError } from '#contract/errors.ts';
import type { Lane as LaneView } from '#contract/entities.ts';
import { nextDueAt } from '../database/claims.ts';
import { endClaim } from '../database/jobs.ts';
import { markNotSent } from '../database/generations.ts';
import { getLearning, saveLearning, type WorkspaceRow } from '../database/workspaces.ts';
import type { CallContext, KnownRates, SpeechProvider, WorkspaceView } from '../providers/provider.ts';
import { viewOf } from '../providers/workspace-view.ts';
import type { CommitGroup } from './commit-group.ts';
import { jobBackoff, waitMs } from './backoff.ts';
import { claimJobs, type Claimed, type OverBudget } from './claim.ts';
import { backToQueue } from './hand-over.ts';
import type { KeyLimits } from './key-limits.ts';
import { keyLifetimeMs } from './key-rules.ts';
import type { LaneContext, QueuePorts, RunningJob } from './lane-context.ts';
import { admission, type Admission } from './admission.ts';
import { type LaneKey, readLaneKey, unreadKey } from './lane-key.ts';
import { createLanePace } from './lane-pace.ts';
import { describeLane } from './lane-view.ts';
import { createLaneHealth } from './lane-health.ts';
import { createLossRounds } from './loss-rounds.ts';
import type { Caller } from './reconcile.ts';
import { putDown } from './put-down.ts';
import { createPlaceTime, type LanePaceView } from './place-time.ts';
import { runJoinJob } from './run-join.ts';
import { runSpeechJob } from './run-job.ts';
import { createServiceTime } from './service-time.ts';
import { Parked } from './sleep.ts';
import { maxAttempts } from './transitions.ts';

export interface LaneHooks {
  ended: LaneContext['ended'];
  changed(): void;
  /** A place at the vendor was given back: another lane with the same key may be waiting for it. */
  freed(workspaceSeq: number): void;
  readonly limits: KeyLimits;
  /** A take was stored whose price the vendor tells later. */
  priceMissing(): void;
  ratesOf(workspaceId: string, voiceId: string): KnownRates;
  rendersTouched(renderSeqs: readonly number[], overBudget: readonly OverBudget[]): void;
  /** The price per character became known or rose: jobs without a hold get theirs. */
  priceKnown(workspaceSeq: number): void;
}
export interface Lane {
  readonly workspaceSeq: number;
  /** Credits per character by the highest debit seen; null before the first. */
  readonly creditsPerCharacter: number | null;
  readonly working: boolean;
  /** What the time of a batch is reckoned from. */
  pace(): LanePaceView;
  /** For free looks at old calls; null while the key cannot be read or the lane is stopped. */
  caller(): Caller | null;
  view(counts: { readonly queued: number; readonly uncertain: number }): LaneView;
  wake(): void;
  /** Sends what may be sent of what was claimed. */
  pump(): void;
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
/** When a closed vault is looked at again, in ms. */
const lockedAgainMs = 30_000;

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
  const placeTime = createPlaceTime(learning.slotMs);
  /** How long running jobs held their places, in ms, until it shows whether they bring a take. */
  const heldPlaces = new Map<number, number>();
  const losses = createLossRounds(ports);
  const free = provider.abilities.costUnit === 'free';
  let workspace = first;
  let view: WorkspaceView = viewOf(first, provider);
  let own: LaneKey = unreadKey;
  let creditsPerCharacter = learning.creditsPerCharacter;
  /** The vendor delivered and named no debit: waiting for one would send line after line singly. */
  let isPriceUntold = false;
  let retiredReason: string | null = null;
  /** Where debits are the only way to learn a price; other vendors' rates are known before. */
  const learnsPrice = provider.abilities.costUnit === 'credits';
  let buffer: Claimed[] = [];
  let slots = 0;
  let claiming = false;
  let drained = false;
  let stopped = false;
  let suspended = false;
  const pace = createLanePace();
  let endDue: (() => void) | null = null;
  let endMinute: (() => void) | null = null;
  let claimDone: Promise<void> = Promise.resolve();
  const alarms = new Set<() => void>();
  /** Unforeseen ends by job. */
  const falls = new Map<number, number>();
  const running = new Set<Promise<void>>();
  const parking = new AbortController();
  let context: CallContext = { workspace: view, key: own.key, signal: parking.signal };

  const priceUnknown = (): boolean => learnsPrice && creditsPerCharacter === null && !isPriceUntold;
  /** Lanes with the same key and address share what the vendor allows. */
  const keyName = (): string => `${own.fingerprint ?? first.id} ${view.baseUrl}`;
  const concurrency = (): number => {
    const set = Number(workspace.settings['concurrency']);
    const otherwise = hooks.limits.learned(keyName()) ?? provider.defaultConcurrency;
    const wanted = Number.isFinite(set) && set >= 1 ? Math.floor(set) : otherwise;
    return priceUnknown() ? 1 : pace.limit(wanted);
  };
  const health = createLaneHealth(ports, {
    probe: () => provider.probe(context),
    changed: () => {
      hooks.changed();
      pump();
    },
  });
  const maySend = (): boolean =>
    !stopped && !suspended && !workspace.paused && own.lockedReason === null && health.clear;

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
      pace.refused();
      return wakeAt(health.pause(error.retryAfterMs));
    },
    wakeAt: (at) => void wakeAt(at),
    retired: (message) => {
      retiredReason = message;
      hooks.changed();
    },
    answered: () => {
      retiredReason = null;
      health.recover();
      losses.answered();
      pace.answered();
    },
    lost: ({ seq }) => {
      const round = losses.lost(seq);
      return { ...round, retryAt: wakeAt(Math.max(round.retryAt, health.lose())) };
    },
    reachable: () => health.reachable(),
    blocked: (error) => health.block(error.message),
    priceMissing: () => hooks.priceMissing(),
    priceSeen: (credits, characters) => {
      if (!learnsPrice) return;
      if (credits === null) {
        isPriceUntold = true;
        return;
      }
      const price = credits / Math.max(1, characters);
      if (price <= (creditsPerCharacter ?? -1)) return;
      creditsPerCharacter = price;
      saveLearnings().catch(() => undefined);
      // What was claimed ahead was weighed against budgets at the old price.
      giveBack(({ isResend }) => !isResend).then(wake, (error: unknown) =>
        ports.logger.error('Claims could not be given back.', { error }),
      );
      hooks.priceKnown(workspace.seq);
    },
    ended: (job, take) => {
      drained = false;
      if (take !== null) {
        losses.over(job.seq);
        learnPlaceTime(job.seq);
      }
      hooks.ended(job, take);
      pump();
    },
    joinReady: () => wake(),
  };

  const saveLearnings = (): Promise<void> =>
    group.run('learned', () =>
      saveLearning(database, workspace.seq, {
        creditsPerCharacter,
        serviceMs: serviceTime.learnedMs,
        serviceDeviationMs: null,
        slotMs: placeTime.learnedMs,
      }),
    );
  const learnPlaceTime = (jobSeq: number): void => {
    const ms = heldPlaces.get(jobSeq);
    if (ms === undefined) return;
    placeTime.held(ms);
    if (placeTime.isWorthSaving) saveLearnings().catch(() => undefined);
  };

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

  const admit = (claimed: Claimed): Admission | null =>
    admission(claimed, {
      provider,
      view,
      limits: hooks.limits,
      keyName: keyName(),
      ratesOf: (voice) => hooks.ratesOf(workspace.id, voice),
      hasRoom: () => slots < concurrency(),
      otherwise: Math.max(concurrency(), provider.defaultConcurrency),
    });

  const start = (claimed: Claimed, place: Admission): void => {
    let holding = claimed.job.kind === 'speech';
    const isWholeCall = holding && !claimed.isResend;
    const startedAt = clock.monotonic();
    if (holding) slots += 1;
    const runningJob: RunningJob = {
      ...claimed,
      seen: (concurrency) => hooks.limits.learn(keyName(), place.group, concurrency),
      releaseSlot: () => {
        if (!holding) return;
        holding = false;
        slots -= 1;
        if (isWholeCall) heldPlaces.set(claimed.job.seq, clock.monotonic() - startedAt);
        place.leave();
        pump();
        hooks.freed(workspace.seq);
      },
    };
    const work =
      claimed.generation === null
        ? runJoinJob(laneContext, runningJob)
        : runSpeechJob(laneContext, runningJob, claimed.generation);
    const tracked = work
      .catch((error: unknown) => {
        if (error instanceof Parked || parking.signal.aborted) return;
        ports.logger.error('A job ended in a way nobody foresaw; it is looked at again.', {
          jobId: claimed.job.id,
          error,
        });
        return layDown(claimed.job, error);
      })
      .finally(() => {
        runningJob.releaseSlot();
        running.delete(tracked);
        heldPlaces.delete(claimed.job.seq);
        hooks.changed();
        pump();
      });
    running.add(tracked);
    hooks.changed();
  };

  const layDown = async (job: Claimed['job'], error: unknown): Promise<void> => {
    const count = (falls.get(job.seq) ?? 0) + 1;
    falls.set(job.seq, count);
    const at = clock.now();
    const retryAt = count < maxAttempts ? wakeAt(at + waitMs(jobBackoff, count + 3, ids.random())) : null;
    try {
      await group.run('put-down', () => putDown(database, job, { error, free, retryAt, at }));
      drained = false;
      hooks.ended(job, null);
    } catch (failure) {
      // Even that could not be written: the next open looks at the row afresh and pays for nothing twice.
      ports.logger.error('A job could not be put down.', { jobId: job.id, error: failure });
    }
  };

  const claim = (): void => {
    const limit = concurrency();
    const want = priceUnknown() ? 1 : limit * 2 - buffer.length;
    let now = clock.now();
    claiming = true;
    claimDone = group
      .run('claim', () => {
        now = clock.now();
        return claimJobs(database, {
          workspaceSeq: workspace.seq,
          view,
          provider,
          conditions: {
            baseUrl: view.baseUrl,
            keyFingerprint: own.fingerprint,
            keyLifetimeMs: keyLifetimeMs(workspace.settings),
            now,
          },
          creditsPerCharacter: learnsPrice ? creditsPerCharacter : null,
          claimId: ids.next(),
          limit: want,
          nextId: ids.next,
          secret: ids.secret,
        });
      })
      .then(
        (result) => {
          claiming = false;
          buffer.push(...result.claimed);
          if (result.claimed.length + result.touched.length < want) {
            drained = true;
            scheduleDue(now);
          }
          if (result.overBudget.length > 0 || result.touched.length > 0)
            hooks.rendersTouched(result.touched, result.overBudget);
          pump();
        },
        (error: unknown) => {
          claiming = false;
          ports.logger.error('Jobs could not be claimed.', { error });
          health
            .block(
              error instanceof AppError ? error.message : 'The library cannot be written; the log has the details.',
            )
            .catch(() => undefined);
        },
      );
  };
  const scheduleDue = (claimedAt: number): void => {
    endDue?.();
    endDue = null;
    const due = nextDueAt(database, workspace.seq, claimedAt);
    if (due !== null) endDue = clock.after(Math.max(1, due - clock.now()), wake);
  };

  const pump = (): void => {
    if (!maySend()) return;
    const limit = concurrency();
    for (let index = 0; index < buffer.length && running.size < limit * storingPerSlot + limit; ) {
      const next = buffer[index];
      const place = next === undefined ? null : admit(next);
      if (next === undefined || place === null) {
        index += 1;
        continue;
      }
      buffer.splice(index, 1);
      start(next, place);
    }
    const perMinute = provider.requestsPerMinute?.(view) ?? null;
    const minute = buffer.length === 0 ? 0 : hooks.limits.waitMs(keyName(), perMinute);
    if (minute > 0 && endMinute === null) {
      endMinute = clock.after(minute, () => {
        endMinute = null;
        pump();
      });
    }
    const ahead = priceUnknown() ? (slots === 0 && running.size === 0 ? 1 : 0) : limit;
    if (!claiming && !drained && buffer.length < Math.max(1, ahead / 2) && ahead > 0) claim();
  };

  const refresh = async (row: WorkspaceRow): Promise<void> => {
    const before = { baseUrl: workspace.baseUrl, fingerprint: own.fingerprint };
    workspace = row;
    view = viewOf(row, provider);
    own = await readLaneKey(ports, row, provider);
    if (own.isVaultClosed && !stopped) alarms.add(clock.after(lockedAgainMs, () => void refresh(workspace)));
    context = { workspace: view, key: own.key, signal: parking.signal };
    if (row.paused || before.baseUrl !== row.baseUrl || before.fingerprint !== own.fingerprint)
      await giveBack(() => true);
    retiredReason = null;
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
    await group.run('given-back', () => {
      for (const { job, generation, isResend } of back) {
        if (isResend) {
          endClaim(database, job, { state: 'uncertain', resolution: 'automatic', retryAt: at }, at);
          continue;
        }
        if (generation !== null) markNotSent(database, generation.id);
        backToQueue(database, job, {}, at);
      }
    });
  };
  const endTimers = (): void => {
    endDue?.();
    endMinute?.();
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
    pace: () => ({
      placeMs: placeTime.learnedMs,
      places: concurrency(),
      perMinute: provider.requestsPerMinute?.(view) ?? null,
    }),
    caller: () => (stopped || own.lockedReason !== null ? null : { provider, call: context }),
    view: (counts) =>
      describeLane(
        {
          workspace,
          baseUrl: view.baseUrl,
          health,
          lockedReason: own.lockedReason,
          inFlight: slots,
          concurrency: concurrency(),
          isBusy: running.size > 0 || buffer.length > 0,
          isPriceUnknown: priceUnknown(),
          retiredReason,
        },
        counts,
      ),
    wake,
    pump,
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
