/** Writing entries of the history, each with its row in the full-text index. All of it belongs into the caller's transaction. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import { atOfId, freeId, type Places, setIndexed, takePlaces } from './history-order.ts';

/** What makes an entry ours. */
export interface OwnPart {
  readonly recipeId: number;
  readonly takeNo: number;
  readonly renderSeq: number;
  readonly generationSeq: number | null;
}
export interface NewEntry {
  readonly workspaceSeq: number;
  readonly speakerSeq: number;
  readonly status: string;
  readonly own: OwnPart | null;
  readonly takeSeq: number | null;
  readonly itemSeq: number | null;
}
export interface EntryState {
  readonly seq: number;
  readonly note: string;
  readonly takeSeq: number | null;
  readonly itemSeq: number | null;
}
export const entryBy = (
  database: ReadableDatabase,
  column: 'generation_seq' | 'item_seq',
  value: number,
): EntryState | null =>
  database
    .prepare<EntryState>(
      `SELECT seq, note, take_seq AS takeSeq, item_seq AS itemSeq FROM history_entries WHERE ${column} = +?`,
    )
    .get(value) ?? null;

/** What the list says of a vendor's item. States that are not known here are shown as they are. */
export const statusOfState = (state: string): string => {
  const said = state.toLowerCase();
  if (['created', 'completed', 'complete', 'succeeded', 'done', 'ready'].includes(said)) return 'remote';
  return ['failed', 'error'].includes(said) ? 'failed' : state;
};

/** What entries are found by, from the rows that they point at. */
const words = `SELECT e.seq, coalesce(c.text, v.text, ''),
    CASE WHEN s.name IS NULL OR s.name = s.voice THEN s.voice ELSE s.voice || ' ' || s.name END,
    coalesce(p.name, ''), coalesce(r.person, ''), e.note
  FROM history_entries e JOIN history_speakers s ON s.seq = e.speaker_seq
    LEFT JOIN recipes c ON c.id = e.recipe_id LEFT JOIN vendor_items v ON v.seq = e.item_seq
    LEFT JOIN renders r ON r.seq = e.render_seq LEFT JOIN projects p ON p.id = coalesce(r.project_id, e.project_id)`;
const indexEntries = (database: WritableDatabase, fromSeq: number, toSeq: number): void => {
  database
    .prepare(
      `INSERT OR REPLACE INTO history_text (rowid, text, voice, project, person, note)
       ${words} WHERE e.seq BETWEEN +? AND +? ORDER BY e.seq`,
    )
    .run(fromSeq, toSeq);
};
/**
 * Entries that wait until they are indexed together. The index writes a piece of its own for each commit and merges the
 * pieces later: one by one a take cost a third of the throughput, by 64 it is a few percent.
 */
export const indexedTogether = 64;
const indexPlaces = (database: WritableDatabase, { firstSeq, waiting }: Places, count: number): void => {
  if (waiting === null) indexEntries(database, firstSeq, firstSeq + count - 1);
  else if (waiting.toSeq - waiting.fromSeq + 1 >= indexedTogether) {
    indexEntries(database, waiting.fromSeq, waiting.toSeq);
    setIndexed(database, waiting.runSeq, waiting.toSeq);
  }
};

const insertAt = (database: WritableDatabase, seq: number, id: number, entry: NewEntry): void => {
  const { own } = entry;
  database
    .prepare(
      `INSERT INTO history_entries (seq, id, workspace_seq, speaker_seq, status, recipe_id, take_no, render_seq, generation_seq, take_seq, item_seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      seq,
      id,
      entry.workspaceSeq,
      entry.speakerSeq,
      entry.status,
      own?.recipeId ?? null,
      own?.takeNo ?? null,
      own?.renderSeq ?? null,
      own?.generationSeq ?? null,
      entry.takeSeq,
      entry.itemSeq,
    );
};

export interface TimedEntry {
  readonly at: number;
  readonly entry: NewEntry;
}
const nextId = (database: WritableDatabase, at: number, last: number): number => {
  const free = freeId(database, at);
  if (free > last) return free;
  // The one before it is taken but not written yet.
  const next = last + 1;
  const isTaken = database.prepare('SELECT 1 FROM history_entries WHERE id = +?').get(next) !== undefined;
  return isTaken ? freeId(database, atOfId(next) + 1) : next;
};
/** Entries from the oldest to the newest, side by side in the index. */
export const insertEntries = (database: WritableDatabase, entries: readonly TimedEntry[]): void => {
  const ids: number[] = [];
  for (const { at } of entries) ids.push(nextId(database, at, ids.at(-1) ?? -1));
  const lowest = ids[0];
  if (lowest === undefined) return;
  const places = takePlaces(database, lowest, ids.at(-1) ?? lowest, ids.length);
  for (const [index, { entry }] of entries.entries())
    insertAt(database, places.firstSeq + index, ids[index] ?? lowest, entry);
  indexPlaces(database, places, ids.length);
};

const reindex = (database: WritableDatabase, seq: number): void => indexEntries(database, seq, seq);

export const setNote = (database: WritableDatabase, seq: number, note: string): void => {
  database.prepare('UPDATE history_entries SET note = ? WHERE seq = +?').run(note, seq);
  reindex(database, seq);
};
/** Files an entry that was made elsewhere under a project; it is found by the project's name from then on. */
export const setEntryProject = (database: WritableDatabase, seq: number, projectId: string | null): void => {
  database
    .prepare('UPDATE history_entries SET project_id = ? WHERE seq = +? AND recipe_id IS NULL')
    .run(projectId, seq);
  reindex(database, seq);
};
/** A vendor's item turned out to be ours: project and person are found by, too. */
export const claimEntry = (database: WritableDatabase, seq: number, speakerSeq: number, own: OwnPart): void => {
  database
    .prepare(
      'UPDATE history_entries SET speaker_seq = ?, recipe_id = ?, take_no = ?, render_seq = ?, generation_seq = ?, project_id = NULL WHERE seq = +?',
    )
    .run(speakerSeq, own.recipeId, own.takeNo, own.renderSeq, own.generationSeq, seq);
  reindex(database, seq);
};
export const setEntryTake = (database: WritableDatabase, seq: number, takeSeq: number, takeNo: number | null): void => {
  database
    .prepare(
      "UPDATE history_entries SET take_seq = ?1, status = 'stored', take_no = CASE WHEN recipe_id IS NULL THEN NULL ELSE coalesce(?2, take_no) END WHERE seq = +?3",
    )
    .run(takeSeq, takeNo, seq);
};
/** An entry with a take keeps saying so. */
export const setEntryStatus = (database: WritableDatabase, seq: number, status: string): void => {
  database.prepare('UPDATE history_entries SET status = ? WHERE seq = +? AND take_seq IS NULL').run(status, seq);
};
export const setEntryItem = (database: WritableDatabase, seq: number, itemSeq: number): void => {
  database.prepare('UPDATE history_entries SET item_seq = ? WHERE seq = +?').run(itemSeq, seq);
};
export const removeEntry = (database: WritableDatabase, seq: number): void => {
  database.prepare('DELETE FROM history_text WHERE rowid = +?').run(seq);
  database.prepare('DELETE FROM history_entries WHERE seq = +?').run(seq);
  database
    .prepare('UPDATE history_runs SET removed = removed + 1 WHERE low_seq <= +? AND high_seq >= +?')
    .run(seq, seq);
};
