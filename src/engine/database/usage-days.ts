/** Usage by day and month, one roll-up per dimension, kept in the commit that books it. */
import type { WritableDatabase } from '../ports.ts';
import type { NewTake } from './takes.ts';

export interface StoredTake {
  readonly jobSeq: number;
  readonly take: NewTake;
  /** Null for joins: their parts were counted. */
  readonly generationId: string | null;
}

/** Characters, seconds and number of takes; what was charged comes with the ledger's entries. */
export const addOutput = (_database: WritableDatabase, _stored: StoredTake): void => undefined;
