/** What the fake of ElevenLabs can be told to be, and the ways in which it can go wrong. All of it is plain JSON. */
import type { Outage } from '../common/host.ts';
import type { Tier } from './tiers.ts';

/** Chances from 0 to 1, each on its own; `common/dice.ts` says how they strike. */
export interface FaultChances {
  /** 429 in its three kinds; half of them carry `Retry-After`. Not billed. */
  readonly rateLimitExceeded: number;
  readonly rateLimitConcurrent: number;
  readonly rateLimitBusy: number;
  /** 500 or a proxy's page; nothing was billed, and nothing says so. */
  readonly errorBefore: number;
  /** The same although the call was billed; its history item comes. */
  readonly errorAfter: number;
  /** 500 whose message says that it was not charged. */
  readonly errorNotCharged: number;
  readonly cutBefore: number;
  /** Billed, then cut before the first header. */
  readonly cutAfter: number;
  /** Billed, headers seen, then cut within the audio. */
  readonly headersThenCut: number;
  /** Billed, then silent until the client gives up. */
  readonly hang: number;
  /** A kept-alive socket closes under the next POST; the request is never looked at. */
  readonly idleClose: number;
  /** A GET of history or flows gets 500, 429 or a cut. */
  readonly historyTrouble: number;
  /** The call takes five times its service time. */
  readonly slow: number;
  /** A flow ends failed, which is not charged. */
  readonly flowFailed: number;
  /** A content URL turns out expired and stays so; a new answer has a fresh one. */
  readonly flowAudioExpired: number;
  /** The history item is written only 30 s after the call. */
  readonly historyLate: number;
}
export type Faults = Partial<FaultChances> & { readonly outage?: Outage };

/** What a key may do; the names are the vendor's. */
export const scopes = [
  'text_to_speech',
  'voices_read',
  'voices_write',
  'models_read',
  'user_read',
  'speech_history_read',
  'speech_history_write',
  'workspace_analytics_read',
] as const;
export type Scope = (typeof scopes)[number];

export interface ElevenLabsServerOptions {
  readonly seed: number;
  /** How many times faster than the wall its own clock runs; service times, delays and lifetimes follow that clock. */
  readonly speed: number;
  readonly serviceTimeMs: number;
  readonly tier: Tier;
  /** Credits of a period; null: the tier's. */
  readonly creditLimit: number | null;
  /** Used in the running period before the first call. */
  readonly creditsUsed: number;
  /** How far the period may go over its limit; 0: not at all. */
  readonly overageCredits: number | 'unlimited';
  /** Epoch ms of the first reset; null: the first of the next month, UTC. Later ones follow monthly. */
  readonly resetAt: number | null;
  /** What a call is told that does not fit the credits: 401 `quota_exceeded`, as seen live, or 402 as documented. */
  readonly quotaAnswer: 'quota_exceeded' | 'insufficient_credits';
  /** Requests at a time of each concurrency group; null: the tier's. */
  readonly concurrencyCap: number | null;
  readonly scopes: readonly Scope[];
  /** 401 `detected_unusual_activity` to every speech call. */
  readonly flagged: boolean;
  /** How long after its end a call is written into the history. */
  readonly historyDelayMs: number;
  /** Whether an item stands there as `processing` until then. */
  readonly processingInHistory: boolean;
  /** What the history gives out of calls that were not MP3. */
  readonly historyAudio: 'original' | 'mp3';
  readonly openInvoices: number;
  readonly pendingChange: 'none' | 'change' | 'cancellation';
  /** Shapes of error bodies: one for all, or mixed by seed. 422 is always an array, and downloads always complain flat. */
  readonly errorShape: 'mixed' | 'current' | 'legacy';
  readonly faults: Faults;
  /** Bytes of each audio file, about; `by-text`: 60 ms of speech per character. */
  readonly audioBytes: number | 'by-text';
  /** Of content URLs. */
  readonly urlLifetimeMs: number;
  /** A text with this word is rejected. */
  readonly rejectedWord: string;
  readonly apiKey: string;
  /** 0: any free port. */
  readonly port: number;
}

export const defaultOptions: ElevenLabsServerOptions = {
  seed: 1,
  speed: 1,
  serviceTimeMs: 200,
  tier: 'pro',
  creditLimit: null,
  creditsUsed: 0,
  overageCredits: 0,
  resetAt: null,
  quotaAnswer: 'quota_exceeded',
  concurrencyCap: null,
  scopes,
  flagged: false,
  historyDelayMs: 500,
  processingInHistory: false,
  historyAudio: 'original',
  openInvoices: 0,
  pendingChange: 'none',
  errorShape: 'mixed',
  faults: {},
  audioBytes: 'by-text',
  urlLifetimeMs: 3_600_000,
  rejectedWord: 'unspeakable',
  apiKey: 'sk_fake_0123456789abcdef0123456789abcdef',
  port: 0,
};
