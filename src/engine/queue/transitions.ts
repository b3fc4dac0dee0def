/**
 * The job's life as pure code: what each event makes of each state. The same table stands as `CHECK`s and a trigger
 * in the database (`0001-foundation.ts`), and a test holds the two against each other.
 */
import type { GenerationState, JobState } from '#contract/entities.ts';
import { assertNever } from '#contract/errors.ts';

/** Tries of a job that ended in a failure which is documented as not charged, before it fails for good. */
export const maxAttempts = 3;

export type JobEvent =
  | { readonly type: 'claimed' }
  | { readonly type: 'user_cancelled' }
  | { readonly type: 'stored' }
  /** 429, offline, DNS, connect refused: never left or known refused. Spends no attempt. */
  | { readonly type: 'refused' }
  /** Documented as not charged, or refunded by the vendor. `attempts` counts this one. */
  | { readonly type: 'attempt_failed'; readonly attempts: number }
  /** Bad key, rejected text, over limit. */
  | { readonly type: 'permanent' }
  /** Our own disk: the audio is fetched again later. */
  | { readonly type: 'write_failed' }
  /** The process ended while it ran. */
  | { readonly type: 'died'; readonly generation: GenerationState | null; readonly free: boolean }
  /** The answer was cut, timed out, or was an undocumented 5xx. */
  | { readonly type: 'answer_lost'; readonly vendorIdKnown: boolean }
  | { readonly type: 'resent' }
  | { readonly type: 'proven_not_charged' }
  | { readonly type: 'pay_again_accepted' }
  | { readonly type: 'given_up' }
  | { readonly type: 'part_failed' }
  | { readonly type: 'retried' };

const fromRunning = (event: JobEvent): JobState | null => {
  switch (event.type) {
    case 'stored':
      return 'succeeded';
    case 'refused':
      return 'queued';
    case 'attempt_failed':
      return event.attempts < maxAttempts ? 'queued' : 'failed';
    case 'permanent':
    case 'part_failed':
      return 'failed';
    case 'write_failed':
      return 'running';
    case 'died':
      if (event.generation === null || event.generation === 'created' || event.free) return 'queued';
      return event.generation === 'accepted' || event.generation === 'stored' ? 'running' : 'uncertain';
    case 'answer_lost':
      return event.vendorIdKnown ? 'running' : 'uncertain';
    // What is in flight may be paid for already: it runs to its end, and a cancelled render keeps its take.
    case 'user_cancelled':
    case 'claimed':
    case 'resent':
    case 'proven_not_charged':
    case 'pay_again_accepted':
    case 'given_up':
    case 'retried':
      return null;
    default:
      return assertNever(event);
  }
};

/** The next state, or null where the event means nothing in this state. */
export const nextState = (state: JobState, event: JobEvent): JobState | null => {
  switch (state) {
    case 'queued':
      if (event.type === 'claimed') return 'running';
      if (event.type === 'user_cancelled') return 'cancelled';
      if (event.type === 'stored') return 'succeeded';
      return event.type === 'part_failed' || event.type === 'permanent' ? 'failed' : null;
    case 'running':
      return fromRunning(event);
    case 'uncertain':
      if (event.type === 'resent') return 'running';
      if (event.type === 'stored') return 'succeeded';
      if (event.type === 'proven_not_charged' || event.type === 'pay_again_accepted') return 'queued';
      if (event.type === 'user_cancelled') return 'cancelled';
      return event.type === 'given_up' ? 'failed' : null;
    case 'failed':
    case 'cancelled':
      // Audio that was paid for becomes a take even if its job was over.
      if (event.type === 'stored') return 'succeeded';
      return event.type === 'retried' ? 'queued' : null;
    case 'succeeded':
      return null;
    default:
      return assertNever(state);
  }
};
