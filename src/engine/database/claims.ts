/** Taking jobs: each claim is one `UPDATE ... RETURNING` with a claim token. */
import type { JobId, RecipeHash } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import { jobColumns, jobFromRaw, type JobRaw, type JobRow } from './jobs.ts';

/** A claimed job with what the runner needs of its recipe. */
export interface ClaimedJob {
  readonly seq: number;
  readonly id: JobId;
  readonly claimId: string;
  readonly workspaceSeq: number;
  readonly renderSeq: number;
  readonly kind: 'speech' | 'join';
  readonly recipeId: number;
  readonly takeNo: number;
  readonly attempts: number;
  readonly generationId: string | null;
  readonly heldCredits: number | null;
  readonly hash: RecipeHash;
  readonly canonical: string;
  readonly characters: number;
}
type RawClaim = JobRaw & { readonly hash: string; readonly canonical: string; readonly characters: number };
const claimColumns = `${jobColumns}, (SELECT hash FROM recipes WHERE id = recipe_id) AS hash,
  (SELECT canonical FROM recipes WHERE id = recipe_id) AS canonical, (SELECT characters FROM recipes WHERE id = recipe_id) AS characters`;
const fromClaim = (raw: RawClaim): ClaimedJob => ({
  seq: raw.seq,
  id: raw.id as JobId,
  claimId: raw.claim_id ?? '',
  workspaceSeq: raw.workspace_seq,
  renderSeq: raw.render_seq,
  kind: raw.kind,
  recipeId: raw.recipe_id,
  takeNo: raw.take_no,
  attempts: raw.attempts,
  generationId: raw.generation_id,
  heldCredits: raw.held_credits,
  hash: raw.hash as RecipeHash,
  canonical: raw.canonical,
  characters: raw.characters,
});

/** Takes up to `limit` queued jobs of one render and workspace, oldest first. */
export const claimQueued = (
  database: WritableDatabase,
  claim: {
    readonly workspaceSeq: number;
    readonly renderSeq: number;
    readonly claimId: string;
    readonly limit: number;
    readonly now: number;
    /** Only what is put together here and sent nowhere. */
    readonly joinsOnly?: boolean;
  },
): ClaimedJob[] =>
  database
    .prepare<RawClaim>(
      `UPDATE jobs SET state = 'running', claim_id = ?1, retry_at = NULL, error_code = NULL, error_message = NULL, updated_at = ?2
       WHERE seq IN (SELECT seq FROM jobs WHERE render_seq = ?3 AND workspace_seq = ?4 AND state = 'queued' AND waiting_parts = 0
         AND (?6 = 0 OR kind = 'join') AND (retry_at IS NULL OR retry_at <= ?2) ORDER BY seq LIMIT ?5)
       RETURNING ${claimColumns}`,
    )
    .all(claim.claimId, claim.now, claim.renderSeq, claim.workspaceSeq, claim.limit, claim.joinsOnly === true ? 1 : 0)
    .map(fromClaim)
    .sort((a, b) => a.seq - b.seq);
/** Takes one uncertain job that the engine may settle itself, when its time has come. */
export const claimUncertain = (
  database: WritableDatabase,
  claim: { readonly jobSeq: number; readonly claimId: string; readonly now: number },
): ClaimedJob | null => {
  const raw = database
    .prepare<RawClaim>(
      `UPDATE jobs SET state = 'running', resolution = NULL, claim_id = ?1, retry_at = NULL, updated_at = ?2
       WHERE seq = ?3 AND state = 'uncertain' AND resolution = 'automatic' RETURNING ${claimColumns}`,
    )
    .get(claim.claimId, claim.now, claim.jobSeq);
  return raw === undefined ? null : fromClaim(raw);
};
export const listDueUncertain = (
  database: ReadableDatabase,
  workspaceSeq: number,
  now: number,
  limit: number,
): JobRow[] =>
  database
    .prepare<JobRaw>(
      `SELECT ${jobColumns} FROM jobs WHERE workspace_seq = ? AND state = 'uncertain' AND resolution = 'automatic'
       AND (retry_at IS NULL OR retry_at <= ?) ORDER BY seq LIMIT ?`,
    )
    .all(workspaceSeq, now, limit)
    .map(jobFromRaw);
/** Running rows of a dead process are taken over by this one. */
export const takeOverRunning = (
  database: WritableDatabase,
  jobSeq: number,
  claimId: string,
  now: number,
): ClaimedJob | null => {
  const raw = database
    .prepare<RawClaim>(
      `UPDATE jobs SET claim_id = ?, updated_at = ? WHERE seq = ? AND state = 'running' RETURNING ${claimColumns}`,
    )
    .get(claimId, now, jobSeq);
  return raw === undefined ? null : fromClaim(raw);
};
export const listRunning = (database: ReadableDatabase): JobRow[] =>
  database
    .prepare<JobRaw>(`SELECT ${jobColumns} FROM jobs INDEXED BY jobs_running WHERE state = 'running' ORDER BY seq`)
    .all()
    .map(jobFromRaw);

/** When this workspace's next waiting job is due after `now`; null when none waits for a time. What was due by then was claimed, or may not be. */
export const nextDueAt = (database: ReadableDatabase, workspaceSeq: number, now: number): number | null =>
  database
    .prepare<{ at: number | null }>('SELECT min(retry_at) AS at FROM jobs WHERE workspace_seq = ? AND retry_at > ?')
    .get(workspaceSeq, now)?.at ?? null;
/** Waits of the last process end: its clock may have been another one, and the vendor says again what it wants. */
export const endWaits = (database: WritableDatabase, now: number): void => {
  database.prepare('UPDATE jobs SET retry_at = ?1 WHERE retry_at > ?1').run(now);
};
