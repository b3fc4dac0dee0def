/**
 * How often a job's answer was lost, so that one line at which the vendor always stumbles neither hammers the vendor nor
 * keeps a batch open for the whole lifetime of its key.
 */
import type { Clock, Ids } from '../ports.ts';
import { jobBackoff, waitMs } from './backoff.ts';

export interface LossRounds {
  /** Another answer of this job was lost. `givesUp` when it goes on failing while its neighbours succeed. */
  lost(jobSeq: number): { readonly retryAt: number; readonly givesUp: boolean };
  /** Some request of the lane was answered. */
  answered(): void;
  over(jobSeq: number): void;
}

/** Losses of one job, and answers to others meanwhile, after which a person is asked. */
const patience = 12;

export const createLossRounds = ({ clock, ids }: { readonly clock: Clock; readonly ids: Ids }): LossRounds => {
  const rounds = new Map<number, { count: number; readonly answersBefore: number }>();
  let answers = 0;
  return {
    lost: (jobSeq) => {
      const round = rounds.get(jobSeq) ?? { count: 0, answersBefore: answers };
      rounds.set(jobSeq, round);
      const retryAt = clock.now() + waitMs(jobBackoff, round.count, ids.random());
      round.count += 1;
      return { retryAt, givesUp: round.count >= patience && answers - round.answersBefore >= patience };
    },
    answered: () => {
      answers += 1;
    },
    over: (jobSeq) => {
      rounds.delete(jobSeq);
    },
  };
};
