/** The vendor's own books: every call that was ever billed, also those whose answer nobody got. */
import { randomUUID } from 'node:crypto';

/** Something that took minutes, with all that the usage can be told by. */
export interface Use {
  /** Epoch ms. */
  readonly at: number;
  readonly voice: string;
  readonly style: string;
  readonly language: string;
  readonly model: string;
  readonly seconds: number;
}
export interface LedgerRow {
  readonly id: string;
  /** The vendor takes no idempotency key. */
  readonly key: null;
  /** The request body as it came. */
  readonly body: string;
  readonly text: string;
  readonly voice: string;
  /** Seconds of the audio. */
  readonly chargedCredits: number;
  readonly refundedCredits: 0;
  readonly audioSha256: string;
  readonly createdAt: number;
}

export interface Ledger {
  bill(
    call: Pick<LedgerRow, 'body' | 'text' | 'voice' | 'chargedCredits' | 'audioSha256' | 'createdAt'> &
      Pick<Use, 'style' | 'language' | 'model'>,
  ): void;
  rows(): readonly LedgerRow[];
  uses(): readonly Use[];
  chargedCredits(): number;
}

export const createLedger = (past: readonly Use[]): Ledger => {
  const rows: LedgerRow[] = [];
  const uses: Use[] = [...past];
  let chargedCredits = 0;
  return {
    bill({ style, language, model, ...call }) {
      rows.push({ ...call, id: `sup_${randomUUID()}`, key: null, refundedCredits: 0 });
      uses.push({ at: call.createdAt, voice: call.voice, style, language, model, seconds: call.chargedCredits });
      chargedCredits += call.chargedCredits;
    },
    rows: () => [...rows],
    uses: () => uses,
    chargedCredits: () => chargedCredits,
  };
};
