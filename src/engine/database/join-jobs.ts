/** Jobs that wait for parts of their text. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import { jobColumns, jobFromRaw, type JobRaw, type JobRow } from './jobs.ts';

/** Joins that wait for this part have one less to wait for. Returns whether any became ready. The states are named as in `jobs_unit`, else SQLite reads every job. */
export const partStored = (database: WritableDatabase, partId: number, takeNo: number): boolean =>
  database
    .prepare<{ waiting_parts: number }>(
      `UPDATE jobs SET waiting_parts = (SELECT count(DISTINCT p.part_id) FROM recipe_parts p WHERE p.recipe_id = jobs.recipe_id
         AND NOT EXISTS (SELECT 1 FROM takes t WHERE t.recipe_id = p.part_id AND t.take_no = jobs.take_no))
       WHERE kind = 'join' AND state IN ('queued', 'running', 'uncertain') AND state = 'queued' AND take_no = ?2
         AND recipe_id IN (SELECT recipe_id FROM recipe_parts WHERE part_id = ?1)
       RETURNING waiting_parts`,
    )
    .all(partId, takeNo)
    .some((row) => row.waiting_parts === 0);
/** Joins that need this part and wait in the queue. */
export const listJoinsOf = (database: ReadableDatabase, partId: number, takeNo: number): JobRow[] =>
  database
    .prepare<JobRaw>(
      `SELECT ${jobColumns} FROM jobs WHERE kind = 'join' AND state IN ('queued', 'running', 'uncertain') AND state = 'queued' AND take_no = ?2
       AND recipe_id IN (SELECT recipe_id FROM recipe_parts WHERE part_id = ?1)`,
    )
    .all(partId, takeNo)
    .map(jobFromRaw);
/** The failed or cancelled part jobs of a join, to be queued again with it. */
export const listClosedPartJobs = (database: ReadableDatabase, recipeId: number, takeNo: number): JobRow[] =>
  database
    .prepare<JobRaw>(
      `SELECT ${jobColumns} FROM jobs WHERE take_no = ?2 AND state IN ('failed', 'cancelled')
       AND recipe_id IN (SELECT part_id FROM recipe_parts WHERE recipe_id = ?1)
       AND NOT EXISTS (SELECT 1 FROM takes t WHERE t.recipe_id = jobs.recipe_id AND t.take_no = jobs.take_no)
       GROUP BY recipe_id HAVING seq = max(seq)`,
    )
    .all(recipeId, takeNo)
    .map(jobFromRaw);

/** Counts anew what a join waits for. */
export const recountParts = (database: WritableDatabase, jobSeq: number): void => {
  database
    .prepare(
      `UPDATE jobs SET waiting_parts = (SELECT count(DISTINCT p.part_id) FROM recipe_parts p WHERE p.recipe_id = jobs.recipe_id
         AND NOT EXISTS (SELECT 1 FROM takes t WHERE t.recipe_id = p.part_id AND t.take_no = jobs.take_no)) WHERE seq = ?`,
    )
    .run(jobSeq);
};
