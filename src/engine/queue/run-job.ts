/**
 * One job from its claim to its end. The order is: generation and `submitted` are committed (the claim did that), the
 * request leaves once, what identifies the call is committed, the body goes to disk, then take + charge + succeeded are
 * one transaction. Nothing here repeats a paid call: an answer that was lost makes the job uncertain.
 */
import type { SpeechRecipe } from '#contract/entities.ts';
import { assertNever } from '#contract/errors.ts';
import { endClaim } from '../database/jobs.ts';
import {
  markAccepted,
  markClosed,
  markNotSent,
  markSubmitted,
  markUnknown,
  type GenerationRow,
} from '../database/generations.ts';
import { ProviderError, type VendorStatus } from '../providers/provider.ts';
import { asProviderError, persist } from './failures.ts';
import { jobBackoff, waitMs } from './backoff.ts';
import { fetchTake } from './fetch-take.ts';
import { backToQueue } from './hand-over.ts';
import type { LaneContext, RunningJob } from './lane-context.ts';
import { closeGeneration, settleFailed } from './settle.ts';
import { Parked, sleep } from './sleep.ts';
import { maxAttempts, nextState } from './transitions.ts';

/** How long a generation may stay unfinished before a person is asked, in ms. */
const pollDeadlineMs = 30 * 60_000;

/** A submission failed: what the table of DESIGN section 5 makes of it. */
const endSubmission = async (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  error: ProviderError,
): Promise<void> => {
  const { job } = running;
  const { database, clock, ids } = context.ports;
  const at = clock.now();
  const said = { code: error.code, message: error.message };
  if (running.isResend && error.disposition !== 'unknown' && error.disposition !== 'wait') {
    // The refusal is about this sending; whether the one before was charged is as open as it was.
    const again = error.disposition === 'again';
    const retryAt = again ? context.refused(error) : null;
    await context.group.run('resend-refused', () => {
      markUnknown(database, generation.id);
      endClaim(
        database,
        job,
        { state: 'uncertain', resolution: again ? 'automatic' : 'ask', retryAt, error: said },
        at,
      );
    });
    return;
  }
  switch (error.disposition) {
    case 'again': {
      const retryAt = context.refused(error);
      await context.group.run('refused', () => {
        markNotSent(database, generation.id);
        backToQueue(database, job, { retryAt, error: said }, at);
      });
      return;
    }
    case 'attempt': {
      const attempts = job.attempts + 1;
      const to = nextState('running', { type: 'attempt_failed', attempts });
      await context.group.run('attempt-failed', () => {
        closeGeneration(database, job, { id: generation.id, vendorId: null, charged: 0, refunded: 0 }, at);
        if (to === 'failed') settleFailed(database, job, said, at, attempts);
        else
          backToQueue(
            database,
            job,
            { attempts, generationId: null, error: said, retryAt: at + waitMs(jobBackoff, attempts, ids.random()) },
            at,
          );
      });
      return;
    }
    case 'permanent':
      if (error.charged !== 'no') {
        await askPerson(context, running, generation, error.code, error.message);
        return;
      }
      await context.group.run('rejected', () => {
        markClosed(database, generation.id, 0, null, at);
        settleFailed(database, job, said, at);
      });
      return;
    case 'wait':
    case 'unknown': {
      if (context.provider.abilities.costUnit === 'free') {
        // Nothing can have been charged: it simply goes again, counted like any failure.
        await endSubmission(
          context,
          running,
          generation,
          new ProviderError(error.code, error.message, { phase: error.phase, charged: 'no', disposition: 'attempt' }),
        );
        return;
      }
      const { retryAt, givesUp } = context.lost(job);
      const automatic = generation.idempotencyKey !== null && !givesUp;
      await context.group.run('answer-lost', () => {
        markUnknown(database, generation.id);
        endClaim(
          database,
          job,
          {
            state: 'uncertain',
            resolution: automatic ? 'automatic' : 'ask',
            retryAt: automatic ? retryAt : null,
            error: said,
          },
          at,
        );
      });
      return;
    }
    default:
      assertNever(error.disposition);
  }
};

/** The vendor says it is over without audio: books closed, a new generation up to three times. */
const endRefunded = async (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  status: Extract<VendorStatus, { kind: 'failed' }>,
): Promise<void> => {
  const { database, clock, ids } = context.ports;
  const { job } = running;
  const at = clock.now();
  const attempts = job.attempts + 1;
  const charged = status.chargedCredits ?? generation.chargedCredits;
  await context.group.run('refunded', () => {
    closeGeneration(
      database,
      job,
      { id: generation.id, vendorId: status.vendorId, charged, refunded: status.refundedCredits },
      at,
    );
    if (attempts >= maxAttempts) {
      settleFailed(
        database,
        job,
        {
          code: 'provider_failed',
          message: `The vendor failed at this line ${attempts} times and gave the credits back: ${status.message}`,
        },
        at,
        attempts,
      );
      return;
    }
    backToQueue(
      database,
      job,
      {
        attempts,
        generationId: null,
        retryAt: at + waitMs(jobBackoff, attempts, ids.random()),
        error: { code: 'provider_failed', message: status.message },
      },
      at,
    );
  });
};

/** Waits for an accepted generation; free looks only. Null when the deadline passed. */
const awaitResult = async (
  context: LaneContext,
  generation: GenerationRow,
  vendorId: string,
  submittedMonotonic: number,
  isFresh: boolean,
): Promise<VendorStatus | null> => {
  const { clock, ids } = context.ports;
  const { provider, serviceTime } = context;
  if (provider.poll === undefined) return null;
  const deadline = clock.monotonic() + pollDeadlineMs;
  let looks = 0;
  let troubles = 0;
  let delay = isFresh ? Math.max(0, serviceTime.firstLookMs() - (clock.monotonic() - submittedMonotonic)) : 0;
  for (;;) {
    if (delay > 0) await sleep(clock, delay, context.call().signal);
    try {
      const status = await provider.poll(context.call(), vendorId);
      context.answered();
      looks += 1;
      troubles = 0;
      if (status.kind !== 'processing') {
        if (isFresh) serviceTime.finished(clock.monotonic() - submittedMonotonic, looks);
        return status;
      }
      delay = status.retryAfterMs ?? serviceTime.nextLookMs(looks, ids.random());
    } catch (error) {
      if (context.call().signal.aborted) throw new Parked();
      const trouble = asProviderError(error);
      context.ports.logger.debug('Looking at a generation failed; that costs nothing.', {
        generationId: generation.id,
        code: trouble.code,
      });
      if (trouble.disposition === 'permanent') throw trouble;
      if (trouble.code === 'provider_offline') {
        context.refused(trouble);
        await context.reachable();
      }
      troubles += 1;
      delay = waitMs(jobBackoff, troubles, ids.random(), trouble.retryAfterMs);
    }
    if (clock.monotonic() > deadline) return null;
  }
};

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
    }
  } catch (error) {
    running.releaseSlot();
    if (context.call().signal.aborted) throw new Parked();
    await persist(context, () => endSubmission(context, running, generation, asProviderError(error)));
    context.ended(job, null);
    return;
  }

  // Not awaited before the body is read: a lost row here means a free repeat with the same key. It is awaited before the books.
  const accept = (seen: VendorStatus): Promise<void> =>
    persist(context, () =>
      context.group.run('accepted', () =>
        markAccepted(database, generation.id, seen.vendorId, seen.chargedCredits, clock.now()),
      ),
    );
  let accepted = status.kind === 'failed' || !fresh ? Promise.resolve() : accept(status);
  accepted.catch(() => undefined);
  if (status.kind === 'processing') {
    await accepted;
    const vendorId = status.vendorId;
    let result: VendorStatus | null;
    try {
      result = await awaitResult(context, generation, vendorId, started, fresh);
    } catch (error) {
      running.releaseSlot();
      if (error instanceof Parked) throw error;
      const trouble = asProviderError(error);
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

/** Leaves the decision to a person; the generation stays open and is watched. */
export const askPerson = (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  code: string,
  message: string,
): Promise<void> => {
  const { database, clock } = context.ports;
  return context.group.run('asked', () => {
    markUnknown(database, generation.id);
    endClaim(database, running.job, { state: 'uncertain', resolution: 'ask', error: { code, message } }, clock.now());
  });
};
