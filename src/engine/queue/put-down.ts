/** A job whose step failed in a way nobody foresaw: its row goes where a died process's would, so that nothing waits for the next start. */
import { AppError } from '#contract/errors.ts';
import { type ClaimedJob } from '../database/claims.ts';
import { endClaim, getJob } from '../database/jobs.ts';
import { getGeneration } from '../database/generations.ts';
import type { WritableDatabase } from '../ports.ts';
import { backToQueue } from './hand-over.ts';
import { settleFailed } from './settle.ts';

export interface PutDown {
  readonly error: unknown;
  readonly free: boolean;
  /** Null: it went on like this for too long; the job ends, or a person is asked where something may have been paid. */
  readonly retryAt: number | null;
  readonly at: number;
}

/** Runs inside the caller's transaction. Returns false when the row was settled after all. */
export const putDown = (
  database: WritableDatabase,
  job: ClaimedJob,
  { error, free, retryAt, at }: PutDown,
): boolean => {
  const row = getJob(database, job.seq);
  if (row === null || row.claimId !== job.claimId) return false;
  const generation = row.generationId === null ? null : getGeneration(database, row.generationId);
  const mayBePaid = !free && generation !== null && generation.state !== 'created' && generation.state !== 'settled';
  // What an error of ours says may hold anything, a key among it; the log has it, with keys taken out.
  const reason = error instanceof AppError ? ` ${error.message}` : '';
  const said = {
    code: 'internal',
    message: `A fault in Cuebooth stopped this line.${reason} What was paid for is kept; the log has the details.`,
  } as const;
  if (mayBePaid) {
    endClaim(
      database,
      job,
      { state: 'uncertain', resolution: retryAt === null ? 'ask' : 'automatic', retryAt, error: said },
      at,
    );
  } else if (retryAt === null) {
    settleFailed(database, job, said, at);
  } else {
    backToQueue(database, job, { retryAt, error: said }, at);
  }
  return true;
};
