/**
 * What an adapter is. Adapters translate and nothing else: no retries, no database, no logging of bodies.
 * The runner in `engine/queue` owns time, money and repetition.
 * Over 300 lines because it is the one interface that every vendor is read against.
 */
import type { Abilities, ProviderId, SettingValue, SpeechRecipe } from '#contract/entities.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { Timings } from '#contract/history.ts';
import type { SettingRange } from '#contract/voices.ts';
import type { Compute, Http, HttpPhase, Programs } from '../ports.ts';
import type { AccountReading, VendorItem, VendorRequest } from '../vendor.ts';

export type { AccountReading, VendorItem, VendorRequest } from '../vendor.ts';

/** A workspace as an adapter sees it. */
export interface WorkspaceView {
  readonly id: string;
  readonly name: string;
  readonly provider: ProviderId;
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, SettingValue>>;
}

export interface CallContext {
  readonly workspace: WorkspaceView;
  /** Null for providers that need none. Never logged, never stored. */
  readonly key: string | null;
  readonly signal: AbortSignal;
}

/** What the vendor says about requests at a time, in the headers of any answer. Absent parts are null. */
export interface SeenConcurrency {
  readonly current: number | null;
  readonly maximum: number | null;
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
      /** The answer itself is the audio. Its body is not read before it is iterated: what the headers tell is committed first. */
      readonly kind: 'audio';
      readonly vendorId: string | null;
      readonly chargedCredits: number | null;
      readonly body: AsyncIterable<Uint8Array>;
      /** The vendor's own name for the call beside the id. */
      readonly requestId?: string | null;
      readonly concurrency?: SeenConcurrency;
      /** Times of characters or phonemes; known only when the body was read to its end. */
      readonly timings?: () => Timings | null;
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
  readonly concurrency: SeenConcurrency | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    options: {
      phase: HttpPhase;
      charged: 'no' | 'yes' | 'unknown';
      disposition: 'again' | 'attempt' | 'permanent' | 'unknown' | 'wait';
      retryAfterMs?: number;
      concurrency?: SeenConcurrency;
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
    this.concurrency = options.concurrency;
  }
}

export interface ProviderPreview {
  readonly previewId: string;
  /** On the vendor's side; fetched without the key unless it lies on the workspace's own host. */
  readonly url: string;
  readonly language: string | null;
  readonly style: string | null;
  readonly model: string | null;
}
export interface ProviderVoice {
  readonly voiceId: string;
  readonly name: string;
  readonly language: string | null;
  readonly gender: 'female' | 'male' | 'neutral' | null;
  readonly description: string | null;
  readonly languages?: readonly string[];
  readonly age?: string | null;
  readonly accent?: string | null;
  readonly category?: string | null;
  readonly useCases?: readonly string[];
  readonly styles?: readonly string[];
  readonly models?: readonly string[];
  readonly previews?: readonly ProviderPreview[];
  /** Default 1 where the vendor tells rates at all; null or absent: not told. */
  readonly priceMultiplier?: number | null;
  readonly noticePeriodDays?: number | null;
  /** Epoch ms of its withdrawal. */
  readonly noticeEndsAt?: number | null;
  readonly isOwn?: boolean;
}
export interface ProviderModel {
  readonly modelId: string;
  readonly name: string;
  readonly description: string | null;
  readonly textLimit: number | null;
  readonly languages: readonly string[];
  readonly creditsPerCharacter: number | null;
  readonly concurrencyGroup: string | null;
  readonly settings: readonly SettingRange[];
}
/** What the catalogue knows about a workspace's models and one voice; null: not read yet, or not told. */
export interface KnownRates {
  /** All of the workspace's; empty: not read yet. */
  readonly models: readonly ProviderModel[];
  readonly voice: ProviderVoice | null;
  /** From finished takes of this voice, else of all; null before the first. */
  readonly secondsPerCharacter: number | null;
}

export interface VendorHistoryPage {
  /** Newest first. */
  readonly items: readonly VendorItem[];
  /** Goes on into the past; null at its beginning. */
  readonly cursor: string | null;
}

/** A call whose answer was lost. */
export interface LostCall {
  readonly request: VendorRequest;
  readonly recipe: SpeechRecipe;
  /** By our clock, epoch ms. */
  readonly submittedAt: number;
  readonly requestId: string | null;
  readonly estimateCredits: number | null;
  /** The account's figures as last read before it was sent. */
  readonly balanceBefore: number | null;
  /** Whether another call of ours owns this item of the history already. */
  readonly isTaken: (vendorItemId: string) => boolean;
  /**
   * Ids of our other calls of the same text in the same voice that were made. Where they are not the history's own ids,
   * as many items of that text belong to them, and only a further one can be the lost call.
   */
  readonly twinIds: readonly string[];
}
/** Of one free look. `absent` says what was looked at; it proves nothing. */
export type Findings =
  | { readonly kind: 'found'; readonly status: Extract<VendorStatus, { kind: 'completed' | 'processing' | 'failed' }> }
  | {
      readonly kind: 'absent';
      readonly message: string;
      readonly balanceNow: number | null;
      readonly candidates: readonly {
        readonly item: VendorItem;
        /** Why it was not taken by itself. */
        readonly note: string;
      }[];
    };

/** A day's use of one voice, model or product, as the vendor counts it. */
export interface VendorUsageRow {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly voiceId: string | null;
  readonly voiceName: string | null;
  readonly style: string | null;
  readonly language: string | null;
  readonly model: string | null;
  readonly product: string | null;
  readonly credits: number | null;
  readonly characters: number | null;
  /** To all the vendor's decimals. */
  readonly minutes: number | null;
}

export interface LibraryQuery {
  readonly search?: string | undefined;
  readonly language?: string | undefined;
  readonly gender?: string | undefined;
  readonly age?: string | undefined;
  readonly accent?: string | undefined;
  readonly useCase?: string | undefined;
  readonly category?: string | undefined;
  readonly page: number;
}
export interface ProviderLibraryVoice {
  readonly libraryId: string;
  readonly name: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly accent: string | null;
  readonly gender: string | null;
  readonly age: string | null;
  readonly category: string | null;
  readonly useCase: string | null;
  readonly priceMultiplier: number | null;
  readonly noticePeriodDays: number | null;
  readonly previewUrl: string | null;
}

/** What a retake in place may tell the vendor about its neighbours, outside the recipe. */
export interface RequestContext {
  /** The vendor's request ids of the lines before and after, nearest last and first; at most three each, none older than two hours. */
  readonly previousRequestIds: readonly string[];
  readonly nextRequestIds: readonly string[];
}

export interface Phonemes {
  readonly alphabet: 'ipa' | 'cmu';
  readonly symbols: string;
}

/** How a model takes pauses and directions; decides what expansion may put into a recipe's text. */
export interface TextRules {
  /** Longest text of one call in Unicode code points; null: not known, the vendor decides. */
  readonly limit: number | null;
  /** Writes an inner pause in the model's documented markup, or null: the line is split into parts there. */
  readonly pauseMarkup: ((pauseMs: number) => string) | null;
  /** Writes a direction as a documented tag, or null: directions are shown as "not sent". */
  readonly directionMarkup: ((direction: string) => string) | null;
  /**
   * Writes how a word is pronounced in the model's documented markup; null for what it cannot take. Absent: it takes no
   * phonemes, and the lexicon's other spelling is said.
   */
  readonly phonemeMarkup?: (word: string, phonemes: Phonemes) => string | null;
  /** Settings that a line may carry and that reach the vendor. Others are reported. */
  readonly settings: readonly string[];
  readonly model: string | null;
  readonly format: string;
  /** Takes `previous_text` and `next_text`, for lines marked *join*. Default false. */
  readonly neighbours?: boolean;
}

export interface CheckResult {
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean | null;
    readonly message: string;
    /** The scope that the key lacks. */
    readonly missing?: string;
  }[];
}

export interface SpeechProvider {
  readonly id: ProviderId;
  readonly title: string;
  readonly abilities: Abilities;
  readonly defaultBaseUrl: string | null;
  /** Addresses by region or residency, the default first. Empty: there is only `defaultBaseUrl`, or none. */
  readonly hosts?: readonly { readonly label: string; readonly baseUrl: string }[];
  /** What a workspace can be told, for a form. */
  readonly settings?: readonly SettingRange[];
  /** Said before a workspace is added; null: nothing. */
  readonly notice?: string | null;
  /** Requests at a time until headers or the user say otherwise. */
  readonly defaultConcurrency: number;
  /** Calls of a minute that the vendor allows a key; null or absent: no such rule. */
  requestsPerMinute?(workspace: WorkspaceView): number | null;
  /** Recipes with the same answer share the vendor's requests at a time. Absent: all of a key do. */
  concurrencyGroup?(recipe: SpeechRecipe, rates: KnownRates): string;
  /** The vendor's account id when it is known, else normalised base URL + key-owner label: part of every recipe. */
  account(workspace: WorkspaceView): string;
  /** `rates` is what the catalogue knows now: limits come from the vendor's list of models, never from code. */
  textRules(workspace: WorkspaceView, voice: string, model: string | null, rates: KnownRates): TextRules;
  /** Credits a text will cost; null: not known before the first debit. */
  estimateCredits(recipe: SpeechRecipe, rates: KnownRates): number | null;
  /** What a delivered text was charged where the answer does not say, from the audio's length; null: cannot be told. */
  creditsOfAudio?(durationMs: number): number | null;
  /** Pure: the same recipe and context give the same bytes. */
  request(workspace: WorkspaceView, recipe: SpeechRecipe, context?: RequestContext): VendorRequest;
  /** Sends once. Throws ProviderError. */
  submit(context: CallContext, request: VendorRequest, idempotencyKey: string | null): Promise<VendorStatus>;
  /** Free. `request` is what was sent. */
  poll?(context: CallContext, vendorId: string, request: VendorRequest): Promise<VendorStatus>;
  /** Free. Looks for a call whose answer was lost, in the vendor's history or at least its figures. Throws ProviderError. */
  find?(context: CallContext, lost: LostCall): Promise<Findings>;
  /** When to look, in ms after the loss, for `find`; afterwards a person is asked. Default 2, 7, 22, 67 s. */
  readonly lookAfterMs?: readonly number[];
  /** Free. Streams the audio; the key goes to the workspace's own host only. */
  download?(context: CallContext, audioUrl: string): Promise<AsyncIterable<Uint8Array>>;
  /** Free and cheap: does the vendor answer at all? Resolves when reachable, throws ProviderError when not. */
  probe(context: CallContext): Promise<void>;
  test(context: CallContext): Promise<CheckResult>;
  voices(context: CallContext): Promise<readonly ProviderVoice[]>;
  /** All below are free. They throw ProviderError. */
  models?(context: CallContext): Promise<readonly ProviderModel[]>;
  library?(
    context: CallContext,
    query: LibraryQuery,
  ): Promise<{ readonly voices: readonly ProviderLibraryVoice[]; readonly hasMore: boolean }>;
  /** Returns the voice's id in the workspace. */
  addFromLibrary?(context: CallContext, libraryId: string, name: string): Promise<string>;
  readAccount?(context: CallContext): Promise<AccountReading>;
  history?(
    context: CallContext,
    page: { readonly cursor: string | null; readonly limit: number; readonly fromAt?: number },
  ): Promise<VendorHistoryPage>;
  historyAudio?(context: CallContext, vendorItemId: string): Promise<AsyncIterable<Uint8Array>>;
  /** Days are UTC, both within; cut into as many calls as the vendor needs. */
  usage?(
    context: CallContext,
    range: { readonly from: string; readonly to: string },
  ): Promise<readonly VendorUsageRow[]>;
  /** Seconds a text will take; null: not told for this one. */
  predictSeconds?(context: CallContext, recipe: SpeechRecipe): Promise<number | null>;
}

/** What adapters are made of. */
export interface ProviderPorts {
  readonly http: Http;
  readonly compute: Compute;
  readonly programs: Programs;
  readonly now: () => number;
}
