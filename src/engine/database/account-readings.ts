/** What vendors said about their accounts, and how the last attempt to ask them went. */
import type { Subscription } from '#contract/account.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import { dayMs } from './utc-day.ts';

/** As adapters read them, in the vendor's billing unit. */
export interface AccountFigures {
  readonly usedCredits: number | null;
  readonly limitCredits: number | null;
  readonly remainingCredits: number | null;
  readonly resetAt: number | null;
  readonly plan: string | null;
  readonly subscription: Subscription | null;
}
export interface StoredReading extends AccountFigures {
  readonly at: number;
}
interface Raw {
  readonly at: number;
  readonly used_credits: number | null;
  readonly limit_credits: number | null;
  readonly remaining_credits: number | null;
  readonly reset_at: number | null;
  readonly plan: string | null;
  readonly subscription: string | null;
}
const columns = 'at, used_credits, limit_credits, remaining_credits, reset_at, plan, subscription';
const newest = 'WHERE workspace_seq = ? ORDER BY at DESC, seq DESC LIMIT 1';

export const latestReading = (database: ReadableDatabase, workspaceSeq: number): StoredReading | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM account_readings ${newest}`).get(workspaceSeq);
  return raw === undefined
    ? null
    : {
        at: raw.at,
        usedCredits: raw.used_credits,
        limitCredits: raw.limit_credits,
        remainingCredits: raw.remaining_credits,
        resetAt: raw.reset_at,
        plan: raw.plan,
        subscription: raw.subscription === null ? null : (JSON.parse(raw.subscription) as Subscription),
      };
};

/** The account's figure as last read, for comparing later: credits used where the vendor tells them, else credits left; null when it was never read. */
export const latestBalance = (database: ReadableDatabase, workspaceSeq: number): number | null =>
  database
    .prepare<{ balance: number | null }>(
      `SELECT coalesce(used_credits, remaining_credits) AS balance FROM account_readings ${newest}`,
    )
    .get(workspaceSeq)?.balance ?? null;

/** When the running period began, if a reading of the period before told its end; epoch ms. */
export const lastResetBefore = (database: ReadableDatabase, workspaceSeq: number, at: number): number | null =>
  database
    .prepare<{ at: number | null }>(
      'SELECT max(reset_at) AS at FROM account_readings WHERE workspace_seq = ? AND reset_at <= ?',
    )
    .get(workspaceSeq, at)?.at ?? null;

/** Ms for which every reading is kept; older ones are thinned to the last of each UTC day. */
const keepAllMs = 2 * dayMs;

/** The newest is kept whole; of those before it the figures alone. */
export const insertReading = (
  database: WritableDatabase,
  workspaceSeq: number,
  reading: AccountFigures,
  at: number,
): void => {
  database
    .prepare('UPDATE account_readings SET subscription = NULL WHERE workspace_seq = ? AND subscription IS NOT NULL')
    .run(workspaceSeq);
  database
    .prepare(
      `INSERT INTO account_readings (workspace_seq, at, used_credits, limit_credits, remaining_credits, reset_at, plan, subscription)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      workspaceSeq,
      at,
      reading.usedCredits,
      reading.limitCredits,
      reading.remainingCredits,
      reading.resetAt,
      reading.plan,
      reading.subscription === null ? null : JSON.stringify(reading.subscription),
    );
  // Only the days that left the window since the last reading: what is older was thinned then.
  database
    .prepare(
      `DELETE FROM account_readings WHERE workspace_seq = ?1 AND at < ?2 AND at >= ?2 - 40 * 86400000 AND EXISTS
         (SELECT 1 FROM account_readings later WHERE later.workspace_seq = ?1
            AND later.at > account_readings.at AND later.at < (account_readings.at / 86400000 + 1) * 86400000)`,
    )
    .run(workspaceSeq, at - keepAllMs);
};

export interface Attempt {
  readonly triedAt: number;
  /** In a row. */
  readonly failures: number;
  readonly error: { readonly code: ErrorCode; readonly message: string } | null;
  readonly historyTriedAt: number | null;
  /** Why the vendor does not let this key read its history; null: it does, or was not asked. */
  readonly historyRefusal: string | null;
}
export const getAttempt = (database: ReadableDatabase, workspaceSeq: number): Attempt | null => {
  const raw = database
    .prepare<{
      tried_at: number;
      failures: number;
      error_code: string | null;
      message: string | null;
      history_tried_at: number | null;
      history_refusal: string | null;
    }>(
      'SELECT tried_at, failures, error_code, message, history_tried_at, history_refusal FROM account_attempts WHERE workspace_seq = ?',
    )
    .get(workspaceSeq);
  return raw === undefined
    ? null
    : {
        triedAt: raw.tried_at,
        failures: raw.failures,
        error: raw.error_code === null ? null : { code: raw.error_code as ErrorCode, message: raw.message ?? '' },
        historyTriedAt: raw.history_tried_at,
        historyRefusal: raw.history_refusal,
      };
};
export const saveAttempt = (database: WritableDatabase, workspaceSeq: number, attempt: Attempt): void => {
  database
    .prepare(
      `INSERT INTO account_attempts (workspace_seq, tried_at, failures, error_code, message, history_tried_at, history_refusal)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (workspace_seq) DO UPDATE SET tried_at = ?2, failures = ?3, error_code = ?4,
         message = ?5, history_tried_at = ?6, history_refusal = ?7`,
    )
    .run(
      workspaceSeq,
      attempt.triedAt,
      attempt.failures,
      attempt.error?.code ?? null,
      attempt.error?.message ?? null,
      attempt.historyTriedAt,
      attempt.historyRefusal,
    );
};
/** Another key or address: what the old one was refused says nothing any more. */
export const forgetAttempt = (database: WritableDatabase, workspaceSeq: number): void => {
  database.prepare('DELETE FROM account_attempts WHERE workspace_seq = ?').run(workspaceSeq);
};
/** The account's figures over a period without the gaps between: the last of each of so many equal stretches, oldest first. */
export const listReadings = (
  database: ReadableDatabase,
  workspaceSeq: number,
  range: { readonly from: number; readonly to: number; readonly points: number },
): Pick<StoredReading, 'at' | 'usedCredits' | 'limitCredits' | 'remainingCredits' | 'resetAt'>[] =>
  database
    .prepare<Pick<StoredReading, 'at' | 'usedCredits' | 'limitCredits' | 'remainingCredits' | 'resetAt'>>(
      // With max() the other columns are those of the row it is found in.
      `SELECT max(at) AS at, used_credits AS usedCredits, limit_credits AS limitCredits, remaining_credits AS remainingCredits,
         reset_at AS resetAt
       FROM account_readings WHERE workspace_seq = ?1 AND at BETWEEN ?2 AND ?3 GROUP BY CAST((at - ?2) / ?4 AS INTEGER) ORDER BY 1`,
    )
    .all(workspaceSeq, range.from, range.to, Math.max(1, Math.ceil((range.to - range.from + 1) / range.points)));

/** The oldest reading of a period: what the account held when it began, or soon after. */
export const firstReadingSince = (
  database: ReadableDatabase,
  workspaceSeq: number,
  from: number,
): Pick<StoredReading, 'at' | 'remainingCredits'> | null =>
  database
    .prepare<{ at: number; remainingCredits: number | null }>(
      'SELECT at, remaining_credits AS remainingCredits FROM account_readings WHERE workspace_seq = ? AND at >= ? ORDER BY at LIMIT 1',
    )
    .get(workspaceSeq, from) ?? null;
