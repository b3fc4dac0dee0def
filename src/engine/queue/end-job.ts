/** How a job ends without a take: what the table of DESIGN section 5 makes of each failure. */
import { assertNever } from '#contract/errors.ts';
import { endClaim } from '../database/jobs.ts';
import { markClosed, markNotSent, markUnknown, type GenerationRow } from '../database/generations.ts';
import { ProviderError, type VendorStatus } from '../providers/provider.ts';
import { jobBackoff, waitMs } from './backoff.ts';
import { backToQueue } from './hand-over.ts';
import type { LaneContext, RunningJob } from './lane-context.ts';
import { afterLoss } from './look.ts';
import { closeGeneration, settleFailed } from './settle.ts';
import { maxAttempts, nextState } from './transitions.ts';

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

/** A submission failed: what the table of DESIGN section 5 makes of it. */
export const endSubmission = async (
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
      if (error.code === 'provider_retired') context.retired(error.message);
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
      const lost = context.lost(job);
      const next = afterLoss(context.provider, generation, at);
      const automatic = next.resolution === 'automatic' && !(generation.idempotencyKey !== null && lost.givesUp);
      const retryAt = generation.idempotencyKey === null ? next.retryAt : lost.retryAt;
      if (automatic && retryAt !== null) context.wakeAt(retryAt);
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
export const endRefunded = async (
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
