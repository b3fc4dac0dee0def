/** Jobs whose render does not run: they go on under another render that wants them, or end with their own. */
import { type ClaimedJob } from '../database/claims.ts';
import { changeJob, endClaim, getJob, listStranded, setOwner, type JobChange, type JobRow } from '../database/jobs.ts';
import { attach, detach, findOtherWanting, getRenderBySeq, setRenderState } from '../database/renders.ts';
import { hold, release } from '../ledger/book.ts';
import type { WritableDatabase } from '../ports.ts';
import { nextState } from './transitions.ts';

export const cancelOne = (database: WritableDatabase, job: JobRow, at: number): boolean => {
  const to = nextState(job.state, { type: 'user_cancelled' });
  if (to === null) return false;
  release(database, job, at);
  changeJob(database, job.seq, job.state, { state: to, dropHold: true }, at);
  return true;
};

/** The job goes to another render's account, its hold with it; the one before goes on waiting for it. */
export const moveTo = (database: WritableDatabase, job: JobRow, renderSeq: number, at: number): void => {
  release(database, job, at);
  setOwner(database, job.seq, renderSeq);
  if (job.heldCredits !== null) hold(database, { seq: job.seq, renderSeq }, job.heldCredits, at);
  detach(database, renderSeq, job.seq);
  attach(database, job.renderSeq, job.seq);
};

/** A job that another render wants goes there. Returns whether one took it. */
export const moveToOther = (database: WritableDatabase, job: JobRow, activeOnly: boolean, at: number): boolean => {
  const other = findOtherWanting(database, job.seq);
  if (other === null || (activeOnly && other.state !== 'active')) return false;
  moveTo(database, job, other.seq, at);
  return true;
};

/** A queued job under a render that is paused or over would wait for ever, and others with it. */
export const settleIdle = (database: WritableDatabase, jobSeq: number, at: number): void => {
  const job = getJob(database, jobSeq);
  const owner = job === null ? null : getRenderBySeq(database, job.renderSeq);
  if (
    job === null ||
    owner === null ||
    job.state !== 'queued' ||
    owner.state === 'active' ||
    owner.state === 'preparing'
  )
    return;
  const isOver = owner.state === 'cancelled' || owner.state === 'done';
  if (moveToOther(database, job, !isOver, at)) return;
  if (owner.state === 'cancelled') cancelOne(database, job, at);
  if (owner.state === 'done') setRenderState(database, owner.seq, 'active', at);
};

/** Ends a claim with the job back in the queue; its render may have been paused or cancelled meanwhile. */
export const backToQueue = (
  database: WritableDatabase,
  job: Pick<ClaimedJob, 'seq' | 'claimId'>,
  change: Omit<JobChange, 'state'>,
  at: number,
): void => {
  endClaim(database, job, { ...change, state: 'queued' }, at);
  settleIdle(database, job.seq, at);
};

/** What a pause or a cancel that was cut off left behind. */
export const settleStranded = (database: WritableDatabase, at: number): void => {
  for (const seq of listStranded(database)) settleIdle(database, seq, at);
};
