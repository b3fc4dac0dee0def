/** The books of one job: hold, release, charge, refund. Called inside the transaction that changes the job. */
import type { WritableDatabase } from '../ports.ts';
import { appendEntry } from '../database/ledger.ts';
import { getHold, setHold } from '../database/jobs.ts';

export interface BookedJob {
  readonly seq: number;
  readonly renderSeq: number;
}
/** The entry alone, for a job that was inserted with its hold. */
export const bookHold = (database: WritableDatabase, job: BookedJob, credits: number, at: number): void => {
  appendEntry(database, { kind: 'hold', credits, jobSeq: job.seq, generationId: null, renderSeq: job.renderSeq, at });
};
export const hold = (database: WritableDatabase, job: BookedJob, credits: number, at: number): void => {
  bookHold(database, job, credits, at);
  setHold(database, job.seq, credits);
};
/** Gives back what is held now: the hold may be younger than the claim. The caller drops it from the job's row in the same transaction. */
export const release = (database: WritableDatabase, job: BookedJob, at: number): void => {
  const heldCredits = getHold(database, job.seq);
  if (heldCredits === null) return;
  appendEntry(database, {
    kind: 'release',
    credits: heldCredits,
    jobSeq: job.seq,
    generationId: null,
    renderSeq: job.renderSeq,
    at,
  });
};
export const charge = (
  database: WritableDatabase,
  job: BookedJob,
  generationId: string,
  credits: number,
  at: number,
  note?: string,
): void => {
  appendEntry(database, {
    kind: 'charge',
    credits,
    jobSeq: job.seq,
    generationId,
    renderSeq: job.renderSeq,
    at,
    ...(note === undefined ? {} : { note }),
  });
};
/** A call that was debited and then given back by the vendor, wholly or in part: both entries stand. */
export const chargeAndRefund = (
  database: WritableDatabase,
  job: BookedJob,
  generationId: string,
  charged: number,
  refunded: number,
  at: number,
): void => {
  if (charged <= 0) return;
  charge(database, job, generationId, charged, at, 'debited when it was accepted');
  appendEntry(database, {
    kind: 'refund',
    credits: refunded,
    jobSeq: job.seq,
    generationId,
    renderSeq: job.renderSeq,
    at,
    note: 'the vendor reported the generation as failed',
  });
};
