/**
 * What an adapter is. Adapters translate and nothing else: no retries, no database, no logging of bodies.
 * The runner in `engine/queue` owns time, money and repetition.
 */
import type { Abilities, ProviderId, SettingValue, SpeechRecipe } from '#contract/entities.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { Compute, Http, HttpPhase, Programs } from '../ports.ts';

/** A workspace as an adapter sees it. */
export interface WorkspaceView {
  readonly id: string;
  readonly name: string;
  readonly provider: ProviderId;
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
}

/** Exactly what will leave, without the key: stored with the generation before it is sent. */
export interface VendorRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface CallContext {
  readonly workspace: WorkspaceView;
  /** Null for providers that need none. Never logged, never stored. */
  readonly key: string | null;
  readonly signal: AbortSignal;
}

/** How much is known about a call after the vendor spoke. */
export type VendorStatus =
  | {
      readonly kind: 'processing';
      readonly vendorId: string;
      readonly chargedCredits: number | null;
      readonly retryAfterMs: number | null;
    }
  | {
      readonly kind: 'completed';
      readonly vendorId: string | null;
      readonly chargedCredits: number | null;
      /** Where the audio lies; may be signed, may expire, may be another host. */
      readonly audioUrl: string;
    }
  | {
      /** The answer itself is the audio. */
      readonly kind: 'audio';
      readonly vendorId: string | null;
      readonly chargedCredits: number | null;
      readonly body: AsyncIterable<Uint8Array>;
    }
  | {
      /** Over without audio; the vendor says the credits went back. */
      readonly kind: 'failed';
      readonly vendorId: string | null;
      readonly chargedCredits: number | null;
      readonly refundedCredits: number | null;
      readonly message: string;
    };

/**
 * One vendor failure. `charged: 'unknown'` leads to an uncertain job.
 * `disposition` says what kind of end it is: `again` the same request may go later without spending an attempt
 * (429, offline); `attempt` a documented failure, try anew up to 3 times; `permanent` never works as it is;
 * `unknown` nobody knows whether it was charged; `wait` the vendor still works on this very key.
 */
export class ProviderError extends Error {
  readonly code: ErrorCode;
  readonly phase: HttpPhase;
  readonly charged: 'no' | 'yes' | 'unknown';
  readonly disposition: 'again' | 'attempt' | 'permanent' | 'unknown' | 'wait';
  readonly retryAfterMs: number | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    options: {
      phase: HttpPhase;
      charged: 'no' | 'yes' | 'unknown';
      disposition: 'again' | 'attempt' | 'permanent' | 'unknown' | 'wait';
      retryAfterMs?: number;
      cause?: unknown;
    },
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProviderError';
    this.code = code;
    this.phase = options.phase;
    this.charged = options.charged;
    this.disposition = options.disposition;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface ProviderVoice {
  readonly voiceId: string;
  readonly name: string;
  readonly language: string | null;
  readonly gender: 'female' | 'male' | 'neutral' | null;
  readonly description: string | null;
}

/** How a model takes pauses and directions; decides what expansion may put into a recipe's text. */
export interface TextRules {
  /** Longest text of one call in Unicode code points; null: not known, the vendor decides. */
  readonly limit: number | null;
  /** Writes an inner pause in the model's documented markup, or null: the line is split into parts there. */
  readonly pauseMarkup: ((pauseMs: number) => string) | null;
  /** Writes a direction as a documented tag, or null: directions are shown as "not sent". */
  readonly directionMarkup: ((direction: string) => string) | null;
  /** Settings that a line may carry and that reach the vendor. Others are reported. */
  readonly settings: readonly string[];
  readonly model: string | null;
  readonly format: string;
}

export interface CheckResult {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean | null; readonly message: string }[];
}

export interface SpeechProvider {
  readonly id: ProviderId;
  readonly title: string;
  readonly abilities: Abilities;
  readonly defaultBaseUrl: string | null;
  /** Requests at a time until headers or the user say otherwise. */
  readonly defaultConcurrency: number;
  /** The vendor's account id when it is known, else normalised base URL + key-owner label: part of every recipe. */
  account(workspace: WorkspaceView): string;
  textRules(workspace: WorkspaceView, voice: string, model: string | null): TextRules;
  /** Credits a text will cost; null: not known before the first debit. */
  estimateCredits(recipe: SpeechRecipe): number | null;
  /** Pure: the same recipe gives the same bytes. */
  request(workspace: WorkspaceView, recipe: SpeechRecipe): VendorRequest;
  /** Sends once. Throws ProviderError. */
  submit(context: CallContext, request: VendorRequest, idempotencyKey: string | null): Promise<VendorStatus>;
  /** Free. Only with `jobPolling`. */
  poll?(context: CallContext, vendorId: string): Promise<VendorStatus>;
  /** Free. Streams the audio; the key goes to the workspace's own host only. */
  download?(context: CallContext, audioUrl: string): Promise<AsyncIterable<Uint8Array>>;
  /** Free and cheap: does the vendor answer at all? Resolves when reachable, throws ProviderError when not. */
  probe(context: CallContext): Promise<void>;
  test(context: CallContext): Promise<CheckResult>;
  voices(context: CallContext): Promise<readonly ProviderVoice[]>;
}

/** What adapters are made of. */
export interface ProviderPorts {
  readonly http: Http;
  readonly compute: Compute;
  readonly programs: Programs;
  readonly now: () => number;
}
