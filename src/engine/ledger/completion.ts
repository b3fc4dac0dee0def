/** What the completing commit also keeps: the roll-ups of usage and the entry in the history. */
import { addCallEntry, addTakeEntry, type EndedCall } from '../database/history-entries.ts';
import { addOutput, type StoredTake } from '../database/usage-days.ts';
import type { WritableDatabase } from '../ports.ts';

export const recordTake = (database: WritableDatabase, stored: StoredTake): void => {
  addOutput(database, stored);
  addTakeEntry(database, stored);
};

/** A call that is over without a take. */
export const recordCall = (database: WritableDatabase, ended: EndedCall): void => addCallEntry(database, ended);
