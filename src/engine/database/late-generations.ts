/** Calls whose books are open although their job is over: what may still turn up at the vendor. */
import { getGeneration, type GenerationRow } from './generations.ts';
import type { ReadableDatabase } from '../ports.ts';

export interface LateGeneration {
  readonly generation: GenerationRow;
  readonly workspaceSeq: number;
  readonly recipeId: number;
  readonly takeNo: number;
  readonly hash: string;
  readonly canonical: string;
}
/** Those the vendor gave an id, and younger ones that can only be looked for in a history; others cannot be asked for without paying. */
export const listLateGenerations = (
  database: ReadableDatabase,
  createdAfter: number,
  lostAfter: number,
): LateGeneration[] =>
  database
    .prepare<{
      id: string;
      workspace_seq: number;
      recipe_id: number;
      take_no: number;
      hash: string;
      canonical: string;
    }>(
      `SELECT g.id, j.workspace_seq, j.recipe_id, j.take_no, c.hash, c.canonical FROM generations g INDEXED BY generations_unsettled
         JOIN jobs j ON j.seq = g.job_seq JOIN recipes c ON c.id = j.recipe_id
       WHERE g.state <> 'settled' AND g.created_at > ?1
         AND (g.vendor_id IS NOT NULL OR (g.idempotency_key IS NULL AND g.state IN ('submitted', 'accepted', 'unknown') AND g.created_at > ?2)) AND j.state IN ('succeeded', 'failed', 'cancelled')
       ORDER BY g.seq LIMIT 500`,
    )
    .all(createdAfter, lostAfter)
    .flatMap((raw) => {
      const generation = getGeneration(database, raw.id);
      return generation === null
        ? []
        : [
            {
              generation,
              workspaceSeq: raw.workspace_seq,
              recipeId: raw.recipe_id,
              takeNo: raw.take_no,
              hash: raw.hash,
              canonical: raw.canonical,
            },
          ];
    });
