/** Named faults of the fake of Supertone: each alone, then all together. */
import type { Outage } from '../common/host.ts';
import type { Faults } from './options.ts';

const outage: Outage = { afterPosts: 15, forMs: 3000 };

export const faultMixes = {
  none: {},
  'rate-limit': { rateLimit: 0.1 },
  'error-before-billing': { errorBefore: 0.1 },
  'error-after-billing': { errorAfter: 0.1 },
  'cut-before-billing': { cutBefore: 0.1 },
  'cut-after-billing': { cutAfter: 0.1 },
  'headers-then-cut': { headersThenCut: 0.1 },
  hang: { hang: 0.05 },
  'idle-socket-closed': { idleClose: 0.2 },
  // Figures are only asked for lost calls.
  'figures-trouble': { cutAfter: 0.1, figuresTrouble: 0.3 },
  slow: { slow: 0.1 },
  outage: { outage },
  everything: {
    rateLimit: 0.03,
    errorBefore: 0.02,
    errorAfter: 0.03,
    cutBefore: 0.02,
    cutAfter: 0.03,
    headersThenCut: 0.03,
    hang: 0.02,
    idleClose: 0.02,
    figuresTrouble: 0.1,
    slow: 0.03,
    outage,
  },
} as const satisfies Record<string, Faults>;
export type FaultMix = keyof typeof faultMixes;

const noList =
  'the vendor keeps no list of calls and takes no idempotency key, and its figures are shared by all users';

/**
 * Mixes after which a job may rightly end as a question, with the reason. Nearly all: a lost answer can be decided neither
 * way, and an unasked second POST could be paid twice.
 */
export const mixesThatMayAsk: ReadonlyMap<FaultMix, string> = new Map<FaultMix, string>([
  ['error-before-billing', `A 5xx may have been billed; ${noList}.`],
  ['error-after-billing', `A 5xx or 408 was billed and does not say so; ${noList}.`],
  ['cut-before-billing', `The request left whole and was cut without an answer; ${noList}.`],
  ['cut-after-billing', `The answer was cut after it was billed; ${noList}.`],
  [
    'headers-then-cut',
    'The length shows that it was billed, but the audio is kept nowhere: only paying again brings it.',
  ],
  ['hang', `The answer never came; ${noList}.`],
  ['idle-socket-closed', 'The socket closed under a request whose bytes had left; whether it was read is unknown.'],
  ['figures-trouble', `The answer was cut after it was billed, and not even the figures could be read; ${noList}.`],
  ['outage', `What was in flight when the port closed was billed or not; ${noList}.`],
  ['everything', 'It has all of the above in it.'],
]);
