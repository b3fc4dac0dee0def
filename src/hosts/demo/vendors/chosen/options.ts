/** What a fake vendor can be told to be, and the ways in which it can go wrong. All of it is plain JSON. */
import type { Outage } from '../common/host.ts';

/**
 * Chances from 0 to 1, each on its own. A fault is decided by seed, fault, request body and how often that body came,
 * never by order of arrival, and strikes one body at most twice, so that every line gets through in the end.
 */
export interface FaultChances {
  /** 429 with `Retry-After` in seconds, as an HTTP date, or without. Not billed. */
  readonly rateLimitSeconds: number;
  readonly rateLimitDate: number;
  readonly rateLimitSilent: number;
  readonly errorBefore: number;
  /** 500 although the generation was billed and goes on. */
  readonly errorAfter: number;
  readonly cutBefore: number;
  readonly cutAfter: number;
  /** Billed, then cut within the answer's head, or within its body. */
  readonly cutHeaders: number;
  readonly cutAnswer: number;
  /** Billed, then silent until the client gives up. */
  readonly hang: number;
  /** A kept-alive socket closes under the next POST; the request is never looked at. */
  readonly idleClose: number;
  /** The generation ends FAILED and its credits go back. */
  readonly failed: number;
  /** The generation takes five times its service time. */
  readonly slow: number;
  /** A status request gets 500, 429 or a cut. */
  readonly statusTrouble: number;
  /** Audio ends half-way through its content-length. */
  readonly cutAudio: number;
  /** An audio URL turns out expired (403 or 410) and stays so; a new status answer has a fresh one. */
  readonly expiredAudio: number;
  /** 302 to the same audio on another host. */
  readonly redirectAudio: number;
  /** 307 of the POST to another host, unbilled. Ends a job for good until its user retries. */
  readonly redirectPost: number;
}
export type Faults = Partial<FaultChances> & { readonly outage?: Outage };

export interface GenerationsServerOptions {
  readonly seed: number;
  /** How many times faster than the wall its own clock runs; service times, outages and lifetimes follow that clock. */
  readonly speed: number;
  readonly serviceTimeMs: number;
  /** Whether a POST is answered when the audio is there, or at once with PROCESSING. */
  readonly mode: 'completed' | 'processing';
  readonly plan: 'free' | 'starter' | 'creator' | 'pro' | 'scale' | 'business' | 'enterprise';
  /** Credits of the organisation; null: endless. */
  readonly balance: number | null;
  /** Credits the key's member may still spend; null: endless. */
  readonly memberCap: number | null;
  readonly creditsPerCharacter: number;
  /** Generations at a time, more get 429; null: endless. */
  readonly concurrencyCap: number | null;
  readonly faults: Faults;
  /** Bytes of each WAV; `by-text`: 60 ms of speech per character. */
  readonly audioBytes: number | 'by-text';
  /** Whether audio URLs point at the API's own port or at a second one. */
  readonly audioHost: 'same' | 'other';
  /** Audio on the API's own port answers 401 without the key. */
  readonly audioNeedsKey: boolean;
  readonly urlLifetimeMs: number;
  readonly keyLifetimeMs: number;
  /** The same key while its first request is open: waits for that one, or gets 409. */
  readonly whileInFlight: 'wait' | 'conflict';
  /** Where answers keep the generation, and how they spell it. */
  readonly shape: 'plain' | 'snake' | 'nested';
  /** Whether `GET /api/generations?cursor=` lists what was made. The vendor documents no such list. */
  readonly hasList: boolean;
  readonly listPageSize: number;
  /** Whether `GET /api/account` tells balance and plan. The vendor documents no such path. */
  readonly hasAccount: boolean;
  /** Accepted voice names; null: all. */
  readonly voices: readonly string[] | null;
  /** A text with this word is rejected. */
  readonly rejectedWord: string;
  readonly apiKey: string;
  /** 0: any free port. */
  readonly port: number;
}

export const defaultOptions: GenerationsServerOptions = {
  seed: 1,
  speed: 1,
  serviceTimeMs: 200,
  mode: 'completed',
  plan: 'pro',
  balance: null,
  memberCap: null,
  creditsPerCharacter: 1,
  concurrencyCap: null,
  faults: {},
  audioBytes: 'by-text',
  audioHost: 'same',
  audioNeedsKey: false,
  urlLifetimeMs: 600_000,
  keyLifetimeMs: 24 * 3_600_000,
  whileInFlight: 'wait',
  shape: 'plain',
  hasList: false,
  listPageSize: 50,
  hasAccount: false,
  voices: null,
  rejectedWord: 'unspeakable',
  apiKey: 'fake-key-0123456789abcdef',
  port: 0,
};

const outage: Outage = { afterPosts: 15, forMs: 3000 };

/** Each fault alone, then all that a queue gets over without a person. */
export const faultMixes = {
  none: {},
  'rate-limit-seconds': { rateLimitSeconds: 0.1 },
  'rate-limit-date': { rateLimitDate: 0.1 },
  'rate-limit-silent': { rateLimitSilent: 0.1 },
  'error-before-billing': { errorBefore: 0.1 },
  'error-after-billing': { errorAfter: 0.1 },
  'cut-before-billing': { cutBefore: 0.1 },
  'cut-after-billing': { cutAfter: 0.1 },
  'cut-in-headers': { cutHeaders: 0.1 },
  'cut-in-answer': { cutAnswer: 0.1 },
  hang: { hang: 0.05 },
  'idle-socket-closed': { idleClose: 0.2 },
  'failed-with-refund': { failed: 0.1 },
  'slow-poll': { slow: 0.1 },
  'status-trouble': { statusTrouble: 0.2 },
  'audio-cut': { cutAudio: 0.1 },
  'audio-expired': { expiredAudio: 0.1 },
  'audio-redirected': { redirectAudio: 0.2 },
  'post-redirected': { redirectPost: 0.05 },
  outage: { outage },
  everything: {
    rateLimitSeconds: 0.03,
    rateLimitDate: 0.02,
    rateLimitSilent: 0.03,
    errorBefore: 0.03,
    errorAfter: 0.03,
    cutBefore: 0.03,
    cutAfter: 0.03,
    cutHeaders: 0.03,
    cutAnswer: 0.03,
    hang: 0.02,
    idleClose: 0.03,
    failed: 0.03,
    slow: 0.03,
    statusTrouble: 0.05,
    cutAudio: 0.03,
    expiredAudio: 0.03,
    redirectAudio: 0.03,
    outage,
  },
} as const satisfies Record<string, Faults>;

/** Mixes in which a job may rightly end as failed: nothing is charged, and a retry by the user gets through. */
export const mixesThatEndJobs: ReadonlySet<string> = new Set(['post-redirected']);
