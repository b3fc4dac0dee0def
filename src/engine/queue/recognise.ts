/** A person recognises a lost call in the vendor's history: the word of somebody who looked, checked against the vendor first. */
import { AppError } from '#contract/errors.ts';
import { getGeneration, isVendorIdTaken, markAccepted, requestOf } from '../database/generations.ts';
import { changeJob, getJob } from '../database/jobs.ts';
import { listJobSeqs } from '../database/job-lists.ts';
import { commitAt } from './commit-at.ts';
import type { QueuePorts } from './lane-context.ts';
import { isLost } from './look.ts';
import type { Caller } from './reconcile.ts';

type RecognisePorts = Pick<QueuePorts, 'database' | 'clock' | 'checkpoint'>;

/** Its audio is fetched next. Returns false when the call was settled or the item taken meanwhile. */
const adoptItem = (ports: RecognisePorts, jobSeq: number, vendorItemId: string): boolean => {
  const { database, clock } = ports;
  return commitAt(ports, 'adopted', () => {
    const job = getJob(database, jobSeq);
    const generation = job?.generationId == null ? null : getGeneration(database, job.generationId);
    if (job?.state !== 'uncertain' || generation === null || !isLost(generation)) return false;
    if (isVendorIdTaken(database, vendorItemId, generation.id)) return false;
    const at = clock.now();
    markAccepted(database, generation.id, { vendorId: vendorItemId, chargedCredits: null }, at);
    changeJob(database, jobSeq, 'uncertain', { state: 'uncertain', resolution: 'automatic', retryAt: at }, at);
    return true;
  });
};

/** Throws `conflict` where there is nothing to decide or the item is another line's, `history_unavailable`, `not_found`. */
export const recogniseCall = async (
  ports: RecognisePorts,
  callerOf: (workspaceSeq: number) => Promise<Caller | null>,
  jobId: string,
  vendorItemId: string,
): Promise<void> => {
  const { database } = ports;
  const [row] = listJobSeqs(database, { jobIds: [jobId], states: ['uncertain'], limit: 1 });
  const job = row === undefined ? null : getJob(database, row.seq);
  const generation = job?.generationId == null ? null : getGeneration(database, job.generationId);
  if (job === null || generation === null)
    throw new AppError('conflict', 'This line is not waiting for a decision any more. Nothing was changed.');
  const caller = await callerOf(job.workspaceSeq);
  if (caller?.provider.poll === undefined)
    throw new AppError('history_unavailable', 'The history of this vendor cannot be read now. Nothing was changed.');
  try {
    await caller.provider.poll(caller.call, vendorItemId, requestOf(generation));
  } catch (error) {
    throw new AppError(
      'not_found',
      `The vendor does not show "${vendorItemId}" now. Nothing was changed; look again.`,
      {
        cause: error,
      },
    );
  }
  if (adoptItem(ports, job.seq, vendorItemId)) return;
  throw new AppError(
    'conflict',
    'That entry belongs to another line already, or this one was settled meanwhile. Nothing was changed.',
  );
};
