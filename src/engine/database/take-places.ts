/** Which lines and variants a take's recipe was ordered for. */
import type { LineId, ScriptId } from '#contract/entities.ts';
import type { ReadableDatabase } from '../ports.ts';

export interface OrderedPlace {
  readonly scriptId: ScriptId;
  readonly lineId: LineId;
  readonly variants: readonly string[];
}
/** By the index `render_items_recipe`; scripts and lines that are gone are left out. */
export const listOrderedPlaces = (database: ReadableDatabase, takeId: string): OrderedPlace[] =>
  database
    .prepare<{ scriptId: ScriptId; lineId: LineId; variants: string }>(
      `SELECT r.script_id AS scriptId, i.line_id AS lineId, json_group_array(DISTINCT i.variant) AS variants
       FROM takes t JOIN render_items i ON i.recipe_id = t.recipe_id JOIN renders r ON r.seq = i.render_seq
         JOIN scripts s ON s.id = r.script_id JOIN script_lines l ON l.id = i.line_id
       WHERE t.id = ? AND s.removed_at IS NULL AND l.position IS NOT NULL
       GROUP BY r.script_id, i.line_id`,
    )
    .all(takeId)
    .map(({ variants, ...place }) => ({ ...place, variants: JSON.parse(variants) as string[] }));

export interface TakeName {
  readonly project: string;
  readonly title: string;
  readonly variant: string;
  readonly linePosition: number;
  readonly character: string;
}
/** What it was first ordered as; null for what was made elsewhere. */
export const nameOfTake = (database: ReadableDatabase, takeId: string): TakeName | null =>
  database
    .prepare<TakeName>(
      `SELECT p.name AS project, r.title, i.variant, i.line_position AS linePosition, i.character
       FROM takes t JOIN render_items i ON i.recipe_id = t.recipe_id JOIN renders r ON r.seq = i.render_seq
         JOIN projects p ON p.id = r.project_id
       WHERE t.id = ? ORDER BY r.purpose = 'audition', i.render_seq, i.position LIMIT 1`,
    )
    .get(takeId) ?? null;
