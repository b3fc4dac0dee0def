/** How far each vendor's history was read, and which stretches of it are still to be read. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface SyncRow {
  /** Epoch ms of the newest and the oldest item read so far. */
  readonly newestAt: number | null;
  readonly oldestAt: number | null;
  readonly readAt: number;
}
export const getSync = (database: ReadableDatabase, workspaceSeq: number): SyncRow | null =>
  database
    .prepare<SyncRow>(
      'SELECT newest_at AS newestAt, oldest_at AS oldestAt, read_at AS readAt FROM history_syncs WHERE workspace_seq = +?',
    )
    .get(workspaceSeq) ?? null;
/** Widens what was read by a page. */
export const saveSync = (
  database: WritableDatabase,
  workspaceSeq: number,
  page: { readonly newestAt: number | null; readonly oldestAt: number | null; readonly at: number },
): void => {
  database
    .prepare(
      `INSERT INTO history_syncs (workspace_seq, newest_at, oldest_at, read_at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (workspace_seq) DO UPDATE SET newest_at = max(coalesce(newest_at, ?2), coalesce(?2, newest_at)),
         oldest_at = min(coalesce(oldest_at, ?3), coalesce(?3, oldest_at)), read_at = +?4`,
    )
    .run(workspaceSeq, page.newestAt, page.oldestAt, page.at);
};

/** A stretch that begins at the cursor (null: at the newest item) and goes into the past until `untilAt`, or to the beginning. */
export interface Gap {
  readonly seq: number;
  readonly cursor: string | null;
  /** Epoch ms: everything older is known. */
  readonly untilAt: number | null;
  /** Its cursor led nowhere, and it is read once more from its top. */
  readonly again: boolean;
}
/** The newest first. */
export const listGaps = (database: ReadableDatabase, workspaceSeq: number): Gap[] =>
  database
    .prepare<Omit<Gap, 'again'> & { readonly again: number }>(
      'SELECT seq, cursor, until_at AS untilAt, again FROM history_gaps WHERE workspace_seq = +? ORDER BY seq DESC',
    )
    .all(workspaceSeq)
    .map((raw) => ({ ...raw, again: raw.again === 1 }));
export const insertGap = (
  database: WritableDatabase,
  workspaceSeq: number,
  gap: Pick<Gap, 'cursor' | 'untilAt'>,
): number =>
  database
    .prepare('INSERT INTO history_gaps (workspace_seq, cursor, until_at) VALUES (?, ?, ?)')
    .run(workspaceSeq, gap.cursor, gap.untilAt).lastInsertRowid;
export const moveGap = (database: WritableDatabase, seq: number, cursor: string | null, again: boolean): void => {
  database.prepare('UPDATE history_gaps SET cursor = ?, again = ? WHERE seq = +?').run(cursor, again ? 1 : 0, seq);
};
export const restartGap = (database: WritableDatabase, seq: number): void => {
  database.prepare('UPDATE history_gaps SET cursor = NULL, again = 1 WHERE seq = +?').run(seq);
};
export const closeGap = (database: WritableDatabase, seq: number): void => {
  database.prepare('DELETE FROM history_gaps WHERE seq = +?').run(seq);
};
