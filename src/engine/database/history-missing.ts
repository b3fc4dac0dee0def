/**
 * Takes that came into the library by another way than a completed job (taken in from their files after a restore), and
 * pieces of longer lines that were later ordered as lines of their own: their entries are added afterwards.
 */
import type { WritableDatabase } from '../ports.ts';
import { addTakeEntry } from './history-entries.ts';

interface Missing {
  readonly id: string;
  readonly recipeId: number;
  readonly takeNo: number;
  readonly generationId: string | null;
  readonly createdAt: number;
  readonly renderSeq: number;
}
const listMissing = (database: WritableDatabase, afterSeq: number, upToSeq: number): Missing[] =>
  database
    .prepare<Missing>(
      `SELECT t.id, t.recipe_id AS recipeId, t.take_no AS takeNo, t.generation_id AS generationId, t.created_at AS createdAt, i.render_seq AS renderSeq
       FROM takes t JOIN render_items i ON i.recipe_id = t.recipe_id
       WHERE t.seq > +? AND t.seq <= +? AND NOT EXISTS (SELECT 1 FROM history_entries e WHERE e.take_seq = t.seq)
         AND NOT EXISTS (SELECT 1 FROM generations g JOIN history_entries e ON e.generation_seq = g.seq WHERE g.id = t.generation_id AND e.take_seq IS NOT NULL)
       GROUP BY t.seq HAVING i.render_seq = max(i.render_seq) ORDER BY t.created_at, t.seq`,
    )
    .all(afterSeq, upToSeq);
/** The job that made it, or would have. */
const jobOf = (database: WritableDatabase, { generationId, renderSeq, recipeId, takeNo }: Missing): number | null =>
  database.prepare<{ seq: number }>('SELECT job_seq AS seq FROM generations WHERE id = +?').get(generationId)?.seq ??
  database
    .prepare<{ seq: number }>('SELECT seq FROM jobs WHERE render_seq = +? AND recipe_id = +? AND take_no = +?')
    .get(renderSeq, recipeId, takeNo)?.seq ??
  null;

/** Looks at takes with `seq` above `afterSeq` up to `upToSeq`, in the caller's transaction. Returns how many entries it added. */
export const addMissingEntries = (database: WritableDatabase, afterSeq: number, upToSeq: number): number => {
  let added = 0;
  for (const missing of listMissing(database, afterSeq, upToSeq)) {
    const jobSeq = jobOf(database, missing);
    if (jobSeq === null) continue;
    addTakeEntry(database, { jobSeq, take: missing, generationId: missing.generationId });
    added += 1;
  }
  return added;
};
/** The `seq` of the last take there is. */
export const lastTakeSeq = (database: WritableDatabase): number =>
  database.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM takes').get()?.seq ?? 0;
