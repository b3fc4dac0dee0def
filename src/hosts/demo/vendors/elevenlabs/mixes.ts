/** Named faults of the fake of ElevenLabs: each alone, then all together. */
import type { Outage } from '../common/host.ts';
import type { Faults } from './options.ts';

const outage: Outage = { afterPosts: 15, forMs: 3000 };

export const faultMixes = {
  none: {},
  'rate-limit': { rateLimitExceeded: 0.1 },
  'rate-limit-concurrent': { rateLimitConcurrent: 0.1 },
  'rate-limit-busy': { rateLimitBusy: 0.1 },
  'error-before-billing': { errorBefore: 0.1 },
  'error-after-billing': { errorAfter: 0.1 },
  'error-not-charged': { errorNotCharged: 0.1 },
  'cut-before-billing': { cutBefore: 0.1 },
  'cut-after-billing': { cutAfter: 0.1 },
  'headers-then-cut': { headersThenCut: 0.1 },
  hang: { hang: 0.05 },
  'idle-socket-closed': { idleClose: 0.2 },
  // The history is only asked for lost calls, and its lateness only matters to them.
  'history-trouble': { cutAfter: 0.1, historyTrouble: 0.3 },
  'history-late': { cutAfter: 0.1, historyLate: 0.5 },
  slow: { slow: 0.1 },
  'flow-failed': { flowFailed: 0.1 },
  'flow-audio-expired': { flowAudioExpired: 0.1 },
  outage: { outage },
  everything: {
    rateLimitExceeded: 0.03,
    rateLimitConcurrent: 0.03,
    rateLimitBusy: 0.03,
    errorBefore: 0.02,
    errorAfter: 0.03,
    errorNotCharged: 0.03,
    cutBefore: 0.02,
    cutAfter: 0.03,
    headersThenCut: 0.03,
    hang: 0.02,
    idleClose: 0.02,
    historyTrouble: 0.1,
    historyLate: 0.1,
    slow: 0.03,
    flowFailed: 0.03,
    flowAudioExpired: 0.03,
    outage,
  },
} as const satisfies Record<string, Faults>;
export type FaultMix = keyof typeof faultMixes;

/**
 * Mixes after which a job may rightly end as a question, with the reason. In each nothing reached the vendor's books, so
 * that its history never shows the call; but without an idempotency key no client can tell this from a history that is
 * still to be written, and an unasked second POST could be paid twice.
 */
export const mixesThatMayAsk: ReadonlyMap<FaultMix, string> = new Map<FaultMix, string>([
  ['error-before-billing', 'An undocumented 5xx may have been billed; the vendor says neither, and has no record.'],
  ['cut-before-billing', 'The request left whole and was cut without an answer; the vendor has no record of it.'],
  ['idle-socket-closed', 'The socket closed under a request whose bytes had left; whether it was read is unknown.'],
  ['outage', 'A request that stood unread in a socket when the port closed has no record; others are in the history.'],
  ['everything', 'It has all of the above in it.'],
]);
