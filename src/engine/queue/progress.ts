/** Renders and lanes as people see them, published at most a few times a second however many jobs end. */
import type { Lane as LaneView, Render, RenderProgress } from '#contract/entities.ts';
import { hasOpenJobs, tallyOpenJobs } from '../database/job-lists.ts';
import { renderBalance, spentForAttached } from '../database/ledger.ts';
import {
  countJobStates,
  getRenderBySeq,
  listAttachedRenders,
  listRenderErrors,
  setRenderState,
  type RenderRow,
} from '../database/renders.ts';
import type { ReadableDatabase } from '../ports.ts';
import type { Router } from '../router.ts';
import { commitAt } from './commit-at.ts';
import type { QueuePorts } from './lane-context.ts';

/** Shortest time between two pushes of the same subject, in ms. */
const publishEveryMs = 200;
/** After a failure of our own disk, in ms. */
const againMs = 2000;
/** How many recent ends the rate is taken from. */
const rateWindow = 60;

export interface QueueSnapshot {
  readonly lanes: LaneView[];
  readonly tally: { readonly queued: number; readonly running: number; readonly asking: number };
}
export interface Progress {
  view(row: RenderRow): Render;
  ended(job: { readonly seq: number; readonly renderSeq: number }): void;
  touch(renderSeq: number): void;
  touchLanes(): void;
  stop(): void;
}

/** A render with its derived progress, from the rows alone. `perSecond` is null where no run is watching. */
export const renderView = (database: ReadableDatabase, row: RenderRow, perSecond: number | null): Render => {
  const counts = countJobStates(database, row.seq);
  const { spent, held } = renderBalance(database, row.seq);
  const open = counts.queued + counts.running + counts.uncertain;
  const { asking, ...states } = counts;
  const progress: RenderProgress = {
    items: row.itemCount,
    units: row.unitCount,
    owned: row.ownedCount,
    ...states,
    asking,
    spentCredits: spent + spentForAttached(database, row.seq, row.createdAt),
    heldCredits: Math.max(0, held),
    perSecond,
    secondsLeft: perSecond === null || perSecond === 0 ? null : Math.ceil((open - asking) / perSecond),
  };
  return {
    id: row.id,
    projectId: row.projectId,
    scriptId: row.scriptId,
    title: row.title,
    state: row.state,
    purpose: row.purpose,
    takes: row.takes,
    budgetCredits: row.budgetCredits,
    priority: row.priority,
    person: row.person,
    machine: row.machine,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    progress,
    errors: counts.failed + counts.uncertain + counts.queued === 0 ? [] : listRenderErrors(database, row.seq),
  };
};

export const createProgress = (
  { database, clock, logger, checkpoint }: Pick<QueuePorts, 'database' | 'clock' | 'logger' | 'checkpoint'>,
  publish: Router['publish'],
  lanes: () => QueueSnapshot,
): Progress => {
  const dirty = new Set<number>();
  const attached = new Set<number>();
  const ends = new Map<number, number[]>();
  let lanesDirty = false;
  let timer: (() => void) | null = null;

  const rate = (renderSeq: number): number | null => {
    const times = ends.get(renderSeq);
    const first = times?.[0];
    if (times === undefined || first === undefined || times.length < 2) return null;
    const span = (clock.monotonic() - first) / 1000;
    return span > 0 ? (times.length - 1) / span : null;
  };
  const view = (row: RenderRow): Render => renderView(database, row, rate(row.seq));

  const flush = (): void => {
    timer = null;
    for (const jobSeq of attached) for (const renderSeq of listAttachedRenders(database, jobSeq)) dirty.add(renderSeq);
    attached.clear();
    for (const seq of dirty) {
      const row = getRenderBySeq(database, seq);
      if (row === null || row.state === 'preparing') continue;
      let shown = row;
      if (
        (row.state === 'active' || row.state === 'paused' || row.state === 'over_budget') &&
        !hasOpenJobs(database, seq)
      ) {
        commitAt({ database, checkpoint }, 'render-done', () => setRenderState(database, seq, 'done', clock.now()));
        shown = getRenderBySeq(database, seq) ?? row;
      }
      publish('render.changed', { render: view(shown) });
      if (shown.state === 'done' || shown.state === 'cancelled') ends.delete(seq);
    }
    dirty.clear();
    if (lanesDirty) {
      lanesDirty = false;
      publish('queue.changed', lanes());
    }
  };
  const schedule = (afterMs = publishEveryMs): void => {
    timer ??= clock.after(afterMs, () => {
      try {
        flush();
      } catch (error) {
        // A full disk keeps a render from being called done; what was not told is told later.
        logger.warn('Progress could not be written; it is tried again.', { error });
        schedule(againMs);
      }
    });
  };
  return {
    view,
    ended: (job) => {
      const times = ends.get(job.renderSeq) ?? [];
      times.push(clock.monotonic());
      if (times.length > rateWindow) times.shift();
      ends.set(job.renderSeq, times);
      dirty.add(job.renderSeq);
      attached.add(job.seq);
      lanesDirty = true;
      schedule();
    },
    touch: (renderSeq) => {
      dirty.add(renderSeq);
      lanesDirty = true;
      schedule();
    },
    touchLanes: () => {
      lanesDirty = true;
      schedule();
    },
    stop: () => {
      timer?.();
      try {
        flush();
      } catch (error) {
        logger.warn('The last progress could not be written; the next start finds it by itself.', { error });
      }
    },
  };
};

/** Lanes' counts by workspace. */
export const countsOf = (
  database: ReadableDatabase,
): { of: (workspaceSeq: number) => { queued: number; uncertain: number }; tally: QueueSnapshot['tally'] } => {
  const rows = tallyOpenJobs(database);
  const sum = (pick: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + pick(row), 0);
  return {
    of: (workspaceSeq) => {
      const row = rows.find((each) => each.workspaceSeq === workspaceSeq);
      return { queued: row?.queued ?? 0, uncertain: row?.uncertain ?? 0 };
    },
    tally: { queued: sum((row) => row.queued), running: sum((row) => row.running), asking: sum((row) => row.asking) },
  };
};
