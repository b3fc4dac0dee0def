/**
 * Looks for what was paid for and never arrived: for 30 days after a line was cancelled, failed or paid for anew, its open
 * call is asked after, free. Audio that turns up becomes a take, the ledger is settled.
 */
import type { Recipe, RecipeHash } from '#contract/entities.ts';
import { getGeneration, markStored, requestOf } from '../database/generations.ts';
import { getJob } from '../database/jobs.ts';
import { listLateGenerations, type LateGeneration } from '../database/late-generations.ts';
import { charge } from '../ledger/book.ts';
import type { CallContext, SpeechProvider, VendorStatus } from '../providers/provider.ts';
import { measure, spokenOf } from '../takes/measure.ts';
import { audioPath, receiveAudio } from '../takes/store-audio.ts';
import type { CommitGroup } from './commit-group.ts';
import type { QueuePorts } from './lane-context.ts';
import { closeGeneration } from './settle.ts';
import { storeTake } from './store-take.ts';

const watchedForMs = 30 * 24 * 3_600_000;

export interface Caller {
  readonly provider: SpeechProvider;
  readonly call: CallContext;
}

const settleOne = async (
  ports: QueuePorts,
  group: CommitGroup,
  late: LateGeneration,
  { provider, call }: Caller,
): Promise<boolean> => {
  const { generation } = late;
  if (provider.poll === undefined || generation.vendorId === null) return false;
  const status: VendorStatus = await provider.poll(call, generation.vendorId, requestOf(generation));
  const at = ports.clock.now();
  const job = getJob(ports.database, generation.jobSeq);
  // The job may have been queued again meanwhile: then its own run settles it.
  if (job === null || !['succeeded', 'failed', 'cancelled'].includes(job.state)) return false;
  const charged = status.chargedCredits ?? generation.chargedCredits;
  if (status.kind === 'failed') {
    await group.run('late-closed', () =>
      closeGeneration(
        ports.database,
        job,
        { id: generation.id, vendorId: generation.vendorId, charged, refunded: status.refundedCredits },
        at,
      ),
    );
    return true;
  }
  if (generation.state === 'stored') {
    // Its take is there; only the price was missing.
    if (charged === null) return false;
    await group.run('late-charged', () => {
      if (getGeneration(ports.database, generation.id)?.state !== 'stored') return;
      markStored(ports.database, generation.id, generation.vendorId, charged, at);
      charge(ports.database, job, generation.id, charged, at, 'the debit became known later');
    });
    return true;
  }
  if (status.kind !== 'completed' || provider.download === undefined) return false;
  const received = await receiveAudio(ports, generation.id, await provider.download(call, status.audioUrl));
  const recipe = JSON.parse(late.canonical) as Recipe;
  const measured = await measure(ports, audioPath(generation.id), spokenOf(recipe));
  if (measured.kind === 'bad') return false;
  await storeTake(ports, group, {
    job: { seq: job.seq, renderSeq: job.renderSeq, claimId: null, recipeId: late.recipeId, takeNo: late.takeNo },
    hash: late.hash as RecipeHash,
    canonical: late.canonical,
    recipe,
    from: audioPath(generation.id),
    received,
    report: measured.report,
    suspect: measured.suspect,
    generation: { id: generation.id, vendorId: generation.vendorId, chargedCredits: charged },
  });
  return true;
};

/** One round over all open calls of closed jobs. Returns how many were settled; what cannot be reached is left for the next. */
export const reconcileLate = async (
  ports: QueuePorts,
  group: CommitGroup,
  callerOf: (workspaceSeq: number) => Caller | null,
): Promise<number> => {
  let settled = 0;
  for (const late of listLateGenerations(ports.database, ports.clock.now() - watchedForMs)) {
    const caller = callerOf(late.workspaceSeq);
    if (caller === null || caller.call.signal.aborted) continue;
    try {
      if (await settleOne(ports, group, late, caller)) settled += 1;
    } catch (error) {
      ports.logger.debug('An open call could not be looked at; it is tried again.', {
        generationId: late.generation.id,
        error,
      });
    }
  }
  return settled;
};
