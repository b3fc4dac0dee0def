/** What the fake of Supertone can be told to be, and the ways in which it can go wrong. All of it is plain JSON. */
import type { Outage } from '../common/host.ts';

/** Chances from 0 to 1, each on its own; `common/dice.ts` says how they strike. */
export interface FaultChances {
  /** 429 although the minute is not used up. Not billed. */
  readonly rateLimit: number;
  /** 500 or a proxy's page; nothing was billed, and nothing says so. */
  readonly errorBefore: number;
  /** The same, or 408, although the call was billed. */
  readonly errorAfter: number;
  readonly cutBefore: number;
  /** Billed, then cut before the first header. */
  readonly cutAfter: number;
  /** Billed, headers with the length seen, then cut within the audio. */
  readonly headersThenCut: number;
  /** Billed, then silent until the client gives up. */
  readonly hang: number;
  /** A kept-alive socket closes under the next POST; the request is never looked at. */
  readonly idleClose: number;
  /** A GET of balance or usage gets 500 without a body, or a cut. */
  readonly figuresTrouble: number;
  /** The call takes five times its service time. */
  readonly slow: number;
}
export type Faults = Partial<FaultChances> & { readonly outage?: Outage };

export interface SupertoneServerOptions {
  readonly seed: number;
  /** How many times faster than the wall its own clock runs; service times, minutes and outages follow that clock. */
  readonly speed: number;
  readonly serviceTimeMs: number;
  readonly plan: 'free' | 'starter' | 'creator' | 'pro' | 'enterprise';
  /** Speech calls within any 60 s; null: the plan's; 0: endless. Predictions have as many of their own. */
  readonly requestsPerMinute: number | null;
  /** Seconds of speech before the first call; null: endless, and the vendor tells no number. */
  readonly balance: number | null;
  /** Presets beside the named ones, for long lists. */
  readonly extraVoices: number;
  /** Days before the start for which use was made up. */
  readonly pastDays: number;
  /** How long after a call it is counted in the usage. */
  readonly usageDelayMs: number;
  /** How errors spell the status, or whether they have a body at all; `mixed`: by seed. */
  readonly spelling: 'mixed' | 'snake' | 'camel' | 'none';
  /** After its end: 410 to everything, or a web page with 404. */
  readonly retired: 'no' | 'gone' | 'page';
  readonly faults: Faults;
  /** Bytes of each file, about; `by-text`: 60 ms of speech per character. */
  readonly audioBytes: number | 'by-text';
  readonly apiKey: string;
  /** 0: any free port. */
  readonly port: number;
}

export const defaultOptions: SupertoneServerOptions = {
  seed: 1,
  speed: 1,
  serviceTimeMs: 200,
  plan: 'pro',
  requestsPerMinute: null,
  balance: 100_000,
  extraVoices: 0,
  pastDays: 0,
  usageDelayMs: 0,
  spelling: 'mixed',
  retired: 'no',
  faults: {},
  audioBytes: 'by-text',
  apiKey: 'fake-supertone-0123456789abcdef',
  port: 0,
};

export const callsOfAMinute = { free: 20, starter: 20, creator: 30, pro: 60, enterprise: 600 } as const;
