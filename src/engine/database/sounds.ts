import type { ReadableDatabase } from '../ports.ts';

/** What is known of a recipe's sound: the length of its selected take, and whether a job is to bring one. */
export const getSound = (
  database: ReadableDatabase,
  recipeHash: string,
): { readonly durationMs: number | null; readonly isOpen: boolean } => {
  const raw = database
    .prepare<{ duration_ms: number | null; open: number }>(
      `SELECT t.duration_ms, EXISTS (
         SELECT 1 FROM jobs j WHERE j.recipe_id = r.id AND j.state IN ('queued', 'running', 'uncertain')) AS open
       FROM recipes r LEFT JOIN takes t ON t.seq = coalesce(
         (SELECT s.take_seq FROM selections s WHERE s.recipe_id = r.id),
         (SELECT n.seq FROM takes n WHERE n.recipe_id = r.id ORDER BY n.take_no DESC LIMIT 1))
       WHERE r.hash = ?`,
    )
    .get(recipeHash);
  return { durationMs: raw?.duration_ms ?? null, isOpen: raw?.open === 1 };
};
