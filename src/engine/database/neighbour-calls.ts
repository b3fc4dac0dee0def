/** The vendor's request ids of the lines around one that is re-done in place, so that it is spoken as if between them. */
import type { ReadableDatabase } from '../ports.ts';

/** The ids are good for two hours, by the vendor's documentation (`previous_request_ids`). */
const lifetimeMs = 2 * 3_600_000;

/** Null where the job's line is not known or neither neighbour's id is young enough. */
export const neighbourRequests = (
  database: ReadableDatabase,
  job: { readonly recipeId: number; readonly takeNo: number; readonly renderSeq: number },
  now: number,
): { readonly previousRequestIds: readonly string[]; readonly nextRequestIds: readonly string[] } | null => {
  const own = database
    .prepare<{ variant: string; script_id: string; position: number; voice: string }>(
      `SELECT i.variant, l.script_id, l.position, c.voice FROM render_items i JOIN script_lines l ON l.id = i.line_id
         JOIN recipes c ON c.id = i.recipe_id
       WHERE i.render_seq = ? AND i.recipe_id = ? AND i.take_no = ? AND l.position IS NOT NULL LIMIT 1`,
    )
    .get(job.renderSeq, job.recipeId, job.takeNo);
  if (own === undefined) return null;
  // Only first takes: with the id of a line that was re-done itself the vendor answers 500 (elevenlabs-js issue 270).
  const idAt = (position: number): readonly string[] => {
    const found = database
      .prepare<{ request_id: string }>(
        `SELECT g.request_id FROM script_lines l JOIN render_items i ON i.line_id = l.id JOIN recipes c ON c.id = i.recipe_id
           JOIN takes t ON t.recipe_id = i.recipe_id AND t.take_no = 1 JOIN generations g ON g.id = t.generation_id
         WHERE l.script_id = ?1 AND l.position = ?2 AND i.variant = ?3 AND c.voice = ?4
           AND g.request_id IS NOT NULL AND g.submitted_at > ?5 ORDER BY t.seq DESC LIMIT 1`,
      )
      .get(own.script_id, position, own.variant, own.voice, now - lifetimeMs);
    return found === undefined ? [] : [found.request_id];
  };
  const previousRequestIds = idAt(own.position - 1);
  const nextRequestIds = idAt(own.position + 1);
  return previousRequestIds.length + nextRequestIds.length === 0 ? null : { previousRequestIds, nextRequestIds };
};
