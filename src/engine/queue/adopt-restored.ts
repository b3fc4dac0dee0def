/**
 * After a backup was restored, the audio made since then lies in the media folder and the database does not know it:
 * its lines would be sent and paid for again. So it is taken in before anything is sent, and its charges with it.
 */
import type { GenerationId } from '#contract/entities.ts';
import { changeJob, findOpenJob, type JobRow } from '../database/jobs.ts';
import { partStored } from '../database/join-jobs.ts';
import { getGeneration, insertGeneration, markStored } from '../database/generations.ts';
import { listTakeFiles, setTakeGeneration } from '../database/takes.ts';
import { charge, release } from '../ledger/book.ts';
import type { WritableDatabase } from '../ports.ts';
import { adoptFile, listMedia, type Adopted } from '../takes/adopt-media.ts';
import type { QueuePorts } from './lane-context.ts';

/** The mark that a restore leaves in the library. */
const restoredMark = 'restored.json';

/** A line that waits to be sent although its audio is there. */
const closeOwned = (database: WritableDatabase, job: JobRow, { recipeId, entry }: Adopted, at: number): void => {
  const { generationId, vendorId, chargedCredits, takeNo } = entry;
  const open = job.generationId === null ? null : getGeneration(database, job.generationId);
  // A call that may have left is looked at by the runner, free, and settles the line itself.
  if (job.state !== 'queued' || (open !== null && open.state !== 'created' && open.state !== 'settled')) return;
  if (generationId !== null && chargedCredits !== null && getGeneration(database, generationId) === null) {
    insertGeneration(database, {
      id: generationId as GenerationId,
      jobSeq: job.seq,
      renderSeq: job.renderSeq,
      state: 'created',
      method: 'POST',
      url: '',
      contentType: '',
      body: new Uint8Array(),
      idempotencyKey: null,
      baseUrl: '',
      keyFingerprint: null,
      estimateCredits: null,
      submittedAt: null,
      createdAt: at,
    });
    markStored(database, generationId, vendorId, chargedCredits, at);
    charge(database, job, generationId, chargedCredits, at, 'taken in from its file after a restore');
    setTakeGeneration(database, recipeId, takeNo, generationId);
  }
  release(database, job, at);
  changeJob(database, job.seq, 'queued', { state: 'succeeded', dropHold: true }, at);
  partStored(database, recipeId, takeNo);
};

/** Returns how many takes came back. Looks at the media folder only after a restore. */
export const adoptRestored = async (ports: QueuePorts): Promise<number> => {
  const { database, files, clock } = ports;
  if ((await files.size(restoredMark)) === null) return 0;
  const known = listTakeFiles(database);
  let count = 0;
  for (const file of await listMedia(ports)) {
    if (known.has(file.sha256)) continue;
    for (const adopted of await adoptFile(ports, file)) {
      count += 1;
      const job = findOpenJob(database, adopted.recipeId, adopted.entry.takeNo);
      if (job !== null) database.transaction(() => closeOwned(database, job, adopted, clock.now()));
    }
  }
  await files.remove(restoredMark);
  return count;
};
