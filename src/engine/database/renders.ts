/** The rows of renders, and which jobs they wait for. */
import type { JobState, ProjectId, Render, RenderId, RenderState, ScriptId, WorkspaceId } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface RenderRow {
  readonly seq: number;
  readonly id: RenderId;
  readonly projectId: ProjectId;
  readonly scriptId: ScriptId | null;
  readonly title: string;
  readonly purpose: 'render' | 'audition';
  readonly state: RenderState;
  readonly takes: number;
  readonly budgetCredits: number | null;
  readonly priority: number;
  readonly person: string;
  readonly machine: string;
  readonly itemCount: number;
  readonly ownedCount: number;
  readonly unitCount: number;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}
interface Raw {
  readonly seq: number;
  readonly id: string;
  readonly project_id: string;
  readonly script_id: string | null;
  readonly title: string;
  readonly purpose: 'render' | 'audition';
  readonly state: RenderState;
  readonly takes: number;
  readonly budget_credits: number | null;
  readonly priority: number;
  readonly person: string;
  readonly machine: string;
  readonly item_count: number;
  readonly owned_count: number;
  readonly unit_count: number;
  readonly created_at: number;
  readonly finished_at: number | null;
}
const columns =
  'seq, id, project_id, script_id, title, purpose, state, takes, budget_credits, priority, person, machine, item_count, owned_count, unit_count, created_at, finished_at';
const fromRaw = (raw: Raw): RenderRow => ({
  seq: raw.seq,
  id: raw.id as RenderId,
  projectId: raw.project_id as ProjectId,
  scriptId: raw.script_id as ScriptId | null,
  title: raw.title,
  purpose: raw.purpose,
  state: raw.state,
  takes: raw.takes,
  budgetCredits: raw.budget_credits,
  priority: raw.priority,
  person: raw.person,
  machine: raw.machine,
  itemCount: raw.item_count,
  ownedCount: raw.owned_count,
  unitCount: raw.unit_count,
  createdAt: raw.created_at,
  finishedAt: raw.finished_at,
});

export const getRender = (database: ReadableDatabase, id: string): RenderRow | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM renders WHERE id = ?`).get(id);
  return raw === undefined ? null : fromRaw(raw);
};
export const getRenderBySeq = (database: ReadableDatabase, seq: number): RenderRow | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM renders WHERE seq = ?`).get(seq);
  return raw === undefined ? null : fromRaw(raw);
};
export const listRenders = (
  database: ReadableDatabase,
  filter: { readonly before: number | null; readonly includeAuditions: boolean; readonly limit: number },
): RenderRow[] =>
  database
    .prepare<Raw>(
      `SELECT ${columns} FROM renders WHERE (?1 IS NULL OR created_at < ?1) AND (?2 = 1 OR purpose = 'render') ORDER BY seq DESC LIMIT ?3`,
    )
    .all(filter.before, filter.includeAuditions ? 1 : 0, filter.limit)
    .map(fromRaw);
/** Renders of which something may be claimed, the most urgent first: of those over a budget only what costs nothing. */
export const listClaimableRenders = (database: ReadableDatabase): RenderRow[] =>
  database
    .prepare<Raw>(`SELECT ${columns} FROM renders WHERE state IN ('active', 'over_budget') ORDER BY priority DESC, seq`)
    .all()
    .map(fromRaw);
export const listUnfinishedRenders = (database: ReadableDatabase): RenderRow[] =>
  database
    .prepare<Raw>(
      `SELECT ${columns} FROM renders WHERE state IN ('preparing', 'active', 'paused', 'over_budget') ORDER BY seq`,
    )
    .all()
    .map(fromRaw);

export const insertRender = (
  database: WritableDatabase,
  row: Omit<RenderRow, 'seq' | 'state' | 'itemCount' | 'ownedCount' | 'unitCount' | 'finishedAt'> & {
    readonly scriptRevision: number | null;
  },
): number =>
  database
    .prepare(
      `INSERT INTO renders (id, project_id, script_id, script_revision, title, purpose, state, takes, budget_credits, priority, person, machine, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'preparing', ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      row.id,
      row.projectId,
      row.scriptId,
      row.scriptRevision,
      row.title,
      row.purpose,
      row.takes,
      row.budgetCredits,
      row.priority,
      row.person,
      row.machine,
      row.createdAt,
    ).lastInsertRowid;
export const setRenderState = (database: WritableDatabase, seq: number, state: RenderState, at: number): void => {
  database
    .prepare(
      `UPDATE renders SET state = ?1, finished_at = CASE WHEN ?1 IN ('done', 'cancelled') THEN coalesce(finished_at, ?2) END WHERE seq = ?3`,
    )
    .run(state, at, seq);
};
/** Nothing of them is sent until somebody lets them go on. Returns how many there are. */
export const pauseOpenRenders = (database: WritableDatabase): number =>
  database.prepare(`UPDATE renders SET state = 'paused' WHERE state IN ('active', 'over_budget')`).run().changes;
export const setRenderCounts = (
  database: WritableDatabase,
  seq: number,
  items: number,
  owned: number,
  units: number,
): void => {
  database
    .prepare('UPDATE renders SET item_count = ?, owned_count = ?, unit_count = ? WHERE seq = ?')
    .run(items, owned, units, seq);
};
export const setRenderBudget = (database: WritableDatabase, seq: number, budgetCredits: number | null): void => {
  database.prepare('UPDATE renders SET budget_credits = ? WHERE seq = ?').run(budgetCredits, seq);
};

export const setRenderPriority = (database: WritableDatabase, seq: number, priority: number): void => {
  database.prepare('UPDATE renders SET priority = ? WHERE seq = ?').run(priority, seq);
};

export const attach = (database: WritableDatabase, renderSeq: number, jobSeq: number): boolean =>
  database
    .prepare('INSERT OR IGNORE INTO render_attachments (render_seq, job_seq) VALUES (?, ?)')
    .run(renderSeq, jobSeq).changes === 1;
export const detach = (database: WritableDatabase, renderSeq: number, jobSeq: number): void => {
  database.prepare('DELETE FROM render_attachments WHERE render_seq = ? AND job_seq = ?').run(renderSeq, jobSeq);
};
/** Another render that wants this job done: an active one first. */
export const findOtherWanting = (
  database: ReadableDatabase,
  jobSeq: number,
): { seq: number; state: RenderState } | null =>
  database
    .prepare<{ seq: number; state: RenderState }>(
      `SELECT r.seq, r.state FROM render_attachments a JOIN renders r ON r.seq = a.render_seq
       WHERE a.job_seq = ? AND r.state IN ('preparing', 'active', 'paused', 'over_budget') ORDER BY r.state = 'active' DESC, r.priority DESC, r.seq LIMIT 1`,
    )
    .get(jobSeq) ?? null;
export const listAttachedRenders = (database: ReadableDatabase, jobSeq: number): number[] =>
  database
    .prepare<{ render_seq: number }>('SELECT render_seq FROM render_attachments WHERE job_seq = ?')
    .all(jobSeq)
    .map((row) => row.render_seq);

export type StateCounts = Readonly<Record<JobState | 'asking', number>>;
/** States of the jobs a render owns or is attached to. */
export const countJobStates = (database: ReadableDatabase, renderSeq: number): StateCounts => {
  const counts = { queued: 0, running: 0, uncertain: 0, succeeded: 0, failed: 0, cancelled: 0, asking: 0 };
  const rows = database
    .prepare<{ state: JobState; n: number }>(
      `SELECT state, count(*) AS n FROM jobs WHERE render_seq = ?1 GROUP BY state
       UNION ALL SELECT j.state, count(*) FROM render_attachments a JOIN jobs j ON j.seq = a.job_seq WHERE a.render_seq = ?1 GROUP BY j.state`,
    )
    .all(renderSeq);
  for (const row of rows) counts[row.state] += row.n;
  if (counts.uncertain > 0) {
    counts.asking =
      database
        .prepare<{ n: number }>(
          `SELECT count(*) AS n FROM jobs WHERE state = 'uncertain' AND resolution = 'ask'
           AND (render_seq = ?1 OR seq IN (SELECT job_seq FROM render_attachments WHERE render_seq = ?1))`,
        )
        .get(renderSeq)?.n ?? 0;
  }
  return counts;
};
export const listRenderErrors = (database: ReadableDatabase, renderSeq: number): Render['errors'] =>
  database
    .prepare<{ code: string; message: string; count: number; failed: number; workspaces: string }>(
      `SELECT error_code AS code, max(error_message) AS message, count(*) AS count, sum(j.state = 'failed') AS failed,
         json_group_array(DISTINCT w.id) AS workspaces FROM jobs j JOIN workspaces w ON w.seq = j.workspace_seq
       WHERE error_code IS NOT NULL AND state IN ('failed', 'uncertain', 'queued')
         AND j.seq IN (SELECT seq FROM jobs WHERE render_seq = ?1 UNION ALL SELECT job_seq FROM render_attachments WHERE render_seq = ?1)
       GROUP BY error_code ORDER BY count DESC`,
    )
    .all(renderSeq)
    .map(({ workspaces, ...cause }) => ({ ...cause, workspaceIds: JSON.parse(workspaces) as WorkspaceId[] }));
