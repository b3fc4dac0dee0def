import type { ProviderId, SettingValue, WorkspaceId } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface WorkspaceRow {
  readonly seq: number;
  readonly id: WorkspaceId;
  readonly provider: ProviderId;
  readonly name: string;
  readonly baseUrl: string | null;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly keyHint: string | null;
  readonly paused: boolean;
  readonly createdAt: number;
}
interface Raw {
  readonly seq: number;
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly base_url: string | null;
  readonly settings: string;
  readonly key_hint: string | null;
  readonly paused: number;
  readonly created_at: number;
}
const columns = 'seq, id, provider, name, base_url, settings, key_hint, paused, created_at';
const fromRaw = (raw: Raw): WorkspaceRow => ({
  seq: raw.seq,
  id: raw.id as WorkspaceId,
  provider: raw.provider as ProviderId,
  name: raw.name,
  baseUrl: raw.base_url,
  settings: JSON.parse(raw.settings) as Record<string, SettingValue>,
  keyHint: raw.key_hint,
  paused: raw.paused === 1,
  createdAt: raw.created_at,
});

export const listWorkspaces = (database: ReadableDatabase): readonly WorkspaceRow[] =>
  database.prepare<Raw>(`SELECT ${columns} FROM workspaces WHERE removed_at IS NULL ORDER BY seq`).all().map(fromRaw);

/** Also finds removed ones: their takes and open questions stay. */
export const getWorkspaceBySeq = (database: ReadableDatabase, seq: number): WorkspaceRow | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM workspaces WHERE seq = ?`).get(seq);
  return raw === undefined ? null : fromRaw(raw);
};
export const getWorkspace = (database: ReadableDatabase, id: string): WorkspaceRow | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM workspaces WHERE id = ? AND removed_at IS NULL`).get(id);
  return raw === undefined ? null : fromRaw(raw);
};
export const getWorkspaceByName = (database: ReadableDatabase, name: string): WorkspaceRow | null => {
  const raw = database
    .prepare<Raw>(`SELECT ${columns} FROM workspaces WHERE name = ? AND removed_at IS NULL`)
    .get(name);
  return raw === undefined ? null : fromRaw(raw);
};

export const insertWorkspace = (
  database: WritableDatabase,
  row: Omit<WorkspaceRow, 'seq' | 'keyHint' | 'paused'>,
): void => {
  database
    .prepare('INSERT INTO workspaces (id, provider, name, base_url, settings, created_at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(row.id, row.provider, row.name, row.baseUrl, JSON.stringify(row.settings), row.createdAt);
};
export const updateWorkspace = (
  database: WritableDatabase,
  row: Pick<WorkspaceRow, 'id' | 'name' | 'baseUrl' | 'settings'>,
): void => {
  database
    .prepare('UPDATE workspaces SET name = ?, base_url = ?, settings = ? WHERE id = ?')
    .run(row.name, row.baseUrl, JSON.stringify(row.settings), row.id);
};
export const setWorkspacePaused = (database: WritableDatabase, id: string, paused: boolean): number =>
  database.prepare('UPDATE workspaces SET paused = ?1 WHERE id = ?2 AND paused <> ?1').run(paused ? 1 : 0, id).changes;
export const setKeyHint = (database: WritableDatabase, id: string, hint: string | null): void => {
  database.prepare('UPDATE workspaces SET key_hint = ? WHERE id = ?').run(hint, id);
};
export const removeWorkspace = (database: WritableDatabase, id: string, at: number): void => {
  database.prepare('UPDATE workspaces SET removed_at = ? WHERE id = ?').run(at, id);
};
export const countOpenJobs = (database: ReadableDatabase, workspaceSeq: number): number =>
  database
    .prepare<{ n: number }>(
      "SELECT count(*) AS n FROM jobs WHERE workspace_seq = ? AND state IN ('queued', 'running', 'uncertain')",
    )
    .get(workspaceSeq)?.n ?? 0;

/** What was learned from answers: price, service time, concurrency. */
export interface Learning {
  readonly creditsPerCharacter: number | null;
  readonly serviceMs: number | null;
  readonly serviceDeviationMs: number | null;
  /** How long a call holds its place until the next may leave. */
  readonly slotMs: number | null;
}
export const getLearning = (database: ReadableDatabase, workspaceSeq: number): Learning => {
  const raw = database
    .prepare<{
      credits_per_character: number | null;
      service_ms: number | null;
      service_deviation_ms: number | null;
      slot_ms: number | null;
    }>(
      'SELECT credits_per_character, service_ms, service_deviation_ms, slot_ms FROM workspace_learning WHERE workspace_seq = ?',
    )
    .get(workspaceSeq);
  return {
    creditsPerCharacter: raw?.credits_per_character ?? null,
    serviceMs: raw?.service_ms ?? null,
    serviceDeviationMs: raw?.service_deviation_ms ?? null,
    slotMs: raw?.slot_ms ?? null,
  };
};
export const saveLearning = (database: WritableDatabase, workspaceSeq: number, learning: Learning): void => {
  database
    .prepare(
      `INSERT INTO workspace_learning (workspace_seq, credits_per_character, service_ms, service_deviation_ms, slot_ms) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT (workspace_seq) DO UPDATE SET credits_per_character = ?2, service_ms = ?3, service_deviation_ms = ?4, slot_ms = ?5`,
    )
    .run(workspaceSeq, learning.creditsPerCharacter, learning.serviceMs, learning.serviceDeviationMs, learning.slotMs);
};
