/** What is owned, on its way and judged of one recipe, in one look. */
import type { TakeId } from '#contract/entities.ts';
import type { Verdict } from '#contract/review.ts';
import type { ReadableDatabase } from '../ports.ts';

export interface LineStateRow {
  readonly takeId: TakeId | null;
  readonly durationMs: number | null;
  readonly verdict: Verdict | null;
  readonly job: 'queued' | 'running' | 'uncertain' | 'failed' | null;
  readonly hasFirst: boolean;
}

interface Raw {
  readonly hash: string;
  readonly id: string | null;
  readonly duration_ms: number | null;
  readonly verdict: 'approved' | 'rejected' | null;
  readonly open: 'queued' | 'running' | 'uncertain' | null;
  readonly failed: number;
  readonly first: number;
}

/** By hash; one nobody ever asked for is missing. The take is the selected one, else the newest. One statement for many: each look costs a lock. */
export const listLineStates = (
  database: ReadableDatabase,
  recipeHashes: readonly string[],
): ReadonlyMap<string, LineStateRow> =>
  new Map(
    database
      .prepare<Raw>(
        `SELECT r.hash, t.id, t.duration_ms, v.verdict,
         (SELECT j.state FROM jobs j INDEXED BY jobs_unit WHERE j.recipe_id = r.id AND j.state IN ('queued', 'running', 'uncertain')
           ORDER BY j.take_no LIMIT 1) AS open,
         EXISTS (SELECT 1 FROM jobs j INDEXED BY jobs_closed_unit WHERE j.recipe_id = r.id AND j.take_no = 1
           AND j.state IN ('failed', 'cancelled') AND j.state = 'failed') AS failed,
         EXISTS (SELECT 1 FROM takes f WHERE f.recipe_id = r.id AND f.take_no = 1) AS first
       FROM json_each(?) w JOIN recipes r ON r.hash = w.value
       LEFT JOIN takes t ON t.seq = coalesce((SELECT s.take_seq FROM selections s WHERE s.recipe_id = r.id),
         (SELECT n.seq FROM takes n WHERE n.recipe_id = r.id ORDER BY n.take_no DESC LIMIT 1))
       LEFT JOIN take_verdicts v ON v.take_seq = t.seq`,
      )
      .all(JSON.stringify(recipeHashes))
      .map((raw) => [
        raw.hash,
        {
          takeId: raw.id as TakeId | null,
          durationMs: raw.duration_ms,
          verdict: raw.id === null ? null : (raw.verdict ?? 'open'),
          job: raw.open ?? (raw.failed === 1 ? 'failed' : null),
          hasFirst: raw.first === 1,
        },
      ]),
  );
