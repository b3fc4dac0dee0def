/** Closing the books of a job: every function here is one piece of a transaction. */
import type { TakeId } from '#contract/entities.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { Timings } from '#contract/history.ts';
import { changeJob, endClaim, getJob, lastTakeNo, type JobChange } from '../database/jobs.ts';
import { listJoinsOf, partStored } from '../database/join-jobs.ts';
import { markClosed, markStored } from '../database/generations.ts';
import { addVoiceRate, hasTakeOf, insertTake, type NewTake } from '../database/takes.ts';
import { saveTimings } from '../database/take-timings.ts';
import { charge, chargeAndRefund, release, type BookedJob } from '../ledger/book.ts';
import type { WritableDatabase } from '../ports.ts';
import { recordCall, recordTake } from '../ledger/completion.ts';
import { nextState } from './transitions.ts';

/** A job whose claim this run holds, or (`claimId` null) one that is settled from outside: on open, or late. */
export interface SettledJob extends BookedJob {
  readonly claimId: string | null;
  readonly recipeId: number;
  readonly takeNo: number;
}

const applyChange = (database: WritableDatabase, job: SettledJob, change: JobChange, at: number): void => {
  if (job.claimId !== null) {
    endClaim(database, { seq: job.seq, claimId: job.claimId }, change, at);
    return;
  }
  const row = getJob(database, job.seq);
  if (row !== null && row.state !== 'succeeded') changeJob(database, job.seq, row.state, change, at);
};

export interface StoredResult {
  readonly take: NewTake;
  readonly generation: {
    readonly id: string;
    readonly vendorId: string | null;
    readonly chargedCredits: number | null;
    /** Where the figure comes from, if not from the vendor's answer. */
    readonly note?: string | undefined;
  } | null;
  readonly timings?: Timings | null;
  /** Teaches the forecast: words of the text as spoken, whose voice, and how fast it was asked to speak. */
  readonly rate: { readonly voiceKey: string; readonly words: number; readonly speed: number } | null;
}
/** Audio that was paid for twice after all, by a person's decision, becomes the next take of its line. */
const addTake = (database: WritableDatabase, { take, generation, timings }: StoredResult): NewTake | null => {
  let stored = take;
  if (!insertTake(database, take)) {
    if (generation === null || hasTakeOf(database, generation.id)) return null;
    stored = { ...take, takeNo: lastTakeNo(database, take.recipeId) + 1 };
    if (!insertTake(database, stored)) return null;
  }
  if (timings !== null && timings !== undefined) saveTimings(database, stored.id, timings);
  return stored;
};

/** Take + charge + succeeded, in the caller's transaction. Returns whether a waiting join became ready. */
export const settleStored = (
  database: WritableDatabase,
  job: SettledJob,
  result: StoredResult,
  at: number,
): boolean => {
  const take = addTake(database, result);
  if (result.generation !== null) {
    const { id, vendorId, chargedCredits, note } = result.generation;
    markStored(database, id, vendorId, chargedCredits, at);
    if (chargedCredits !== null) charge(database, job, id, chargedCredits, at, note);
    release(database, job, at);
  }
  // After the call's id is on record: the history knows its own items by it.
  if (take !== null) recordTake(database, { jobSeq: job.seq, take, generationId: result.generation?.id ?? null });
  applyChange(database, job, { state: 'succeeded', dropHold: true }, at);
  if (result.rate !== null && result.rate.words > 0 && result.take.durationMs > 200) {
    addVoiceRate(
      database,
      result.rate.voiceKey,
      result.rate.words,
      (result.take.durationMs / 1000) * result.rate.speed,
    );
  }
  return partStored(database, job.recipeId, job.takeNo);
};

/** A job that will not yield a take: hold released, joins that needed it fail with it. */
export const settleFailed = (
  database: WritableDatabase,
  job: SettledJob,
  error: { readonly code: ErrorCode; readonly message: string },
  at: number,
  attempts?: number,
): void => {
  release(database, job, at);
  applyChange(
    database,
    job,
    { state: 'failed', error, dropHold: true, ...(attempts === undefined ? {} : { attempts }) },
    at,
  );
  failJoins(database, job.recipeId, job.takeNo, error.message, at);
};
/** Joins that wait for a part which will not come. */
export const failJoins = (
  database: WritableDatabase,
  recipeId: number,
  takeNo: number,
  reason: string,
  at: number,
): void => {
  for (const join of listJoinsOf(database, recipeId, takeNo)) {
    const to = nextState('queued', { type: 'part_failed' });
    if (to === null) continue;
    changeJob(
      database,
      join.seq,
      'queued',
      {
        state: to,
        error: {
          code: 'part_failed',
          message: `One part of this line could not be rendered: ${reason} The other parts are kept.`,
        },
      },
      at,
    );
  }
};

/** A call that was charged, whose audio is lost for good: the books say so, and nothing more is expected of it. */
export const closeCharged = (
  database: WritableDatabase,
  job: BookedJob,
  generation: { readonly id: string; readonly charged: number },
  at: number,
): void => {
  charge(database, job, generation.id, generation.charged, at, 'charged, but the audio was lost on the way');
  markClosed(database, generation.id, generation.charged, null, at);
  recordCall(database, { generationId: generation.id, status: 'aside', at });
};

/** Closes a generation that brought no audio. What was debited and given back stands in the ledger as both. */
export const closeGeneration = (
  database: WritableDatabase,
  job: BookedJob,
  generation: {
    readonly id: string;
    readonly vendorId: string | null;
    readonly charged: number | null;
    readonly refunded: number | null;
  },
  at: number,
): void => {
  const charged = generation.charged ?? 0;
  const refunded = generation.refunded ?? charged;
  chargeAndRefund(database, job, generation.id, charged, Math.min(refunded, charged), at);
  markClosed(database, generation.id, Math.max(0, charged - refunded), generation.vendorId, at);
  recordCall(database, { generationId: generation.id, status: 'failed', at });
};

/** Id of a new take. */
export const asTakeId = (id: string): TakeId => id as TakeId;
