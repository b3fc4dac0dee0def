/** What a vendor is sent and what it says, as the tables keep it. */
import type { Subscription } from '#contract/account.ts';
import type { VoiceSettings } from '#contract/entities.ts';
import type { Timings } from '#contract/history.ts';

/** Exactly what will leave, without the key: stored with the generation before it is sent. */
export interface VendorRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** An entry of the vendor's own history. */
export interface VendorItem {
  readonly vendorItemId: string;
  /** Epoch ms. */
  readonly at: number;
  readonly requestId: string | null;
  readonly voiceId: string;
  readonly voiceName: string | null;
  readonly model: string | null;
  readonly text: string;
  /** Credits moved; null: not told. */
  readonly credits: number | null;
  /** The vendor's product, such as TTS. */
  readonly source: string | null;
  readonly state: string;
  readonly format: string | null;
  readonly settings: VoiceSettings;
  readonly timings: Timings | null;
}

/** A vendor's account as it is now. Numbers in its own billing unit. */
export interface AccountReading {
  readonly usedCredits: number | null;
  readonly limitCredits: number | null;
  /** Where the vendor tells a balance instead of use and limit. */
  readonly remainingCredits: number | null;
  readonly resetAt: number | null;
  readonly plan: string | null;
  readonly subscription: Subscription | null;
}
