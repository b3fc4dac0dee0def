/**
 * The queue's rows. A claim is one `UPDATE ... RETURNING` with a claim token; every later write of the runner
 * names the token and requires one changed row.
 */
import type { JobId, JobState, Resolution } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { ReadableDatabase, SqlValue, WritableDatabase } from '../ports.ts';

export interface JobRow {
  readonly seq: number;
  readonly id: JobId;
  readonly workspaceSeq: number;
  readonly renderSeq: number;
  readonly kind: 'speech' | 'join';
  readonly recipeId: number;
  readonly takeNo: number;
  readonly state: JobState;
  readonly resolution: Resolution | null;
  readonly claimId: string | null;
  readonly attempts: number;
  readonly retryAt: number | null;
  readonly generationId: string | null;
  readonly heldCredits: number | null;
  readonly errorCode: string | null;
}
export interface JobRaw {
  readonly seq: number;
  readonly id: string;
  readonly workspace_seq: number;
  readonly render_seq: number;
  readonly kind: 'speech' | 'join';
  readonly recipe_id: number;
  readonly take_no: number;
  readonly state: JobState;
  readonly resolution: Resolution | null;
  readonly claim_id: string | null;
  readonly attempts: number;
  readonly retry_at: number | null;
  readonly generation_id: string | null;
  readonly held_credits: number | null;
  readonly error_code: string | null;
}
export const jobColumns =
  'seq, id, workspace_seq, render_seq, kind, recipe_id, take_no, state, resolution, claim_id, attempts, retry_at, generation_id, held_credits, error_code';
export const jobFromRaw = (raw: JobRaw): JobRow => ({
  seq: raw.seq,
  id: raw.id as JobId,
  workspaceSeq: raw.workspace_seq,
  renderSeq: raw.render_seq,
  kind: raw.kind,
  recipeId: raw.recipe_id,
  takeNo: raw.take_no,
  state: raw.state,
  resolution: raw.resolution,
  claimId: raw.claim_id,
  attempts: raw.attempts,
  retryAt: raw.retry_at,
  generationId: raw.generation_id,
  heldCredits: raw.held_credits,
  errorCode: raw.error_code,
});

export const getJob = (database: ReadableDatabase, seq: number): JobRow | null => {
  const raw = database.prepare<JobRaw>(`SELECT ${jobColumns} FROM jobs WHERE seq = ?`).get(seq);
  return raw === undefined ? null : jobFromRaw(raw);
};
export const findOpenJob = (database: ReadableDatabase, recipeId: number, takeNo: number): JobRow | null => {
  const raw = database
    .prepare<JobRaw>(
      `SELECT ${jobColumns} FROM jobs WHERE recipe_id = ? AND take_no = ? AND state IN ('queued', 'running', 'uncertain')`,
    )
    .get(recipeId, takeNo);
  return raw === undefined ? null : jobFromRaw(raw);
};
/** The newest failed or cancelled job of a unit: an order for it again continues there, with its books. */
export const findClosedJob = (database: ReadableDatabase, recipeId: number, takeNo: number): JobRow | null => {
  const raw = database
    .prepare<JobRaw>(
      `SELECT ${jobColumns} FROM jobs WHERE recipe_id = ? AND take_no = ? AND state IN ('failed', 'cancelled') ORDER BY seq DESC LIMIT 1`,
    )
    .get(recipeId, takeNo);
  return raw === undefined ? null : jobFromRaw(raw);
};
export const hasTake = (database: ReadableDatabase, recipeId: number, takeNo: number): boolean =>
  database.prepare('SELECT 1 AS found FROM takes WHERE recipe_id = ? AND take_no = ?').get(recipeId, takeNo) !==
  undefined;
/** The highest take number that is owned or on its way. */
export const lastTakeNo = (database: ReadableDatabase, recipeId: number): number =>
  database
    .prepare<{ n: number | null }>(
      `SELECT max(coalesce((SELECT max(take_no) FROM takes WHERE recipe_id = ?1), 0),
         coalesce((SELECT max(take_no) FROM jobs WHERE recipe_id = ?1 AND state IN ('queued', 'running', 'uncertain')), 0)) AS n`,
    )
    .get(recipeId)?.n ?? 0;

export const insertJob = (
  database: WritableDatabase,
  job: {
    readonly id: string;
    readonly workspaceSeq: number;
    readonly renderSeq: number;
    readonly kind: 'speech' | 'join';
    readonly recipeId: number;
    readonly takeNo: number;
    readonly waitingParts: number;
    readonly heldCredits: number | null;
    readonly at: number;
  },
): number =>
  database
    .prepare(
      `INSERT INTO jobs (id, workspace_seq, render_seq, kind, recipe_id, take_no, state, waiting_parts, held_credits, created_at, updated_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'queued', ?7, ?8, ?9, ?9)`,
    )
    .run(
      job.id,
      job.workspaceSeq,
      job.renderSeq,
      job.kind,
      job.recipeId,
      job.takeNo,
      job.waitingParts,
      job.heldCredits,
      job.at,
    ).lastInsertRowid;

/** Queued jobs of renders that are over, and those of resting renders that a running one wants. */
export const listStranded = (database: ReadableDatabase): number[] =>
  database
    .prepare<{ seq: number }>(
      `SELECT j.seq FROM jobs j INDEXED BY jobs_unit JOIN renders r ON r.seq = j.render_seq
       WHERE j.state IN ('queued', 'running', 'uncertain') AND j.state = 'queued' AND (r.state IN ('cancelled', 'done')
         OR r.state IN ('paused', 'over_budget') AND EXISTS (SELECT 1 FROM render_attachments a JOIN renders o ON o.seq = a.render_seq
           WHERE a.job_seq = j.seq AND o.state = 'active'))`,
    )
    .all()
    .map(({ seq }) => seq);

const requireOne = (changes: number, jobSeq: number): void => {
  if (changes !== 1)
    throw new AppError('conflict', `Job ${jobSeq} is no longer held by this run; its row was left as it is.`);
};
/** A claim as a later write names it. */
export interface HeldClaim {
  readonly seq: number;
  readonly claimId: string;
}
export interface JobChange {
  readonly state: JobState;
  readonly resolution?: Resolution | null;
  readonly retryAt?: number | null;
  readonly attempts?: number;
  readonly generationId?: string | null;
  readonly error?: { readonly code: string; readonly message: string } | null;
  readonly dropHold?: boolean;
}
const assignments = (change: JobChange): { sql: string; values: SqlValue[] } => {
  const parts = [
    'state = ?',
    'claim_id = NULL',
    'resolution = ?',
    'retry_at = ?',
    'error_code = ?',
    'error_message = ?',
  ];
  const values: SqlValue[] = [
    change.state,
    change.resolution ?? null,
    change.retryAt ?? null,
    change.error?.code ?? null,
    change.error?.message ?? null,
  ];
  if (change.attempts !== undefined) {
    parts.push('attempts = ?');
    values.push(change.attempts);
  }
  if (change.generationId !== undefined) {
    parts.push('generation_id = ?');
    values.push(change.generationId);
  }
  if (change.dropHold === true) parts.push('held_credits = NULL');
  return { sql: parts.join(', '), values };
};
/** Ends a claim. Throws `conflict` when the claim is not held any more. */
export const endClaim = (database: WritableDatabase, job: HeldClaim, change: JobChange, at: number): void => {
  const { sql, values } = assignments(change);
  requireOne(
    database
      .prepare(`UPDATE jobs SET ${sql}, updated_at = ? WHERE seq = ? AND claim_id = ?`)
      .run(...values, at, job.seq, job.claimId).changes,
    job.seq,
  );
};
/** A change by the user or by recovery, from one known state. */
export const changeJob = (
  database: WritableDatabase,
  jobSeq: number,
  from: JobState,
  change: JobChange,
  at: number,
): void => {
  const { sql, values } = assignments(change);
  requireOne(
    database
      .prepare(`UPDATE jobs SET ${sql}, updated_at = ? WHERE seq = ? AND state = ?`)
      .run(...values, at, jobSeq, from).changes,
    jobSeq,
  );
};
export const setGeneration = (database: WritableDatabase, job: HeldClaim, generationId: string): void => {
  requireOne(
    database
      .prepare('UPDATE jobs SET generation_id = ? WHERE seq = ? AND claim_id = ?')
      .run(generationId, job.seq, job.claimId).changes,
    job.seq,
  );
};
export const setHold = (database: WritableDatabase, jobSeq: number, credits: number): void => {
  database.prepare('UPDATE jobs SET held_credits = ? WHERE seq = ?').run(credits, jobSeq);
};
export const getHold = (database: ReadableDatabase, jobSeq: number): number | null =>
  database.prepare<{ held_credits: number | null }>('SELECT held_credits FROM jobs WHERE seq = ?').get(jobSeq)
    ?.held_credits ?? null;
/** Open jobs of a workspace without a hold, for when its price becomes known. */
export const listWithoutHold = (
  database: ReadableDatabase,
  workspaceSeq: number,
  after: number,
  limit: number,
): { readonly seq: number; readonly renderSeq: number; readonly characters: number }[] =>
  database
    .prepare<{ seq: number; render_seq: number; characters: number }>(
      `SELECT j.seq, j.render_seq, c.characters FROM jobs j JOIN recipes c ON c.id = j.recipe_id
       WHERE j.workspace_seq = ? AND j.seq > ? AND j.kind = 'speech' AND j.held_credits IS NULL AND j.state IN ('queued', 'running', 'uncertain')
       ORDER BY j.seq LIMIT ?`,
    )
    .all(workspaceSeq, after, limit)
    .map((raw) => ({ seq: raw.seq, renderSeq: raw.render_seq, characters: raw.characters }));

export const setOwner = (database: WritableDatabase, jobSeq: number, renderSeq: number): void => {
  database.prepare('UPDATE jobs SET render_seq = ? WHERE seq = ?').run(renderSeq, jobSeq);
};
/** A job that is taken up again runs in the workspace of the order that wants it; the one before may be gone. */
export const setWorkspace = (database: WritableDatabase, jobSeq: number, workspaceSeq: number): void => {
  database.prepare('UPDATE jobs SET workspace_seq = ? WHERE seq = ?').run(workspaceSeq, jobSeq);
};
