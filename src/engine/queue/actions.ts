/** What people do to jobs and renders. Large ones run in chunks, so that the engine's loop is never held up. */
import type { Decision } from '#contract/methods/queue.ts';
import { assertNever } from '#contract/errors.ts';
import { changeJob, getJob, listClosedPartJobs, setOwner, type JobRow } from '../database/jobs.ts';
import { listJobSeqs, type JobFilter } from '../database/job-lists.ts';
import { attach, detach, findOtherWanting, getRenderBySeq, setRenderState } from '../database/renders.ts';
import { hold, release } from '../ledger/book.ts';
import type { Clock, WritableDatabase } from '../ports.ts';
import { failJoins } from './settle.ts';
import { nextState } from './transitions.ts';

interface ActionPorts {
  readonly database: WritableDatabase;
  readonly clock: Clock;
}
const chunkMs = 5;

/** Calls `change` for each row, a few milliseconds a transaction. Returns how many it changed. */
const inChunks = async <T>({ database, clock }: ActionPorts, rows: readonly T[], change: (row: T) => boolean): Promise<number> => {
  let changed = 0;
  for (let index = 0; index < rows.length; ) {
    const started = clock.monotonic();
    database.transaction(() => {
      for (; index < rows.length && clock.monotonic() - started < chunkMs; index += 1) {
        const row = rows[index];
        if (row !== undefined && change(row)) changed += 1;
      }
    });
    if (index < rows.length) await clock.breathe();
  }
  return changed;
};

const cancelOne = (database: WritableDatabase, job: JobRow, at: number): boolean => {
  const to = nextState(job.state, { type: 'user_cancelled' });
  if (to === null) return false;
  release(database, job, job.heldCredits, at);
  changeJob(database, job.seq, job.state, { state: to, dropHold: true }, at);
  return true;
};

/** A job that another render wants goes to that render's account, its hold with it. Returns whether one took it. */
const moveToOther = (database: WritableDatabase, job: JobRow, activeOnly: boolean, at: number): boolean => {
  const other = findOtherWanting(database, job.seq);
  if (other === null || (activeOnly && other.state !== 'active')) return false;
  release(database, job, job.heldCredits, at);
  setOwner(database, job.seq, other.seq);
  if (job.heldCredits !== null) hold(database, { seq: job.seq, renderSeq: other.seq }, job.heldCredits, at);
  detach(database, other.seq, job.seq);
  attach(database, job.renderSeq, job.seq);
  return true;
};

const openJobsOf = (database: WritableDatabase, renderSeq: number): JobRow[] =>
  database
    .prepare<{ seq: number }>("SELECT seq FROM jobs WHERE render_seq = ? AND state IN ('queued', 'uncertain') ORDER BY seq")
    .all(renderSeq)
    .flatMap(({ seq }) => getJob(database, seq) ?? []);

/** Cancels what no other render wants; what is in flight runs to its end and is kept. */
export const cancelRenderJobs = async (ports: ActionPorts, renderSeq: number): Promise<number> => {
  const { database, clock } = ports;
  database.transaction(() => setRenderState(database, renderSeq, 'cancelled', clock.now()));
  return inChunks(ports, openJobsOf(database, renderSeq), (job) => {
    if (moveToOther(database, job, false, clock.now())) return false;
    return cancelOne(database, job, clock.now());
  });
};
/** Queued jobs that a running render wants too go on under that one. */
export const pauseRenderJobs = async (ports: ActionPorts, renderSeq: number): Promise<void> => {
  const { database, clock } = ports;
  database.transaction(() => setRenderState(database, renderSeq, 'paused', clock.now()));
  await inChunks(ports, openJobsOf(database, renderSeq), (job) => moveToOther(database, job, true, clock.now()));
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
  if (job.kind === 'join') for (const part of listClosedPartJobs(database, job.recipeId, job.takeNo)) requeue(database, part, at);
  return true;
};

/** Failed and cancelled jobs go back to the queue; an open generation of theirs is looked at before anything is sent. */
export const retryJobs = async (ports: ActionPorts, filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number> => {
  const { database, clock } = ports;
  const rows = listJobSeqs(database, { ...filter, states: ['failed', 'cancelled'], limit: 1_000_000 });
  const renders = new Set<number>();
  const changed = await inChunks(ports, rows, ({ seq }) => {
    const job = getJob(database, seq);
    if (job === null || !requeue(database, job, clock.now())) return false;
    renders.add(job.renderSeq);
    return true;
  });
  database.transaction(() => {
    for (const seq of renders) {
      const state = getRenderBySeq(database, seq)?.state;
      if (state === 'done' || state === 'cancelled') setRenderState(database, seq, 'active', clock.now());
    }
  });
  return changed;
};

export const cancelJobs = (ports: ActionPorts, filter: Omit<JobFilter, 'limit' | 'states'>): Promise<number> => {
  const { database, clock } = ports;
  const rows = listJobSeqs(database, { ...filter, states: ['queued', 'uncertain'], limit: 1_000_000 });
  return inChunks(ports, rows, ({ seq }) => {
    const job = getJob(database, seq);
    if (job === null || !cancelOne(database, job, clock.now())) return false;
    failJoins(database, job.recipeId, job.takeNo, 'a part was cancelled.', clock.now());
    return true;
  });
};

/** A person's word on jobs whose outcome nobody knows. */
export const resolveJobs = (ports: ActionPorts, jobIds: readonly string[], decision: Decision): Promise<number> => {
  const { database, clock } = ports;
  const rows = listJobSeqs(database, { jobIds, states: ['uncertain'], limit: 1_000_000 });
  return inChunks(ports, rows, ({ seq }) => {
    const job = getJob(database, seq);
    if (job === null || job.state !== 'uncertain') return false;
    const at = clock.now();
    switch (decision) {
      case 'resend':
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
        release(database, job, job.heldCredits, at);
        changeJob(
          database,
          seq,
          'uncertain',
          { state: to, dropHold: true, error: { code: 'outcome_unknown', message: 'You gave this line up; whether it was charged was never found out.' } },
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
