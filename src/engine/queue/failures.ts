/** Making sense of what a step threw. */
import { HttpError, type Logger } from '../ports.ts';
import { ProviderError } from '../providers/provider.ts';
import type { LaneContext } from './lane-context.ts';
import { isOwnDisk } from './store-take.ts';

/** Whatever an adapter threw, in the runner's terms. What nobody can explain counts as unknown, never as free. */
export const asProviderError = (error: unknown, logger: Logger): ProviderError => {
  if (error instanceof ProviderError) return error;
  if (error instanceof HttpError) {
    const neverLeft = error.phase === 'connect';
    return new ProviderError(neverLeft ? 'provider_offline' : 'outcome_unknown', error.message, {
      phase: error.phase,
      charged: neverLeft ? 'no' : 'unknown',
      disposition: neverLeft ? 'again' : 'unknown',
      cause: error,
    });
  }
  logger.error('An adapter failed in a way nobody foresaw.', { error });
  return new ProviderError(
    'internal',
    // What it says may hold anything, a key among it.
    `The adapter failed unexpectedly (${error instanceof Error ? error.name : typeof error}); the log has the details.`,
    {
      phase: 'sent',
      charged: 'unknown',
      disposition: 'unknown',
      cause: error,
    },
  );
};

/** Commits again and again while our own disk refuses; the lane says so meanwhile. Nothing is sent anew. */
export const persist = async <T>(context: LaneContext, write: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isOwnDisk(error)) throw error;
      await context.blocked(error);
    }
  }
};
