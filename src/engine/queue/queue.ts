/**
 * The queue of one library: its lanes, its recovery, and what hosts and people may ask of it.
 * Over 300 lines because one closure owns the lanes and everything that wakes them.
 */
import type { Render } from '#contract/entities.ts';
import { hold } from '../ledger/book.ts';
import { renderBalance } from '../database/ledger.ts';
import { listWithoutHold } from '../database/jobs.ts';
import {
  getRender,
  getRenderBySeq,
  listClaimableRenders,
  listUnfinishedRenders,
  setRenderBudget,
  setRenderPriority,
  setRenderState,
  type RenderRow,
} from '../database/renders.ts';
import { getLearning, getWorkspaceBySeq, listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { SpeechRecipe } from '#contract/entities.ts';
import type { Decision } from '#contract/methods/queue.ts';
import { AppError } from '#contract/errors.ts';
import type { JobFilter } from '../database/job-lists.ts';
import type { KnownRates } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { Router } from '../router.ts';
import { cancelJobs, cancelRenderJobs, moveWantedJobs, pauseRenderJobs, resolveJobs, retryJobs } from './actions.ts';
import { commitAt } from './commit-at.ts';
import { createCommitGroup } from './commit-group.ts';
import { fillRender, type EnqueueOptions, type OrderedItem } from './enqueue.ts';
import { createKeyLimits } from './key-limits.ts';
import { createLane, type Lane } from './lane.ts';
import type { QueuePorts } from './lane-context.ts';
import { countsOf, createProgress, type QueueSnapshot } from './progress.ts';
import { isTraceable } from './look.ts';
import { callerWithoutLane } from './lane-key.ts';
import { createLateRounds } from './late-rounds.ts';
import { reconcileLate } from './reconcile.ts';
import { recogniseCall } from './recognise.ts';
import { secondsOf } from './place-time.ts';
import { recover, type Recovered } from './recover.ts';
import { createTurns } from './turns.ts';

export interface Queue {
  /** Recovers what the last process left, then starts the lanes. */
  start(): Promise<Recovered>;
  stop(mode: 'finish' | 'park'): Promise<void>;
  snapshot(): QueueSnapshot;
  view(row: RenderRow): Render;
  /** Writes an order down and lets it run. On an error nothing of it runs, and the render is cancelled. */
  fill(renderSeq: number, items: Iterable<OrderedItem>, options: Omit<EnqueueOptions, 'holdFor'>): Promise<void>;
  /** Credits a call is expected to cost; null while the workspace's price is not known, 0 where nothing is charged. */
  priceOf(workspaceSeq: number, recipe: SpeechRecipe): number | null;
  /** Seconds that this many calls take in a workspace once it is their turn; null while nothing is known. */
  secondsFor(workspaceSeq: number, calls: number): number | null;
  /** A workspace was added or changed. */
  workspaceChanged(row: WorkspaceRow): Promise<void>;
  pauseRender(row: RenderRow): Promise<void>;
  resumeRender(row: RenderRow, budgetCredits?: number | null): void;
  prioritiseRender(row: RenderRow, priority: number): Promise<void>;
  cancelRender(row: RenderRow): Promise<void>;
  /** A budget was changed, or a month began: renders that stood over one are weighed again. */
  budgetsChanged(): void;
  retry(filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number>;
  cancel(filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number>;
  resolve(jobIds: readonly string[], decision: Decision): Promise<number>;
  /** The lost call of this job is that item of the vendor's history: a person says so. Throws `not_found`, `conflict`. */
  adopt(jobId: string, vendorItemId: string): Promise<number>;
}

export const createQueue = (
  doors: Omit<QueuePorts, 'turns'>,
  providers: ProviderRegistry,
  publish: Router['publish'],
  ratesOf: (workspaceId: string, voiceId: string) => KnownRates,
): Queue => {
  const ports: QueuePorts = { ...doors, turns: createTurns() };
  const { database, clock } = ports;
  const group = createCommitGroup(database, clock, { checkpoint: ports.checkpoint });
  const lanes = new Map<number, Lane>();
  const limits = createKeyLimits(clock);
  let started = false;
  let stopped = false;
  let allowSuspension: (() => void) | null = null;
  const endings: (() => void)[] = [];

  const snapshot = (): QueueSnapshot => {
    const counts = countsOf(database);
    const shown = listWorkspaces(database).flatMap(({ seq }) => lanes.get(seq) ?? []);
    return { lanes: shown.map((lane) => lane.view(counts.of(lane.workspaceSeq))), tally: counts.tally };
  };
  const progress = createProgress(ports, publish, snapshot);

  const watchPower = (): void => {
    const working = !stopped && [...lanes.values()].some((lane) => lane.working);
    if (working && allowSuspension === null) allowSuspension = ports.power.blockSuspension('Cuebooth is rendering.');
    if (!working && allowSuspension !== null) {
      allowSuspension();
      allowSuspension = null;
    }
  };
  const wakeAll = (): void => {
    for (const lane of lanes.values()) lane.wake();
  };

  const priceOf = (workspaceSeq: number, recipe: SpeechRecipe): number | null => {
    if (!providers.has(recipe.provider)) return null;
    const provider = providers.get(recipe.provider);
    if (provider.abilities.costUnit === 'free') return 0;
    const workspaceId = getWorkspaceBySeq(database, workspaceSeq)?.id ?? '';
    const perCharacter =
      lanes.get(workspaceSeq)?.creditsPerCharacter ?? getLearning(database, workspaceSeq).creditsPerCharacter;
    return (
      provider.estimateCredits(recipe, ratesOf(workspaceId, recipe.voice)) ??
      (perCharacter === null ? null : perCharacter * [...recipe.text].length)
    );
  };

  /** Jobs that were queued before the price was known get their holds, a few milliseconds at a time. */
  const holdTheRest = async (workspaceSeq: number): Promise<void> => {
    const perCharacter = lanes.get(workspaceSeq)?.creditsPerCharacter ?? null;
    if (perCharacter === null || perCharacter <= 0) return;
    for (let after: number | undefined = 0; after !== undefined; ) {
      const from: number = after;
      after = await group.run('holds', () => {
        // Listed inside the commit: a job that ended meanwhile, or got its hold elsewhere, must not get one.
        const rows = listWithoutHold(database, workspaceSeq, from, 200);
        for (const row of rows) hold(database, row, row.characters * perCharacter, clock.now());
        return rows.at(-1)?.seq;
      });
      await clock.breathe();
    }
  };

  const openLane = (row: WorkspaceRow): Lane | null => {
    const known = lanes.get(row.seq);
    if (known !== undefined) return known;
    if (!providers.has(row.provider)) return null;
    const lane = createLane(ports, group, providers.get(row.provider), row, {
      ended: (job, take) => {
        progress.ended(job);
        if (take !== null) publish('take.added', take);
      },
      limits,
      ratesOf,
      priceMissing: () => late.priceMissing(),
      freed: (workspaceSeq) => {
        for (const other of lanes.values()) if (other.workspaceSeq !== workspaceSeq) other.pump();
      },
      changed: () => {
        watchPower();
        progress.touchLanes();
      },
      rendersTouched: (touched, overBudget) => {
        for (const seq of new Set([...touched, ...overBudget.map(({ renderSeq }) => renderSeq)])) progress.touch(seq);
        for (const { renderSeq: seq, tight } of overBudget) {
          moveWantedJobs(ports, seq).then(wakeAll, (error: unknown) =>
            ports.logger.error('Shared lines could not be handed over.', { error }),
          );
          const render = getRenderBySeq(database, seq);
          if (render === null) continue;
          publish('library.notice', {
            level: 'warning',
            code: 'over_budget',
            message: `"${render.title}" has reached ${tight === null ? `its budget of ${render.budgetCredits ?? 0} credits` : `the budget "${tight.name}" of ${tight.stopCredits} credits`}. What is in flight is finished and kept; nothing more is sent until you raise the budget.`,
          });
        }
      },
      priceKnown: (workspaceSeq) => {
        holdTheRest(workspaceSeq).catch((error: unknown) =>
          ports.logger.error('Holds could not be written.', { error }),
        );
      },
    });
    lanes.set(row.seq, lane);
    return lane;
  };

  const budgetsChanged = (alsoWithOwn = true): void => {
    const waiting = listUnfinishedRenders(database).filter(
      ({ seq, state, budgetCredits }) =>
        state === 'over_budget' &&
        (budgetCredits === null || (alsoWithOwn && renderBalance(database, seq).spent < budgetCredits)),
    );
    if (waiting.length === 0) return;
    commitAt(ports, 'render-resumed', () => {
      for (const { seq } of waiting) setRenderState(database, seq, 'active', clock.now());
    });
    for (const { seq } of waiting) progress.touch(seq);
    wakeAll();
  };

  const late = createLateRounds(ports, async () => {
    budgetsChanged(false);
    const round = await reconcileLate(ports, group, (workspaceSeq) => lanes.get(workspaceSeq)?.caller() ?? null);
    for (const seq of round.touched) progress.touch(seq);
    if (round.turnedUp > 0) {
      publish('library.notice', {
        level: 'notice',
        code: 'late_settled',
        message:
          round.turnedUp === 1
            ? 'One call that was thought lost turned up; its books are settled.'
            : `${round.turnedUp} calls that were thought lost turned up; their books are settled.`,
      });
    }
    return round;
  });
  /** What was claimed ahead and has not left goes back, so that the most urgent is claimed first. */
  const stepBack = async (): Promise<void> => {
    await Promise.all([...lanes.values()].map((lane) => lane.giveBack(({ isResend }) => !isResend)));
  };
  const touchAll = (): void => {
    for (const render of listClaimableRenders(database)) progress.touch(render.seq);
  };

  return {
    start: async () => {
      const recovered = await recover(ports, group, providers);
      for (const row of listWorkspaces(database)) {
        const lane = openLane(row);
        if (lane === null) continue;
        lane.adopt(recovered.resumed.get(row.seq) ?? []);
        await lane.refresh(row);
      }
      started = true;
      // The last process may have ended between learning the price and writing the holds.
      for (const { workspaceSeq } of lanes.values()) await holdTheRest(workspaceSeq);
      endings.push(
        ports.power.onSuspend(() => {
          for (const lane of lanes.values()) lane.suspend();
        }),
        ports.power.onResume(() => {
          for (const lane of lanes.values()) lane.resume();
        }),
      );
      touchAll();
      late.start();
      return recovered;
    },
    stop: async (mode) => {
      late.stop();
      if (mode === 'finish') await Promise.all([...lanes.values()].map((lane) => lane.finish()));
      else await Promise.all([...lanes.values()].map((lane) => lane.park()));
      stopped = true;
      await group.idle();
      progress.stop();
      watchPower();
      for (const end of endings) end();
    },
    snapshot,
    view: progress.view,
    fill: async (renderSeq, items, options) => {
      try {
        await fillRender(ports, renderSeq, items, {
          ...options,
          holdFor: (workspaceSeq, recipe) => {
            const price = priceOf(workspaceSeq, recipe);
            return price === null || price <= 0 ? null : price;
          },
        });
      } catch (error) {
        await cancelRenderJobs(ports, renderSeq);
        throw error;
      }
      progress.touch(renderSeq);
      // What was claimed ahead for a batch and has not left steps back behind it.
      if ((getRenderBySeq(database, renderSeq)?.priority ?? 0) > 0) await stepBack();
      wakeAll();
    },
    priceOf,
    secondsFor: (workspaceSeq, calls) => {
      const lane = lanes.get(workspaceSeq);
      if (lane !== undefined) return secondsOf(lane.pace(), calls);
      const row = getWorkspaceBySeq(database, workspaceSeq);
      const provider = row === null || !providers.has(row.provider) ? null : providers.get(row.provider);
      if (row === null || provider === null) return null;
      const set = Number(row.settings['concurrency']);
      const places = Number.isFinite(set) && set >= 1 ? Math.floor(set) : provider.defaultConcurrency;
      return secondsOf({ placeMs: getLearning(database, workspaceSeq).slotMs, places, perMinute: null }, calls);
    },
    workspaceChanged: async (row) => {
      if (started) await openLane(row)?.refresh(row);
      progress.touchLanes();
    },
    pauseRender: async (row) => {
      if (row.state !== 'active' && row.state !== 'over_budget') return;
      await pauseRenderJobs(ports, row.seq);
      await Promise.all([...lanes.values()].map((lane) => lane.giveBack(({ job }) => job.renderSeq === row.seq)));
      progress.touch(row.seq);
      wakeAll();
    },
    resumeRender: (row, budgetCredits) => {
      if (row.state !== 'paused' && row.state !== 'over_budget') return;
      commitAt(ports, 'render-resumed', () => {
        if (budgetCredits !== undefined) setRenderBudget(database, row.seq, budgetCredits);
        setRenderState(database, row.seq, 'active', clock.now());
      });
      progress.touch(row.seq);
      wakeAll();
    },
    prioritiseRender: async (row, priority) => {
      commitAt(ports, 'render-prioritised', () => setRenderPriority(database, row.seq, priority));
      await stepBack();
      progress.touch(row.seq);
      wakeAll();
    },
    cancelRender: async (row) => {
      if (row.state === 'done' || row.state === 'cancelled') return;
      await cancelRenderJobs(ports, row.seq);
      await Promise.all([...lanes.values()].map((lane) => lane.giveBack(({ job }) => job.renderSeq === row.seq)));
      progress.touch(row.seq);
      wakeAll();
    },
    budgetsChanged: () => budgetsChanged(),
    retry: async (filter) => {
      const changed = await retryJobs(ports, filter);
      for (const workspaceSeq of lanes.keys()) await holdTheRest(workspaceSeq);
      if (filter.renderId !== undefined) progress.touch(getRender(database, filter.renderId)?.seq ?? 0);
      touchAll();
      wakeAll();
      return changed;
    },
    cancel: async (filter) => {
      await Promise.all([...lanes.values()].map((lane) => lane.giveBack(() => true)));
      const changed = await cancelJobs(ports, filter);
      touchAll();
      wakeAll();
      return changed;
    },
    adopt: async (jobId, vendorItemId) => {
      await recogniseCall(
        ports,
        async (workspaceSeq) =>
          lanes.get(workspaceSeq)?.caller() ?? (await callerWithoutLane(ports, workspaceSeq, providers)),
        jobId,
        vendorItemId,
      );
      touchAll();
      wakeAll();
      return 1;
    },
    resolve: async (jobIds, decision) => {
      const changed = await resolveJobs(ports, jobIds, decision, (workspaceSeq) => {
        const row = getWorkspaceBySeq(database, workspaceSeq);
        return row === null || !providers.has(row.provider) || isTraceable(providers.get(row.provider));
      });
      if (changed === 0)
        throw new AppError('conflict', 'None of these lines is waiting for a decision any more. Nothing was changed.');
      touchAll();
      wakeAll();
      return changed;
    },
  };
};
