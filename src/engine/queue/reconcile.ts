/**
 * Looks for what was paid for and never arrived: for 30 days after a line was cancelled, failed or paid for anew, its open
 * call is asked after, free. Audio that turns up becomes a take, the ledger is settled.
 */
import type { Recipe, RecipeHash, SpeechRecipe } from '#contract/entities.ts';
import {
  getGeneration,
  hasTwinInFlight,
  isVendorIdTaken,
  listTwinIds,
  markAccepted,
  markStored,
  requestOf,
} from '../database/generations.ts';
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

/** A call without an id is looked for in the history this long; what is not there by then was not made. */
const soughtForMs = 2 * 24 * 3_600_000;
const watchedForMs = 30 * 24 * 3_600_000;

export interface Caller {
  readonly provider: SpeechProvider;
  readonly call: CallContext;
}

/** A lost call of a vendor without keys: looked for in its history, at most one item a call. */
const findLate = async (
  ports: QueuePorts,
  group: CommitGroup,
  { generation, canonical }: LateGeneration,
  { provider, call }: Caller,
): Promise<VendorStatus | null> => {
  const { database } = ports;
  if (provider.find === undefined || !provider.abilities.remoteHistory) return null;
  const findings = await provider.find(call, {
    request: requestOf(generation),
    recipe: JSON.parse(canonical) as SpeechRecipe,
    submittedAt: generation.submittedAt ?? ports.clock.now(),
    requestId: generation.requestId,
    estimateCredits: generation.estimateCredits,
    balanceBefore: generation.balanceBefore,
    isTaken: (vendorItemId) => isVendorIdTaken(database, vendorItemId, generation.id),
    twinIds: listTwinIds(database, generation),
  });
  if (findings.kind === 'absent' || findings.status.vendorId === null) return null;
  const { status } = findings;
  const id = findings.status.vendorId;
  const isOurs = await group.run('late-found', () => {
    if (isVendorIdTaken(database, id, generation.id) || hasTwinInFlight(database, generation)) return false;
    markAccepted(database, generation.id, { vendorId: id, chargedCredits: status.chargedCredits }, ports.clock.now());
    return true;
  });
  return isOurs ? status : null;
};

const settleOne = async (
  ports: QueuePorts,
  group: CommitGroup,
  late: LateGeneration,
  { provider, call }: Caller,
): Promise<'nothing' | 'priced' | 'turned-up'> => {
  const { generation } = late;
  const status =
    generation.vendorId === null
      ? await findLate(ports, group, late, { provider, call })
      : ((await provider.poll?.(call, generation.vendorId, requestOf(generation))) ?? null);
  if (status === null) return 'nothing';
  const vendorId = status.vendorId ?? generation.vendorId;
  const at = ports.clock.now();
  const job = getJob(ports.database, generation.jobSeq);
  // The job may have been queued again meanwhile: then its own run settles it.
  if (job === null || !['succeeded', 'failed', 'cancelled'].includes(job.state)) return 'nothing';
  const charged = status.chargedCredits ?? generation.chargedCredits;
  if (status.kind === 'failed') {
    await group.run('late-closed', () =>
      closeGeneration(
        ports.database,
        job,
        { id: generation.id, vendorId, charged, refunded: status.refundedCredits },
        at,
      ),
    );
    return 'turned-up';
  }
  if (generation.state === 'stored') {
    // Its take is there; only the price was missing.
    if (charged === null) return 'nothing';
    await group.run('late-charged', () => {
      if (getGeneration(ports.database, generation.id)?.state !== 'stored') return;
      markStored(ports.database, generation.id, vendorId, charged, at);
      charge(ports.database, job, generation.id, charged, at, 'the debit became known later');
    });
    return 'priced';
  }
  if (status.kind !== 'completed' || provider.download === undefined) return 'nothing';
  const received = await receiveAudio(ports, generation.id, await provider.download(call, status.audioUrl));
  const recipe = JSON.parse(late.canonical) as Recipe;
  const measured = await measure(ports, audioPath(generation.id), spokenOf(recipe));
  if (measured.kind === 'bad') return 'nothing';
  await storeTake(ports, group, {
    job: { seq: job.seq, renderSeq: job.renderSeq, claimId: null, recipeId: late.recipeId, takeNo: late.takeNo },
    hash: late.hash as RecipeHash,
    canonical: late.canonical,
    recipe,
    from: audioPath(generation.id),
    received,
    report: measured.report,
    suspect: measured.suspect,
    generation: { id: generation.id, vendorId, chargedCredits: charged },
  });
  return 'turned-up';
};

export interface LateRound {
  /** Calls that were thought lost. */
  readonly turnedUp: number;
  /** Renders whose books changed. */
  readonly touched: readonly number[];
  /** Takes whose price is still not told. */
  readonly unpriced: number;
}
/** One round over all open calls of closed jobs; what cannot be reached is left for the next. */
export const reconcileLate = async (
  ports: QueuePorts,
  group: CommitGroup,
  callerOf: (workspaceSeq: number) => Caller | null,
): Promise<LateRound> => {
  let turnedUp = 0;
  let unpriced = 0;
  const touched: number[] = [];
  for (const late of listLateGenerations(
    ports.database,
    ports.clock.now() - watchedForMs,
    ports.clock.now() - soughtForMs,
  )) {
    const caller = callerOf(late.workspaceSeq);
    if (caller === null || caller.call.signal.aborted) continue;
    try {
      const outcome = await settleOne(ports, group, late, caller);
      if (outcome === 'turned-up') turnedUp += 1;
      if (outcome !== 'nothing') touched.push(late.generation.renderSeq);
      else if (late.generation.state === 'stored') unpriced += 1;
    } catch (error) {
      if (late.generation.state === 'stored') unpriced += 1;
      ports.logger.debug('An open call could not be looked at; it is tried again.', {
        generationId: late.generation.id,
        error,
      });
    }
  }
  return { turnedUp, touched, unpriced };
};
