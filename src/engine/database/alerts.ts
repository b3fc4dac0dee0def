/** Alerts: made once for each subject and condition, ended when it is over, kept to look back. */
import type { Alert } from '#contract/account.ts';
import type { WorkspaceId } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface AlertCondition {
  readonly kind: Alert['kind'];
  /** What it is about, within its kind. */
  readonly subject: string;
  readonly level: Alert['level'];
  readonly workspaceSeq: number | null;
  readonly message: string;
  /** Too weak to make an alert, too strong to end one: keeps figures at a limit from ringing again and again. */
  readonly onlyKeeps?: boolean;
}
interface OpenRow {
  readonly seq: number;
  readonly kind: string;
  readonly subject: string;
  readonly level: string;
  readonly message: string;
}

/** Makes the alerts that are new and ends those no longer true, in the caller's transaction. Returns whether anything changed. */
export const updateAlerts = (
  database: WritableDatabase,
  conditions: readonly AlertCondition[],
  nextId: () => string,
  at: number,
): boolean => {
  const open = new Map(
    database
      .prepare<OpenRow>('SELECT seq, kind, subject, level, message FROM alerts WHERE ended_at IS NULL')
      .all()
      .map((row) => [`${row.kind} ${row.subject}`, row]),
  );
  let changed = false;
  for (const { kind, subject, level, workspaceSeq, message, onlyKeeps = false } of conditions) {
    const there = open.get(`${kind} ${subject}`);
    open.delete(`${kind} ${subject}`);
    if (there === undefined) {
      if (onlyKeeps) continue;
      database
        .prepare(
          'INSERT INTO alerts (id, kind, subject, level, workspace_seq, message, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(nextId(), kind, subject, level, workspaceSeq, message, at);
      changed = true;
    } else if (!onlyKeeps && (there.message !== message || there.level !== level)) {
      database.prepare('UPDATE alerts SET message = ?, level = ? WHERE seq = ?').run(message, level, there.seq);
      changed = true;
    }
  }
  for (const { seq } of open.values()) {
    database.prepare('UPDATE alerts SET ended_at = ? WHERE seq = ?').run(at, seq);
    changed = true;
  }
  return changed;
};

/** Newest first; without `all` only what is true and was not dismissed. */
export const listAlerts = (database: ReadableDatabase, { all, limit }: { all: boolean; limit: number }): Alert[] =>
  database
    .prepare<{
      id: string;
      kind: Alert['kind'];
      subject: string;
      level: Alert['level'];
      workspace_id: string | null;
      message: string;
      created_at: number;
      ended_at: number | null;
      dismissed_at: number | null;
    }>(
      `SELECT a.id, a.kind, a.subject, a.level, w.id AS workspace_id, a.message, a.created_at, a.ended_at, a.dismissed_at
       FROM alerts a LEFT JOIN workspaces w ON w.seq = a.workspace_seq
       ${all ? '' : 'WHERE a.ended_at IS NULL AND a.dismissed_at IS NULL'} ORDER BY a.seq DESC LIMIT ?`,
    )
    .all(limit)
    .map((raw) => ({
      id: raw.id,
      kind: raw.kind,
      level: raw.level,
      // A voice is written with its workspace before it, so that two of one id are two subjects.
      subject: raw.subject.slice(raw.subject.indexOf(' ') + 1),
      workspaceId: raw.workspace_id as WorkspaceId | null,
      message: raw.message,
      createdAt: raw.created_at,
      endedAt: raw.ended_at,
      dismissedAt: raw.dismissed_at,
    }));
export const countOpenAlerts = (database: ReadableDatabase): number =>
  database
    .prepare<{ n: number }>('SELECT count(*) AS n FROM alerts WHERE ended_at IS NULL AND dismissed_at IS NULL')
    .get()?.n ?? 0;
/** False when there is no such alert. Dismissing one twice keeps the first time. */
export const dismissAlert = (database: WritableDatabase, id: string, at: number): boolean =>
  database.prepare('UPDATE alerts SET dismissed_at = coalesce(dismissed_at, ?) WHERE id = ?').run(at, id).changes > 0;
/** False when there is no such alert. */
export const restoreAlert = (database: WritableDatabase, id: string): boolean =>
  database.prepare('UPDATE alerts SET dismissed_at = NULL WHERE id = ?').run(id).changes > 0;
