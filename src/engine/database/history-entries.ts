/** Entries of the one history over our takes and the vendors' lists. */
import type { WritableDatabase } from '../ports.ts';
import type { StoredTake } from './usage-days.ts';

export interface EndedCall {
  readonly generationId: string;
  /** `failed`: refunded or never charged; `aside`: charged, but its audio cannot be played. */
  readonly status: 'failed' | 'aside';
  readonly at: number;
}

export const addTakeEntry = (_database: WritableDatabase, _stored: StoredTake): void => undefined;
export const addCallEntry = (_database: WritableDatabase, _ended: EndedCall): void => undefined;
