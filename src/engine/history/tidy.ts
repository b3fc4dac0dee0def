/** What is done for the history once a day, in small commits, so that nothing waits for it. May be called off between them. */
import { addMissingEntries, lastTakeSeq } from '../database/history-missing.ts';
import { countPieces, mergePieces } from '../database/history-search.ts';
import type { Clock, WritableDatabase } from '../ports.ts';

/** So few are left alone. */
const fewPieces = 3;
/** Pages of 4 KB of one commit: a few milliseconds. */
const pagesAtOnce = 32;

/** Takes of one look. */
const takesAtOnce = 500;

interface TidyPorts {
  readonly database: WritableDatabase;
  readonly clock: Pick<Clock, 'breathe'>;
}

/** The full-text index in one piece again: each commit that indexes adds one, and a search of five takes three times as long. */
export const tidyIndex = async ({ database, clock }: TidyPorts, signal: AbortSignal): Promise<void> => {
  if (countPieces(database) <= fewPieces) return;
  for (let begin = true, isLeft = true; isLeft && !signal.aborted; begin = false) {
    isLeft = database.transaction(() => mergePieces(database, pagesAtOnce, begin));
    await clock.breathe();
  }
};

/** Entries for takes that have none. Returns how many. */
export const completeHistory = async ({ database, clock }: TidyPorts, signal: AbortSignal): Promise<number> => {
  const last = lastTakeSeq(database);
  let added = 0;
  for (let after = 0; after < last && !signal.aborted; after += takesAtOnce) {
    const from = after;
    added += database.transaction(() => addMissingEntries(database, from, from + takesAtOnce));
    await clock.breathe();
  }
  return added;
};
