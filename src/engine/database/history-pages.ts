/** Entries of the history as they are shown, by their place in the index, through the filters of a search. */
import type { ReadableDatabase, SqlValue } from '../ports.ts';

export interface EntryRow {
  readonly seq: number;
  readonly id: number;
  readonly workspaceSeq: number;
  readonly voice: string;
  readonly voiceName: string | null;
  /** Empty: none is named. */
  readonly model: string;
  readonly status: string;
  /** Null: not ours. */
  readonly recipeId: number | null;
  readonly renderSeq: number | null;
  readonly itemSeq: number | null;
  readonly note: string;
  /** Of an entry that was made elsewhere: what it was filed under. */
  readonly projectId: string | null;
  readonly text: string;
  readonly vendorSource: string | null;
  readonly credits: number | null;
  readonly durationMs: number | null;
  readonly suspect: string | null;
  readonly takeId: string | null;
  readonly generationId: string | null;
  readonly vendorItemId: string | null;
}
export interface EntryFilter {
  readonly workspaceSeqs: readonly number[] | null;
  readonly origin: 'cuebooth' | 'vendor' | null;
  readonly speakerSeqs: readonly number[] | null;
  readonly status: string | null;
  readonly vendorSource: string | null;
  /** Id, or part of the name. */
  readonly project: string | null;
  /** Part of the name. */
  readonly person: string | null;
  readonly minCredits: number | null;
  readonly maxCredits: number | null;
  readonly suspect: true | null;
}
export const noFilter: EntryFilter = {
  workspaceSeqs: null,
  origin: null,
  speakerSeqs: null,
  status: null,
  vendorSource: null,
  project: null,
  person: null,
  minCredits: null,
  maxCredits: null,
  suspect: null,
};
export const filtersNothing = (filter: EntryFilter): boolean => Object.values(filter).every((value) => value === null);

/** What its own call was charged, else what the vendor says, else what its parts were charged together. */
const credits = `coalesce(g.charged_credits, v.credits, CASE WHEN g.seq IS NULL AND e.recipe_id IS NOT NULL THEN
  (SELECT sum(pg.charged_credits) FROM recipe_parts p JOIN takes pt ON pt.recipe_id = p.part_id AND pt.take_no = e.take_no
   JOIN generations pg ON pg.id = pt.generation_id WHERE p.recipe_id = e.recipe_id) END)`;
/** A free take that was dropped because its file was gone leaves its entry. */
const status = "CASE WHEN e.status = 'stored' AND e.take_seq IS NULL THEN 'lost' ELSE e.status END";

const select = `SELECT e.seq, e.id, e.workspace_seq AS workspaceSeq, s.voice, s.name AS voiceName, s.model, ${status} AS status,
  e.recipe_id AS recipeId, e.render_seq AS renderSeq, e.item_seq AS itemSeq, e.note, e.project_id AS projectId, coalesce(c.text, v.text, '') AS text,
  v.source AS vendorSource, ${credits} AS credits, t.duration_ms AS durationMs, t.suspect, t.id AS takeId, g.id AS generationId,
  coalesce(v.item_id, g.vendor_id) AS vendorItemId`;
const joins = `CROSS JOIN history_speakers s ON s.seq = e.speaker_seq
  LEFT JOIN recipes c ON c.id = e.recipe_id LEFT JOIN vendor_items v ON v.seq = e.item_seq
  LEFT JOIN takes t ON t.seq = e.take_seq LEFT JOIN generations g ON g.seq = e.generation_seq`;

/** A page of everything, newest first; ids from `from` to below `before`. */
export const readNewest = (database: ReadableDatabase, before: number, from: number, limit: number): EntryRow[] =>
  database
    .prepare<EntryRow>(
      `${select} FROM history_entries e ${joins} WHERE e.id < +? AND e.id >= +? ORDER BY e.id DESC LIMIT +?`,
    )
    .all(before, from, limit);

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;

/** These entries, in this order, as far as the filter lets them through and at most `limit`. */
export const readEntries = (
  database: ReadableDatabase,
  seqs: readonly number[],
  filter: EntryFilter,
  limit: number,
): EntryRow[] => {
  const where: string[] = [];
  const values: SqlValue[] = [JSON.stringify(seqs)];
  const only = (condition: string, ...bound: readonly SqlValue[]): void => {
    where.push(condition);
    values.push(...bound);
  };
  const among = 'IN (SELECT value FROM json_each(+?))';
  if (filter.workspaceSeqs !== null) only(`e.workspace_seq ${among}`, JSON.stringify(filter.workspaceSeqs));
  if (filter.speakerSeqs !== null) only(`e.speaker_seq ${among}`, JSON.stringify(filter.speakerSeqs));
  if (filter.origin !== null) only(filter.origin === 'vendor' ? 'e.recipe_id IS NULL' : 'e.recipe_id IS NOT NULL');
  if (filter.status !== null) only(`(${status}) = +? COLLATE NOCASE`, filter.status);
  if (filter.vendorSource !== null) only('v.source = +? COLLATE NOCASE', filter.vendorSource);
  if (filter.project !== null)
    only(
      `(e.render_seq IS NOT NULL OR e.project_id IS NOT NULL) AND EXISTS (SELECT 1 FROM projects p
         WHERE p.id = coalesce((SELECT r.project_id FROM renders r WHERE r.seq = e.render_seq), e.project_id)
           AND (p.id = +? OR p.name LIKE +? ESCAPE '\\'))`,
      filter.project,
      contains(filter.project),
    );
  if (filter.person !== null)
    only(
      "e.render_seq IS NOT NULL AND EXISTS (SELECT 1 FROM renders r WHERE r.seq = e.render_seq AND r.person LIKE +? ESCAPE '\\')",
      contains(filter.person),
    );
  if (filter.suspect === true) only('t.suspect IS NOT NULL');
  if (filter.minCredits !== null) only(`${credits} >= +?`, filter.minCredits);
  if (filter.maxCredits !== null) only(`${credits} <= +?`, filter.maxCredits);
  // CROSS JOIN keeps the order of the list: it is read first, from its beginning.
  return database
    .prepare<EntryRow>(
      `${select} FROM json_each(+?) h CROSS JOIN history_entries e ON e.seq = h.value ${joins}
       ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`} LIMIT +?`,
    )
    .all(...values, limit);
};
export const readEntry = (database: ReadableDatabase, id: number): EntryRow | null => {
  const seq = database.prepare<{ seq: number }>('SELECT seq FROM history_entries WHERE id = +?').get(id)?.seq;
  return seq === undefined ? null : (readEntries(database, [seq], noFilter, 1)[0] ?? null);
};

export const entryOfTake = (database: ReadableDatabase, takeId: string): EntryRow | null => {
  const seq = database
    .prepare<{ seq: number }>(
      'SELECT e.seq FROM takes t JOIN history_entries e ON e.take_seq = t.seq WHERE t.id = +? AND e.take_seq IS NOT NULL',
    )
    .get(takeId)?.seq;
  return seq === undefined ? null : (readEntries(database, [seq], noFilter, 1)[0] ?? null);
};

/** Of the order that an entry was made for. */
export interface OrderRow {
  readonly projectId: string;
  readonly project: string;
  readonly scriptId: string | null;
  readonly script: string | null;
  readonly person: string;
}
export const readOrder = (database: ReadableDatabase, renderSeq: number): OrderRow | null =>
  database
    .prepare<OrderRow>(
      `SELECT r.project_id AS projectId, p.name AS project, r.script_id AS scriptId, s.title AS script, r.person
       FROM renders r JOIN projects p ON p.id = r.project_id LEFT JOIN scripts s ON s.id = r.script_id WHERE r.seq = +?`,
    )
    .get(renderSeq) ?? null;

export interface EntryDetails {
  /** Of a recipe of ours: its canonical JSON; of a joined one, its first part's. */
  readonly canonical: string | null;
  readonly requestId: string | null;
  /** JSON. */
  readonly settings: string | null;
  readonly format: string | null;
  /** JSON. */
  readonly timings: string | null;
}
export const readDetails = (database: ReadableDatabase, seq: number): EntryDetails | null =>
  database
    .prepare<EntryDetails>(
      `SELECT CASE c.kind WHEN 'joined' THEN (SELECT pc.canonical FROM recipe_parts p JOIN recipes pc ON pc.id = p.part_id
           WHERE p.recipe_id = c.id ORDER BY p.position LIMIT 1) ELSE c.canonical END AS canonical,
         coalesce(g.request_id, v.request_id) AS requestId, v.settings, v.format, coalesce(i.timings, v.timings) AS timings
       FROM history_entries e LEFT JOIN recipes c ON c.id = e.recipe_id LEFT JOIN generations g ON g.seq = e.generation_seq
         LEFT JOIN vendor_items v ON v.seq = e.item_seq LEFT JOIN take_timings i ON i.take_seq = e.take_seq
       WHERE e.seq = +?`,
    )
    .get(seq) ?? null;
/** JSON of the times in a take: stored with it, else told by the vendor's history; null where nobody told them. */
export const timingsOfTake = (database: ReadableDatabase, takeId: string): string | null =>
  database
    .prepare<{ timings: string | null }>(
      `SELECT coalesce(i.timings, v.timings) AS timings FROM takes t LEFT JOIN take_timings i ON i.take_seq = t.seq
         LEFT JOIN history_entries e ON e.take_seq = t.seq LEFT JOIN vendor_items v ON v.seq = e.item_seq WHERE t.id = +?`,
    )
    .get(takeId)?.timings ?? null;
