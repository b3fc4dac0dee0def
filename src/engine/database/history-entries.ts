/**
 * Entries of the one history for what this app made, written in the commits that complete it. Where the vendor's list
 * was read first, its entry becomes ours: there is one for each take, whichever side tells of it first.
 */
import type { WritableDatabase } from '../ports.ts';
import {
  claimEntry,
  entryBy,
  insertEntries,
  type OwnPart,
  setEntryStatus,
  setEntryTake,
  statusOfState,
} from './history-rows.ts';
import { ensureSpeaker, type Speaker } from './history-speakers.ts';
import { factsOfJob, factsOfTake, getCall, type OwnCall, type OwnFacts } from './own-calls.ts';
import type { StoredTake } from './usage-days.ts';
import { findItemsOf, setItemCall } from './vendor-items.ts';

export interface EndedCall {
  readonly generationId: string;
  /** `failed`: refunded or never charged; `aside`: charged, but its audio cannot be played. */
  readonly status: 'failed' | 'aside';
  readonly at: number;
}

export const ownOf = (facts: OwnFacts, takeNo: number, call: OwnCall | null): OwnPart => ({
  recipeId: facts.recipeId,
  takeNo,
  renderSeq: facts.renderSeq,
  generationSeq: call?.seq ?? null,
});
/** `name` where the vendor's item tells it. */
export const speakerOf = (
  database: WritableDatabase,
  { workspaceSeq, provider, voice, model }: OwnFacts,
  name: string | null = null,
): Pick<Speaker, 'seq' | 'name'> => ensureSpeaker(database, workspaceSeq, { provider, voice, model, name });

/** The vendor's where its item came first, else a new one. */
const addEntry = (
  database: WritableDatabase,
  facts: OwnFacts,
  takeNo: number,
  call: OwnCall | null,
  first: { readonly at: number; readonly status: string; readonly takeSeq: number | null; readonly speakerSeq: number },
): void => {
  const own = ownOf(facts, takeNo, call);
  const items = call === null ? [] : findItemsOf(database, call, facts.workspaceSeq);
  if (call !== null) for (const item of items) setItemCall(database, item.seq, call.seq);
  const { speakerSeq } = first;
  const known = items.flatMap((item) => entryBy(database, 'item_seq', item.seq) ?? [])[0];
  if (known !== undefined) {
    claimEntry(database, known.seq, speakerSeq, own);
    if (first.takeSeq !== null) setEntryTake(database, known.seq, first.takeSeq, takeNo);
    return;
  }
  const item = items[0];
  const entry = {
    workspaceSeq: facts.workspaceSeq,
    speakerSeq,
    status: first.takeSeq === null && item !== undefined ? statusOfState(item.state) : first.status,
    own,
    takeSeq: first.takeSeq,
    itemSeq: item?.seq ?? null,
  };
  insertEntries(database, [{ at: first.at, entry }]);
};

/** What an entry needs to know of a take and its job. */
export type ListedTake = Pick<StoredTake, 'jobSeq' | 'generationId'> & {
  readonly take: Pick<StoredTake['take'], 'takeNo' | 'createdAt'> & { readonly id: string };
};
/** A take was stored: its entry, in the same commit. Pieces of a longer line get none. */
export const addTakeEntry = (database: WritableDatabase, stored: ListedTake): void => {
  const { take } = stored;
  const facts = factsOfTake(database, stored.jobSeq, take.id, stored.generationId);
  if (facts === null || facts.isPart) return;
  const { call, entrySeq, takeSeq, speakerSeq } = facts;
  if (entrySeq !== null) setEntryTake(database, entrySeq, takeSeq, take.takeNo);
  else
    addEntry(database, facts, take.takeNo, call, {
      at: take.createdAt,
      status: 'stored',
      takeSeq,
      speakerSeq: speakerSeq ?? speakerOf(database, facts).seq,
    });
};
/** A call ended without a take. */
export const addCallEntry = (database: WritableDatabase, ended: EndedCall): void => {
  const call = getCall(database, ended.generationId);
  const facts = call === null ? null : factsOfJob(database, call.jobSeq);
  if (call === null || facts === null || facts.isPart) return;
  const status = ended.status === 'aside' ? 'lost' : 'failed';
  const known = entryBy(database, 'generation_seq', call.seq);
  if (known === null) {
    const speakerSeq = speakerOf(database, facts).seq;
    addEntry(database, facts, facts.takeNo, call, { at: ended.at, status, takeSeq: null, speakerSeq });
  } else if (known.itemSeq === null) setEntryStatus(database, known.seq, status);
};
