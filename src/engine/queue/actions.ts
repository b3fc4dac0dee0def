/** What people do to jobs and renders. Large ones run in chunks, so that the engine's loop is never held up. */
import type { Decision } from '#contract/methods/queue.ts';
import { assertNever } from '#contract/errors.ts';
import { changeJob, getJob, type JobRow } from '../database/jobs.ts';
import { listClosedPartJobs, recountParts } from '../database/join-jobs.ts';
import { listJobSeqs, type JobFilter } from '../database/job-lists.ts';
import { detach, getRender, getRenderBySeq, setRenderState } from '../database/renders.ts';
import { release } from '../ledger/book.ts';
import type { Clock, Ports, WritableDatabase } from '../ports.ts';
import { commitAt } from './commit-at.ts';
import { cancelOne, moveToOther, settleIdle } from './hand-over.ts';
import { closeCharged, failJoins } from './settle.ts';
import { getGeneration, setLooks } from '../database/generations.ts';
import { isLost } from './look.ts';
import { nextState } from './transitions.ts';

interface ActionPorts {
  readonly database: WritableDatabase;
  readonly clock: Clock;
  readonly checkpoint?: Ports['checkpoint'];
}
const chunkMs = 5;

/** Calls `change` for each row, a few milliseconds a transaction. Returns how many it changed. */
const inChunks = async <T>(
  ports: ActionPorts,
  point: string,
  rows: readonly T[],
  change: (row: T) => boolean,
): Promise<number> => {
  const { clock } = ports;
  let changed = 0;
  for (let index = 0; index < rows.length; ) {
    const started = clock.monotonic();
    commitAt(ports, point, () => {
      // At least one, however long the disk took to begin.
      do {
        const row = rows[index];
        if (row !== undefined && change(row)) changed += 1;
        index += 1;
      } while (index < rows.length && clock.monotonic() - started < chunkMs);
    });
    if (index < rows.length) await clock.breathe();
  }
  return changed;
};

const openJobsOf = (database: WritableDatabase, renderSeq: number): { seq: number }[] =>
  database
    .prepare<{ seq: number }>(
      "SELECT seq FROM jobs WHERE render_seq = ? AND state IN ('queued', 'uncertain') ORDER BY seq",
    )
    .all(renderSeq);

/** Cancels what no other render wants; what is in flight runs to its end and is kept. */
export const cancelRenderJobs = async (ports: ActionPorts, renderSeq: number): Promise<number> => {
  const { database, clock } = ports;
  commitAt(ports, 'render-cancelled', () => setRenderState(database, renderSeq, 'cancelled', clock.now()));
  return inChunks(ports, 'jobs-cancelled', openJobsOf(database, renderSeq), ({ seq }) => {
    // Chunks let others run: one that is in flight by now is left alone.
    const job = getJob(database, seq);
    if (job === null || job.state === 'running' || moveToOther(database, job, false, clock.now())) return false;
    return cancelOne(database, job, clock.now());
  });
};
/** Open jobs of a resting render that a running one wants too go on under that one. */
export const moveWantedJobs = (ports: ActionPorts, renderSeq: number): Promise<number> =>
  inChunks(ports, 'jobs-moved', openJobsOf(ports.database, renderSeq), ({ seq }) => {
    const job = getJob(ports.database, seq);
    return job !== null && job.state !== 'running' && moveToOther(ports.database, job, true, ports.clock.now());
  });
export const pauseRenderJobs = async (ports: ActionPorts, renderSeq: number): Promise<void> => {
  commitAt(ports, 'render-paused', () => setRenderState(ports.database, renderSeq, 'paused', ports.clock.now()));
  await moveWantedJobs(ports, renderSeq);
};

/** A render that was over and has work again. */
const runAgain = (database: WritableDatabase, renderSeq: number, at: number): void => {
  const state = getRenderBySeq(database, renderSeq)?.state;
  if (state === 'done' || state === 'cancelled') setRenderState(database, renderSeq, 'active', at);
};

const requeue = (database: WritableDatabase, job: JobRow, at: number): boolean => {
  const to = nextState(job.state, { type: 'retried' });
  const isOpenElsewhere =
    database
      .prepare(
        `SELECT 1 AS found FROM jobs WHERE recipe_id = ?1 AND take_no = ?2 AND state IN ('queued', 'running', 'uncertain')
         UNION ALL SELECT 1 FROM takes WHERE recipe_id = ?1 AND take_no = ?2`,
      )
      .get(job.recipeId, job.takeNo) !== undefined;
  if (to === null || isOpenElsewhere) return false;
  changeJob(database, job.seq, job.state, { state: to, attempts: 0 }, at);
  runAgain(database, job.renderSeq, at);
  settleIdle(database, job.seq, at);
  if (job.kind === 'join') {
    for (const part of listClosedPartJobs(database, job.recipeId, job.takeNo)) requeue(database, part, at);
    // Parts may have come by another render meanwhile.
    recountParts(database, job.seq);
  }
  return true;
};

/** Failed and cancelled jobs go back to the queue; an open generation of theirs is looked at before anything is sent. */
export const retryJobs = async (ports: ActionPorts, filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number> => {
  const { database, clock } = ports;
  const rows = listJobSeqs(database, { ...filter, states: ['failed', 'cancelled'], limit: 1_000_000 });
  const asking = filter.renderId === undefined ? null : (getRender(database, filter.renderId)?.seq ?? null);
  return inChunks(ports, 'jobs-retried', rows, ({ seq }) => {
    const job = getJob(database, seq);
    if (job === null || !requeue(database, job, clock.now())) return false;
    if (asking !== null) runAgain(database, asking, clock.now());
    return true;
  });
};

export const cancelJobs = (ports: ActionPorts, filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number> => {
  const { database, clock } = ports;
  const rows = listJobSeqs(database, { ...filter, states: ['queued', 'uncertain'], limit: 1_000_000 });
  const asking = filter.renderId === undefined ? null : (getRender(database, filter.renderId)?.seq ?? null);
  return inChunks(ports, 'jobs-cancelled', rows, ({ seq }) => {
    const job = getJob(database, seq);
    if (job === null) return false;
    if (
      asking !== null &&
      job.state !== 'running' &&
      (job.renderSeq !== asking || moveToOther(database, job, false, clock.now()))
    ) {
      // Another render wants the line: this one only stops waiting for it.
      detach(database, asking, seq);
      return true;
    }
    if (!cancelOne(database, job, clock.now())) return false;
    failJoins(database, job.recipeId, job.takeNo, 'a part was cancelled.', clock.now());
    return true;
  });
};

/** A person's word on jobs whose outcome nobody knows. */
export const resolveJobs = (
  ports: ActionPorts,
  jobIds: readonly string[],
  decision: Decision,
  /** Whether a lost call of this workspace may still turn up. */
  isTraceable: (workspaceSeq: number) => boolean,
): Promise<number> => {
  const { database, clock } = ports;
  const rows = listJobSeqs(database, { jobIds, states: ['uncertain'], limit: 1_000_000 });
  return inChunks(ports, 'jobs-resolved', rows, ({ seq }) => {
    const job = getJob(database, seq);
    if (job === null || job.state !== 'uncertain') return false;
    const at = clock.now();
    const generation = job.generationId === null ? null : getGeneration(database, job.generationId);
    const isLostForGood = generation !== null && generation.state !== 'settled' && !isTraceable(job.workspaceSeq);
    if (isLostForGood && generation.chargedCredits !== null && (decision === 'pay_again' || decision === 'give_up'))
      closeCharged(database, job, { id: generation.id, charged: generation.chargedCredits }, at);
    switch (decision) {
      case 'look_again':
      case 'resend':
        // One more free look, where looks are what there is.
        if (generation !== null && isLost(generation))
          setLooks(database, generation.id, Math.max(0, generation.looks - 1));
        changeJob(database, seq, 'uncertain', { state: 'uncertain', resolution: 'automatic', retryAt: at }, at);
        return true;
      case 'pay_again': {
        const to = nextState('uncertain', { type: 'pay_again_accepted' });
        if (to === null) return false;
        // The lost call keeps its row, open: should it turn up, the ledger is settled and the take added.
        changeJob(database, seq, 'uncertain', { state: to, generationId: null, attempts: 0 }, at);
        return true;
      }
      case 'give_up': {
        const to = nextState('uncertain', { type: 'given_up' });
        if (to === null) return false;
        release(database, job, at);
        changeJob(
          database,
          seq,
          'uncertain',
          {
            state: to,
            dropHold: true,
            error: {
              code: 'outcome_unknown',
              message: 'You gave this line up; whether it was charged was never found out.',
            },
          },
          at,
        );
        failJoins(database, job.recipeId, job.takeNo, 'a part was given up.', at);
        return true;
      }
      default:
        return assertNever(decision);
    }
  });
};
