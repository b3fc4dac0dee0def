/** The vendor's own books: every generation that was ever billed, also those whose answer nobody got. */
import { randomUUID } from 'node:crypto';
import type { Tones } from '../common/tone.ts';

export interface Generation {
  readonly id: string;
  readonly key: string | null;
  /** The request body as it came. */
  readonly body: string;
  readonly text: string;
  readonly voice: string;
  readonly chargedCredits: number;
  readonly createdAt: number;
  refundedCredits: number;
  status: 'PROCESSING' | 'COMPLETED' | 'FAILED';
  /** How often its audio went out whole. */
  downloads: number;
  /** Called once when the status becomes final. */
  readonly waiting: (() => void)[];
}
export interface LedgerRow extends Omit<Generation, 'waiting'> {
  /** Generations billed under this row's key; over 1 only after the key store forgot it. */
  readonly timesBilledForKey: number;
  /** Of the audio that is served for it. */
  readonly audioSha256: string;
}

export interface Ledger {
  bill(order: Pick<Generation, 'key' | 'body' | 'text' | 'voice' | 'chargedCredits' | 'createdAt'>): Generation;
  settle(generation: Generation, status: 'COMPLETED' | 'FAILED'): void;
  find(id: string): Generation | undefined;
  newestFirst(): readonly Generation[];
  netCredits(): number;
  rows(): readonly LedgerRow[];
  /** Bodies with more paid generations (not refunded) than were wanted; 1 each unless told. */
  billedTwice(wanted?: (body: string) => number): readonly { readonly body: string; readonly times: number }[];
}

export const createLedger = (tones: Tones): Ledger => {
  const generations = new Map<string, Generation>();
  let netCredits = 0;
  return {
    bill(order) {
      const generation: Generation = {
        ...order,
        id: `gen_${randomUUID()}`,
        refundedCredits: 0,
        status: 'PROCESSING',
        downloads: 0,
        waiting: [],
      };
      generations.set(generation.id, generation);
      netCredits += generation.chargedCredits;
      return generation;
    },
    settle(generation, status) {
      generation.status = status;
      if (status === 'FAILED') {
        generation.refundedCredits = generation.chargedCredits;
        netCredits -= generation.chargedCredits;
      }
      for (const run of generation.waiting.splice(0)) run();
    },
    find: (id) => generations.get(id),
    newestFirst: () => [...generations.values()].toReversed(),
    netCredits: () => netCredits,
    rows() {
      const timesPerKey = new Map<string | null, number>();
      for (const { key } of generations.values()) timesPerKey.set(key, (timesPerKey.get(key) ?? 0) + 1);
      return [...generations.values()].map(({ waiting: _waiting, ...row }) => ({
        ...row,
        timesBilledForKey: row.key === null ? 1 : (timesPerKey.get(row.key) ?? 0),
        audioSha256: tones.sha256(row.text, row.voice),
      }));
    },
    billedTwice(wanted = () => 1) {
      const paid = new Map<string, number>();
      for (const { body, status } of generations.values())
        if (status !== 'FAILED') paid.set(body, (paid.get(body) ?? 0) + 1);
      return [...paid].filter(([body, times]) => times > wanted(body)).map(([body, times]) => ({ body, times }));
    },
  };
};
