/** The queue of one library: its lanes, its recovery, and what hosts and people may ask of it. */
import type { Render } from '#contract/entities.ts';
import { hold } from '../ledger/book.ts';
import { listWithoutHold } from '../database/jobs.ts';
import { getRender, getRenderBySeq, listActiveRenders, setRenderBudget, setRenderState, type RenderRow } from '../database/renders.ts';
import { listWorkspaces, type WorkspaceRow } from '../database/workspaces.ts';
import type { SpeechRecipe } from '#contract/entities.ts';
import type { Decision } from '#contract/methods/queue.ts';
import { AppError } from '#contract/errors.ts';
import type { JobFilter } from '../database/job-lists.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { Router } from '../router.ts';
import { cancelJobs, cancelRenderJobs, pauseRenderJobs, resolveJobs, retryJobs } from './actions.ts';
import { createCommitGroup } from './commit-group.ts';
import { fillRender, type EnqueueOptions, type OrderedItem } from './enqueue.ts';
import { createLane, type Lane } from './lane.ts';
import type { QueuePorts } from './lane-context.ts';
import { countsOf, createProgress, type QueueSnapshot } from './progress.ts';
import { recover, type Recovered } from './recover.ts';

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
  /** A workspace was added or changed. */
  workspaceChanged(row: WorkspaceRow): Promise<void>;
  pauseRender(row: RenderRow): Promise<void>;
  resumeRender(row: RenderRow, budgetCredits?: number | null): void;
  cancelRender(row: RenderRow): Promise<void>;
  retry(filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number>;
  cancel(filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number>;
  resolve(jobIds: readonly string[], decision: Decision): Promise<number>;
}

export const createQueue = (ports: QueuePorts, providers: ProviderRegistry, publish: Router['publish']): Queue => {
  const { database, clock } = ports;
  const group = createCommitGroup(database, clock);
  const lanes = new Map<number, Lane>();
  let started = false;
  let stopped = false;
  let allowSuspension: (() => void) | null = null;
  const endings: (() => void)[] = [];

  const snapshot = (): QueueSnapshot => {
    const counts = countsOf(database);
    return { lanes: [...lanes.values()].map((lane) => lane.view(counts.of(lane.workspaceSeq))), tally: counts.tally };
  };
  const progress = createProgress(database, clock, publish, snapshot);

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
    const perCharacter = lanes.get(workspaceSeq)?.creditsPerCharacter ?? null;
    return provider.estimateCredits(recipe) ?? (perCharacter === null ? null : perCharacter * [...recipe.text].length);
  };

  /** Jobs that were queued before the price was known get their holds, a few milliseconds at a time. */
  const holdTheRest = async (workspaceSeq: number): Promise<void> => {
    const perCharacter = lanes.get(workspaceSeq)?.creditsPerCharacter ?? null;
    if (perCharacter === null || perCharacter <= 0) return;
    for (let after = 0; ; ) {
      const rows = listWithoutHold(database, workspaceSeq, after, 200);
      const last = rows.at(-1);
      if (last === undefined) return;
      await group.run(() => {
        for (const row of rows) hold(database, row, row.characters * perCharacter, clock.now());
      });
      after = last.seq;
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
      changed: () => {
        watchPower();
        progress.touchLanes();
      },
      rendersTouched: (touched, overBudget) => {
        for (const seq of new Set([...touched, ...overBudget])) progress.touch(seq);
        for (const seq of overBudget) {
          const render = getRenderBySeq(database, seq);
          if (render === null) continue;
          publish('library.notice', {
            level: 'warning',
            code: 'over_budget',
            message: `"${render.title}" has reached its budget of ${render.budgetCredits ?? 0} credits. What is in flight is finished and kept; nothing more is sent until you raise the budget.`,
          });
        }
      },
      priceKnown: (workspaceSeq) => {
        holdTheRest(workspaceSeq).catch((error: unknown) => ports.logger.error('Holds could not be written.', { error }));
      },
    });
    lanes.set(row.seq, lane);
    return lane;
  };

  const touchAll = (): void => {
    for (const render of listActiveRenders(database)) progress.touch(render.seq);
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
      endings.push(
        ports.power.onSuspend(() => {
          for (const lane of lanes.values()) lane.suspend();
        }),
        ports.power.onResume(() => {
          for (const lane of lanes.values()) lane.resume();
        }),
      );
      touchAll();
      return recovered;
    },
    stop: async (mode) => {
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
      wakeAll();
    },
    priceOf,
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
      database.transaction(() => {
        if (budgetCredits !== undefined) setRenderBudget(database, row.seq, budgetCredits);
        setRenderState(database, row.seq, 'active', clock.now());
      });
      progress.touch(row.seq);
      wakeAll();
    },
    cancelRender: async (row) => {
      if (row.state === 'done' || row.state === 'cancelled') return;
      await Promise.all([...lanes.values()].map((lane) => lane.giveBack(({ job }) => job.renderSeq === row.seq)));
      await cancelRenderJobs(ports, row.seq);
      progress.touch(row.seq);
      wakeAll();
    },
    retry: async (filter) => {
      const changed = await retryJobs(ports, filter);
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
    resolve: async (jobIds, decision) => {
      const changed = await resolveJobs(ports, jobIds, decision);
      if (changed === 0) throw new AppError('conflict', 'None of these lines is waiting for a decision any more. Nothing was changed.');
      touchAll();
      wakeAll();
      return changed;
    },
  };
};
