/** What an order asks for, item by item, and how far each is. */
import type { JobId, JobState, LineId, RecipeHash, RenderItem, TakeId } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export const insertItem = (
  database: WritableDatabase,
  item: {
    readonly renderSeq: number;
    readonly position: number;
    readonly variant: string;
    readonly lineId: string | null;
    readonly linePosition: number;
    readonly character: string;
    readonly recipeId: number;
    readonly takeNo: number;
    readonly leadingPauseMs: number;
    readonly trailingPauseMs: number;
  },
): void => {
  database
    .prepare(
      `INSERT INTO render_items (render_seq, position, variant, line_id, line_position, character, recipe_id, take_no, leading_pause_ms, trailing_pause_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      item.renderSeq,
      item.position,
      item.variant,
      item.lineId,
      item.linePosition,
      item.character,
      item.recipeId,
      item.takeNo,
      item.leadingPauseMs,
      item.trailingPauseMs,
    );
};
/** The unit's job that decides its state, for an item without a take. */
const deciding = `coalesce(
           (SELECT seq FROM jobs o WHERE o.recipe_id = i.recipe_id AND o.take_no = i.take_no AND o.state IN ('queued', 'running', 'uncertain')),
           (SELECT max(seq) FROM jobs o WHERE o.recipe_id = i.recipe_id AND o.take_no = i.take_no AND o.state IN ('failed', 'cancelled')))`;

export const listItems = (
  database: ReadableDatabase,
  renderSeq: number,
  after: number,
  limit: number,
  only: { readonly states?: readonly JobState[] | undefined; readonly variant?: string | undefined } = {},
): RenderItem[] =>
  database
    .prepare<{
      position: number;
      variant: string;
      line_id: string | null;
      line_position: number;
      character: string;
      text: string;
      hash: string;
      take_no: number;
      leading_pause_ms: number;
      trailing_pause_ms: number;
      take_id: string | null;
      job_id: string | null;
      job_state: JobState | null;
      error_code: string | null;
      error_message: string | null;
    }>(
      `SELECT i.position, i.variant, i.line_id, i.line_position, i.character, c.text, c.hash, i.take_no, i.leading_pause_ms, i.trailing_pause_ms,
         t.id AS take_id, j.id AS job_id, j.state AS job_state, j.error_code, j.error_message
       FROM render_items i JOIN recipes c ON c.id = i.recipe_id
         LEFT JOIN takes t ON t.recipe_id = i.recipe_id AND t.take_no = i.take_no
         LEFT JOIN jobs j ON t.seq IS NULL AND j.seq = ${deciding}
       WHERE i.render_seq = ?1 AND i.position > ?2
         AND (?5 IS NULL OR i.variant = ?5)
         AND (?4 IS NULL OR CASE WHEN t.seq IS NULL THEN coalesce(j.state, 'cancelled') ELSE 'succeeded' END IN (SELECT value FROM json_each(?4)))
       ORDER BY i.position LIMIT ?3`,
    )
    .all(renderSeq, after, limit, only.states === undefined ? null : JSON.stringify(only.states), only.variant ?? null)
    .map((raw) => ({
      position: raw.position,
      variant: raw.variant,
      lineId: raw.line_id as LineId | null,
      linePosition: raw.line_position,
      character: raw.character,
      text: raw.text,
      recipeHash: raw.hash as RecipeHash,
      takeNo: raw.take_no,
      leadingPauseMs: raw.leading_pause_ms,
      trailingPauseMs: raw.trailing_pause_ms,
      state: raw.take_id === null ? (raw.job_state ?? 'cancelled') : 'succeeded',
      jobId: raw.job_id as JobId | null,
      takeId: raw.take_id as TakeId | null,
      error: raw.error_code === null ? null : { code: raw.error_code, message: raw.error_message ?? '' },
    }));

/** States alone, page by page, to be counted by variant. */
export const listItemStates = (
  database: ReadableDatabase,
  renderSeq: number,
  after: number,
  limit: number,
): { readonly position: number; readonly variant: string; readonly state: JobState }[] =>
  database
    .prepare<{ position: number; variant: string; state: JobState }>(
      `SELECT i.position, i.variant, CASE WHEN t.seq IS NULL THEN coalesce(j.state, 'cancelled') ELSE 'succeeded' END AS state
       FROM render_items i LEFT JOIN takes t ON t.recipe_id = i.recipe_id AND t.take_no = i.take_no
         LEFT JOIN jobs j ON t.seq IS NULL AND j.seq = ${deciding}
       WHERE i.render_seq = ? AND i.position > ? ORDER BY i.position LIMIT ?`,
    )
    .all(renderSeq, after, limit);
