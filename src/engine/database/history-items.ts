/** What the vendors' lists bring into the one history: entries of their own, or news about ours. */
import type { WritableDatabase } from '../ports.ts';
import type { VendorItem } from '../vendor.ts';
import { ownOf, speakerOf } from './history-entries.ts';
import {
  claimEntry,
  entryBy,
  insertEntries,
  removeEntry,
  setEntryItem,
  setEntryStatus,
  setEntryTake,
  setNote,
  statusOfState,
  type TimedEntry,
} from './history-rows.ts';
import { ensureSpeaker } from './history-speakers.ts';
import { factsOfJob, findCall, type OwnCall } from './own-calls.ts';
import { findItem, insertItem, setItemCall, updateItem, type VendorItemRow } from './vendor-items.ts';

interface ItemWorkspace {
  readonly seq: number;
  readonly provider: string;
}

/** Tells our entry of a call what the vendor tells of it. */
const attach = (database: WritableDatabase, entrySeq: number, itemSeq: number, state: string): void => {
  setEntryItem(database, entrySeq, itemSeq);
  setEntryStatus(database, entrySeq, statusOfState(state));
};

/** An item that stands in the list already, as somebody else's, is of this call. */
const claimItem = (database: WritableDatabase, item: VendorItemRow, call: OwnCall): void => {
  setItemCall(database, item.seq, call.seq);
  const facts = factsOfJob(database, call.jobSeq);
  const ours = entryBy(database, 'generation_seq', call.seq);
  const theirs = entryBy(database, 'item_seq', item.seq);
  if (facts === null) return;
  if (theirs !== null && ours === null && !facts.isPart) {
    claimEntry(database, theirs.seq, speakerOf(database, facts).seq, ownOf(facts, facts.takeNo, call));
    return;
  }
  if (theirs !== null) removeEntry(database, theirs.seq);
  if (ours === null) return;
  if (theirs !== null && ours.note === '' && theirs.note !== '') setNote(database, ours.seq, theirs.note);
  if (theirs !== null && theirs.takeSeq !== null && ours.takeSeq === null)
    setEntryTake(database, ours.seq, theirs.takeSeq, null);
  if (ours.itemSeq === null) attach(database, ours.seq, item.seq, item.state);
};
/** Looks again whether an item that nobody claimed is ours: its call's id may have become known since. */
export const linkItem = (database: WritableDatabase, provider: string, item: VendorItemRow): boolean => {
  const call = item.generationSeq === null ? findCall(database, { provider, ...item }) : null;
  if (call !== null) claimItem(database, item, call);
  return call !== null;
};

export interface AddedItems {
  readonly added: number;
  /** Of those added or known before: now known to be ours. */
  readonly linked: number;
  /** Known ones that the vendor says something new about. */
  readonly changed: number;
}
/** Returns whether there was news. */
const refresh = (database: WritableDatabase, known: VendorItemRow, item: VendorItem): boolean => {
  if (!updateItem(database, known, item)) return false;
  const entry = entryBy(database, 'item_seq', known.seq);
  if (entry !== null) setEntryStatus(database, entry.seq, statusOfState(item.state));
  return true;
};

/** Takes in items of a vendor's history, oldest first; those that are known are brought up to date. */
export const addItems = (
  database: WritableDatabase,
  workspace: ItemWorkspace,
  items: readonly VendorItem[],
): AddedItems => {
  let linked = 0;
  let changed = 0;
  let added = 0;
  const fresh: TimedEntry[] = [];
  for (const item of items) {
    const known = findItem(database, workspace.seq, item.vendorItemId);
    if (known !== null) {
      if (refresh(database, known, item)) changed += 1;
      if (linkItem(database, workspace.provider, { ...known, requestId: known.requestId ?? item.requestId }))
        linked += 1;
      continue;
    }
    added += 1;
    const call = findCall(database, { provider: workspace.provider, ...item });
    const facts = call === null ? null : factsOfJob(database, call.jobSeq);
    const itemSeq = insertItem(database, workspace.seq, item, call?.seq ?? null);
    const status = statusOfState(item.state);
    if (call === null || facts === null) {
      const { voiceId: voice, voiceName: name, model } = item;
      const speaker = ensureSpeaker(database, workspace.seq, { provider: workspace.provider, voice, model, name });
      const entry = { workspaceSeq: workspace.seq, speakerSeq: speaker.seq, status, own: null, takeSeq: null, itemSeq };
      fresh.push({ at: item.at, entry });
      continue;
    }
    linked += 1;
    const speakerSeq = speakerOf(database, facts, item.voiceName).seq;
    const ours = entryBy(database, 'generation_seq', call.seq);
    if (ours === null && !facts.isPart) {
      // Its take is still on its way, or never came.
      const own = ownOf(facts, facts.takeNo, call);
      fresh.push({
        at: item.at,
        entry: { workspaceSeq: facts.workspaceSeq, speakerSeq, status, own, takeSeq: null, itemSeq },
      });
    } else if (ours !== null && ours.itemSeq === null) attach(database, ours.seq, itemSeq, item.state);
  }
  insertEntries(database, fresh);
  return { added, linked, changed };
};
