/** Jobs as people see them. */
import type {
  GenerationId,
  GenerationState,
  Job,
  JobId,
  JobState,
  RecipeHash,
  RenderId,
  Resolution,
  WorkspaceId,
} from '#contract/entities.ts';
import type { ReadableDatabase, SqlValue } from '../ports.ts';

interface Raw {
  readonly seq: number;
  readonly id: string;
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly render_id: string;
  readonly kind: 'speech' | 'join';
  readonly hash: string;
  readonly take_no: number;
  readonly text: string;
  readonly voice: string;
  readonly state: JobState;
  readonly resolution: Resolution | null;
  readonly attempts: number;
  readonly retry_at: number | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly generation_id: string | null;
  readonly generation_state: GenerationState | null;
  readonly idempotency_key: string | null;
  readonly vendor_id: string | null;
  readonly request_id: string | null;
  readonly submitted_at: number | null;
  readonly charged_credits: number | null;
  readonly estimate_credits: number | null;
}
const fromRaw = (raw: Raw): Job & { seq: number } => ({
  seq: raw.seq,
  id: raw.id as JobId,
  workspaceId: raw.workspace_id as WorkspaceId,
  workspaceName: raw.workspace_name,
  renderId: raw.render_id as RenderId,
  kind: raw.kind,
  recipeHash: raw.hash as RecipeHash,
  takeNo: raw.take_no,
  text: raw.text,
  voice: raw.voice,
  state: raw.state,
  resolution: raw.resolution,
  attempts: raw.attempts,
  retryAt: raw.retry_at,
  error: raw.error_code === null ? null : { code: raw.error_code, message: raw.error_message ?? '' },
  generation:
    raw.generation_id === null || raw.generation_state === null
      ? null
      : {
          id: raw.generation_id as GenerationId,
          state: raw.generation_state,
          idempotencyKey: raw.idempotency_key,
          vendorId: raw.vendor_id,
          requestId: raw.request_id,
          submittedAt: raw.submitted_at,
          chargedCredits: raw.charged_credits,
          estimateCredits: raw.estimate_credits,
          evidence: [],
        },
  createdAt: raw.created_at,
  updatedAt: raw.updated_at,
});

export interface JobFilter {
  readonly states?: readonly JobState[] | undefined;
  readonly renderId?: string | undefined;
  readonly workspaceId?: string | undefined;
  readonly jobIds?: readonly string[] | undefined;
  /** Only jobs whose last trouble was this. */
  readonly errorCode?: string | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}
const whereOf = (filter: JobFilter): { sql: string; values: SqlValue[] } => {
  const where: string[] = ['1 = 1'];
  const values: SqlValue[] = [];
  if (filter.states !== undefined) {
    where.push('j.state IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(filter.states));
  }
  if (filter.jobIds !== undefined) {
    where.push('j.id IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(filter.jobIds));
  }
  if (filter.errorCode !== undefined) {
    where.push('j.error_code = ?');
    values.push(filter.errorCode);
  }
  if (filter.renderId !== undefined) {
    where.push(
      '(j.render_seq = (SELECT seq FROM renders WHERE id = ?) OR j.seq IN (SELECT job_seq FROM render_attachments WHERE render_seq = (SELECT seq FROM renders WHERE id = ?)))',
    );
    values.push(filter.renderId, filter.renderId);
  }
  if (filter.workspaceId !== undefined) {
    where.push('j.workspace_seq = (SELECT seq FROM workspaces WHERE id = ?)');
    values.push(filter.workspaceId);
  }
  if (filter.after !== undefined) {
    where.push('j.seq > ?');
    values.push(filter.after);
  }
  return { sql: where.join(' AND '), values };
};

export const listJobs = (database: ReadableDatabase, filter: JobFilter): (Job & { seq: number })[] => {
  const { sql, values } = whereOf(filter);
  return database
    .prepare<Raw>(
      `SELECT j.seq, j.id, w.id AS workspace_id, w.name AS workspace_name, r.id AS render_id, j.kind, c.hash, j.take_no, c.text, c.voice,
         j.state, j.resolution, j.attempts, j.retry_at, j.error_code, j.error_message, j.created_at, j.updated_at,
         g.id AS generation_id, g.state AS generation_state, g.idempotency_key, g.vendor_id, g.request_id, g.submitted_at, g.charged_credits, g.estimate_credits
       FROM jobs j JOIN workspaces w ON w.seq = j.workspace_seq JOIN renders r ON r.seq = j.render_seq
         JOIN recipes c ON c.id = j.recipe_id LEFT JOIN generations g ON g.id = j.generation_id
       WHERE ${sql} ORDER BY j.seq LIMIT ?`,
    )
    .all(...values, filter.limit)
    .map(fromRaw);
};
/** Row numbers alone, for changes to many. */
export const listJobSeqs = (
  database: ReadableDatabase,
  filter: JobFilter,
): { readonly seq: number; readonly state: JobState }[] => {
  const { sql, values } = whereOf(filter);
  return database
    .prepare<{ seq: number; state: JobState }>(`SELECT j.seq, j.state FROM jobs j WHERE ${sql} ORDER BY j.seq LIMIT ?`)
    .all(...values, filter.limit);
};

/** Ended calls that a retry would make again, with what they would send: by keyset. */
export const listRetryCalls = (
  database: ReadableDatabase,
  filter: JobFilter,
): { readonly seq: number; readonly workspaceSeq: number; readonly canonical: string }[] => {
  const { sql, values } = whereOf({ ...filter, states: ['failed', 'cancelled'] });
  return database
    .prepare<{ seq: number; workspaceSeq: number; canonical: string }>(
      `SELECT j.seq, j.workspace_seq AS workspaceSeq, c.canonical FROM jobs j JOIN recipes c ON c.id = j.recipe_id
       WHERE ${sql} AND j.kind = 'speech' ORDER BY j.seq LIMIT ?`,
    )
    .all(...values, filter.limit);
};

export interface WorkspaceTally {
  readonly workspaceSeq: number;
  readonly queued: number;
  readonly running: number;
  readonly uncertain: number;
  readonly asking: number;
}
/** Open jobs by workspace. */
export const tallyOpenJobs = (database: ReadableDatabase): WorkspaceTally[] =>
  database
    .prepare<{ workspace_seq: number; queued: number; running: number; uncertain: number; asking: number }>(
      // Of a cancelled render, too, something may be in flight or wait for a person.
      `SELECT workspace_seq, sum(queued) AS queued, sum(running) AS running, sum(uncertain) AS uncertain, sum(asking) AS asking FROM (
         SELECT j.workspace_seq, count(*) AS queued, 0 AS running, 0 AS uncertain, 0 AS asking FROM renders r JOIN jobs j ON j.render_seq = r.seq
           WHERE r.state IN ('preparing', 'active', 'paused', 'over_budget') AND j.state = 'queued' GROUP BY j.workspace_seq
         UNION ALL SELECT workspace_seq, 0, count(*), 0, 0 FROM jobs INDEXED BY jobs_running WHERE state = 'running' GROUP BY workspace_seq
         UNION ALL SELECT workspace_seq, 0, 0, count(*), sum(resolution = 'ask') FROM jobs INDEXED BY jobs_uncertain WHERE state = 'uncertain' GROUP BY workspace_seq)
       GROUP BY workspace_seq`,
    )
    .all()
    .map((raw) => ({ ...raw, workspaceSeq: raw.workspace_seq }));

/** Whether anything a render waits for is still open. */
export const hasOpenJobs = (database: ReadableDatabase, renderSeq: number): boolean =>
  database
    .prepare(
      `SELECT 1 AS found FROM jobs WHERE render_seq = ?1 AND state IN ('queued', 'running', 'uncertain')
       UNION ALL SELECT 1 FROM render_attachments a JOIN jobs j ON j.seq = a.job_seq
         WHERE a.render_seq = ?1 AND j.state IN ('queued', 'running', 'uncertain') LIMIT 1`,
    )
    .get(renderSeq) !== undefined;
