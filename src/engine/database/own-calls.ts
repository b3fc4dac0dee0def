/** What the history must know of a call or a take of ours to point at it. */
import type { ReadableDatabase } from '../ports.ts';

export interface OwnFacts {
  readonly workspaceSeq: number;
  readonly provider: string;
  readonly voice: string;
  readonly model: string | null;
  readonly recipeId: number;
  readonly takeNo: number;
  readonly renderSeq: number;
  /** A piece of a longer line that nobody ordered alone: the line stands in the list, its pieces do not. */
  readonly isPart: boolean;
}
export interface OwnCall {
  readonly seq: number;
  readonly jobSeq: number;
  readonly provider: string;
  readonly vendorId: string | null;
  readonly requestId: string | null;
}

const firstPart = `(SELECT pc.canonical FROM recipe_parts p JOIN recipes pc ON pc.id = p.part_id
  WHERE p.recipe_id = c.id ORDER BY p.position LIMIT 1)`;
const facts = `j.workspace_seq AS workspaceSeq, w.provider, c.voice,
  json_extract(CASE c.kind WHEN 'speech' THEN c.canonical ELSE ${firstPart} END, '$.model') AS model,
  c.id AS recipeId, j.take_no AS takeNo, j.render_seq AS renderSeq,
  EXISTS (SELECT 1 FROM recipe_parts p WHERE p.part_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM render_items i WHERE i.recipe_id = c.id) AS isPart`;
const jobs = `jobs j JOIN recipes c ON c.id = j.recipe_id JOIN workspaces w ON w.seq = j.workspace_seq`;
type RawFacts = Omit<OwnFacts, 'isPart'> & { readonly isPart: number };

export const factsOfJob = (database: ReadableDatabase, jobSeq: number): OwnFacts | null => {
  const raw = database.prepare<RawFacts>(`SELECT ${facts} FROM ${jobs} WHERE j.seq = +?`).get(jobSeq);
  return raw === undefined ? null : { ...raw, isPart: raw.isPart === 1 };
};

export interface TakeFacts extends OwnFacts {
  readonly takeSeq: number;
  readonly call: OwnCall | null;
  /** The entry that its call has already. */
  readonly entrySeq: number | null;
  /** Null: this voice and model are new to the history. */
  readonly speakerSeq: number | null;
}
type RawTakeFacts = RawFacts & {
  readonly takeSeq: number;
  readonly callSeq: number | null;
  readonly vendorId: string | null;
  readonly requestId: string | null;
  readonly entrySeq: number | null;
  readonly speakerSeq: number | null;
};
/** All that the entry of a take just stored needs, in one question: it is asked in the commit of every take. */
export const factsOfTake = (
  database: ReadableDatabase,
  jobSeq: number,
  takeId: string,
  generationId: string | null,
): TakeFacts | null => {
  const raw = database
    .prepare<RawTakeFacts>(
      `SELECT f.*, g.seq AS callSeq, g.vendor_id AS vendorId, g.request_id AS requestId,
         (SELECT e.seq FROM history_entries e WHERE e.generation_seq = g.seq) AS entrySeq,
         (SELECT s.seq FROM history_speakers s WHERE s.provider = f.provider AND s.voice = f.voice AND s.model = coalesce(f.model, '')) AS speakerSeq
       FROM (SELECT ${facts}, t.seq AS takeSeq FROM ${jobs} JOIN takes t ON t.id = +? WHERE j.seq = +?) f LEFT JOIN generations g ON g.id = +?`,
    )
    .get(takeId, jobSeq, generationId);
  if (raw === undefined) return null;
  const { callSeq, vendorId, requestId, provider } = raw;
  const call = callSeq === null ? null : { seq: callSeq, jobSeq, provider, vendorId, requestId };
  return { ...raw, isPart: raw.isPart === 1, call };
};

const call = `SELECT g.seq, g.job_seq AS jobSeq, w.provider, g.vendor_id AS vendorId, g.request_id AS requestId
  FROM generations g JOIN jobs j ON j.seq = g.job_seq JOIN workspaces w ON w.seq = j.workspace_seq`;
export const getCall = (database: ReadableDatabase, generationId: string): OwnCall | null =>
  database.prepare<OwnCall>(`${call} WHERE g.id = +?`).get(generationId) ?? null;
/** The call of ours that made a vendor's item. */
export const findCall = (
  database: ReadableDatabase,
  item: { readonly provider: string; readonly vendorItemId: string; readonly requestId: string | null },
): OwnCall | null =>
  database
    .prepare<OwnCall>(`${call} WHERE g.vendor_id = +? AND w.provider = +? ORDER BY g.seq DESC LIMIT 1`)
    .get(item.vendorItemId, item.provider) ??
  (item.requestId === null
    ? null
    : (database
        .prepare<OwnCall>(`${call} WHERE g.request_id = +? AND w.provider = +? ORDER BY g.seq DESC LIMIT 1`)
        .get(item.requestId, item.provider) ?? null));
