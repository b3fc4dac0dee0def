/** Looking at an accepted generation until it is over: free, and never twice paid. */
import { requestOf, type GenerationRow } from '../database/generations.ts';
import type { VendorStatus } from '../providers/provider.ts';
import { asProviderError } from './failures.ts';
import { jobBackoff, waitMs } from './backoff.ts';
import type { LaneContext } from './lane-context.ts';
import { Parked, sleep } from './sleep.ts';

/** How long a generation may stay unfinished before a person is asked, in ms. */
const pollDeadlineMs = 30 * 60_000;

/** Waits for an accepted generation; free looks only. Null when the deadline passed. */
export const awaitResult = async (
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
      const status = await provider.poll(context.call(), vendorId, requestOf(generation));
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
      const trouble = asProviderError(error, context.ports.logger);
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
