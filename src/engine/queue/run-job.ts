/**
 * One job from its claim to its end. The order is: generation and `submitted` are committed (the claim did that), the
 * request leaves once, what identifies the call is committed, the body goes to disk, then take + charge + succeeded are
 * one transaction. Nothing here repeats a paid call: an answer that was lost makes the job uncertain.
 */
import type { SpeechRecipe } from '#contract/entities.ts';
import { assertNever } from '#contract/errors.ts';
import { markAccepted, markSubmitted, type GenerationRow } from '../database/generations.ts';
import type { VendorStatus } from '../providers/provider.ts';
import { asProviderError, persist } from './failures.ts';
import { fetchTake } from './fetch-take.ts';
import type { LaneContext, RunningJob } from './lane-context.ts';
import { Parked } from './sleep.ts';
import { awaitResult } from './await-result.ts';
import { isLost, lookForCall } from './look.ts';
import { askPerson, endRefunded, endSubmission } from './end-job.ts';

/** Runs a claimed speech job. Throws Parked when the queue is parked meanwhile; rows then stay for the next open. */
export const runSpeechJob = async (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
): Promise<void> => {
  const { database, clock, checkpoint } = context.ports;
  const { job } = running;
  const recipe = JSON.parse(job.canonical) as SpeechRecipe;
  let status: VendorStatus;
  let fresh = true;
  const started = clock.monotonic();
  try {
    if (generation.vendorId !== null) {
      fresh = false;
      status = {
        kind: 'processing',
        vendorId: generation.vendorId,
        chargedCredits: generation.chargedCredits,
        retryAfterMs: null,
      };
    } else if (isLost(generation)) {
      fresh = false;
      const found = await lookForCall(context, running, generation, recipe);
      if (found === null) return;
      status = found;
    } else {
      if (generation.state === 'created') {
        await persist(context, () =>
          context.group.run('submitted', () => markSubmitted(database, generation.id, clock.now())),
        );
      }
      const { method, url, contentType, body } = generation;
      if (method !== 'POST') throw new Error(`A generation of method ${method} cannot be sent.`);
      checkpoint?.('submit.before');
      status = await context.provider.submit(
        context.call(),
        { method, url, contentType, body },
        generation.idempotencyKey,
      );
      checkpoint?.('submit.after');
      context.answered();
      if (status.kind === 'audio' && status.concurrency !== undefined) running.seen(status.concurrency);
    }
  } catch (error) {
    if (error instanceof Parked) throw error;
    running.releaseSlot();
    if (context.call().signal.aborted) throw new Parked();
    const trouble = asProviderError(error, context.ports.logger);
    if (trouble.concurrency !== undefined) running.seen(trouble.concurrency);
    await persist(context, () => endSubmission(context, running, generation, trouble));
    context.ended(job, null);
    return;
  }

  // With a key it is not awaited before the body is read: a lost row then means a free repeat. It is awaited before the books.
  const accept = (seen: VendorStatus): Promise<void> =>
    persist(context, () =>
      context.group.run('accepted', () =>
        markAccepted(
          database,
          generation.id,
          { ...seen, requestId: seen.kind === 'audio' ? (seen.requestId ?? null) : null },
          clock.now(),
        ),
      ),
    );
  let accepted = status.kind === 'failed' || !fresh ? Promise.resolve() : accept(status);
  accepted.catch(() => undefined);
  if (generation.idempotencyKey === null && context.provider.abilities.costUnit !== 'free') await accepted;
  if (status.kind === 'processing') {
    await accepted;
    const vendorId = status.vendorId;
    let result: VendorStatus | null;
    try {
      result = await awaitResult(context, generation, vendorId, started, fresh);
    } catch (error) {
      running.releaseSlot();
      if (error instanceof Parked) throw error;
      const trouble = asProviderError(error, context.ports.logger);
      await persist(context, () => askPerson(context, running, generation, trouble.code, trouble.message));
      context.ended(job, null);
      return;
    }
    if (result === null) {
      running.releaseSlot();
      await persist(context, () =>
        askPerson(
          context,
          running,
          generation,
          'provider_timeout',
          'The vendor accepted this line but did not finish it within 30 minutes. It may have been charged. Look again, or decide what to do.',
        ),
      );
      context.ended(job, null);
      return;
    }
    status = {
      ...result,
      vendorId: result.vendorId ?? vendorId,
      chargedCredits: result.chargedCredits ?? status.chargedCredits,
    };
    if (status.kind === 'completed' && status.chargedCredits !== generation.chargedCredits) accepted = accept(status);
    accepted.catch(() => undefined);
  }

  switch (status.kind) {
    case 'failed': {
      running.releaseSlot();
      const failed = status;
      await accepted;
      await persist(context, () => endRefunded(context, running, generation, failed));
      context.ended(job, null);
      return;
    }
    case 'completed':
      // The vendor is done with it: the next request leaves while this one's audio is fetched.
      running.releaseSlot();
      await fetchTake(context, running, generation, recipe, status, accepted);
      return;
    case 'audio':
      await fetchTake(context, running, generation, recipe, status, accepted);
      return;
    case 'processing':
      throw new Error('A generation was still processing after it was awaited.');
    default:
      assertNever(status);
  }
};
