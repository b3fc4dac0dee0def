/** What people note about voices: favourites, aliases, when they were last used, and the palettes of projects. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface VoiceMark {
  readonly voiceId: string;
  readonly favourite: boolean;
  readonly alias: string | null;
  readonly usedAt: number | null;
}

export const listMarks = (database: ReadableDatabase, workspaceSeq: number): VoiceMark[] =>
  database
    .prepare<{ voice_id: string; favourite: number; alias: string | null; used_at: number | null }>(
      'SELECT voice_id, favourite, alias, used_at FROM voice_marks WHERE workspace_seq = ? ORDER BY used_at DESC, voice_id',
    )
    .all(workspaceSeq)
    .map((raw) => ({
      voiceId: raw.voice_id,
      favourite: raw.favourite === 1,
      alias: raw.alias,
      usedAt: raw.used_at,
    }));
/** The last use is not touched. */
export const saveMark = (database: WritableDatabase, workspaceSeq: number, mark: Omit<VoiceMark, 'usedAt'>): void => {
  database
    .prepare(
      `INSERT INTO voice_marks (workspace_seq, voice_id, favourite, alias) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (workspace_seq, voice_id) DO UPDATE SET favourite = ?3, alias = ?4`,
    )
    .run(workspaceSeq, mark.voiceId, mark.favourite ? 1 : 0, mark.alias);
};

export interface VoiceUse {
  readonly workspaceSeq: number;
  readonly voiceId: string;
  /** Epoch ms. */
  readonly at: number;
}
export const usesReadUpTo = (database: ReadableDatabase): number =>
  database.prepare<{ job_seq: number }>('SELECT job_seq FROM voice_uses_read WHERE id = 1').get()?.job_seq ?? 0;
/** The newest job of each voice among the next `limit` jobs after `after`; `upTo` is where the next call goes on. */
export const readUses = (
  database: ReadableDatabase,
  after: number,
  limit: number,
): { readonly upTo: number; readonly uses: readonly VoiceUse[] } => {
  const newest = database.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM jobs').get()?.seq ?? 0;
  const upTo = Math.min(newest, after + limit);
  if (upTo <= after) return { upTo: after, uses: [] };
  const uses = database
    .prepare<{ workspace_seq: number; voice: string; at: number }>(
      `SELECT j.workspace_seq, c.voice, max(j.created_at) AS at FROM jobs j JOIN recipes c ON c.id = j.recipe_id
       WHERE j.seq > ? AND j.seq <= ? AND j.kind = 'speech' AND c.voice <> '' GROUP BY j.workspace_seq, c.voice`,
    )
    .all(after, upTo)
    .map((raw) => ({ workspaceSeq: raw.workspace_seq, voiceId: raw.voice, at: raw.at }));
  return { upTo, uses };
};
export const saveUses = (database: WritableDatabase, upTo: number, uses: readonly VoiceUse[]): void => {
  const save = database.prepare(
    `INSERT INTO voice_marks (workspace_seq, voice_id, used_at) VALUES (?1, ?2, ?3)
     ON CONFLICT (workspace_seq, voice_id) DO UPDATE SET used_at = max(coalesce(used_at, 0), ?3)`,
  );
  for (const { workspaceSeq, voiceId, at } of uses) save.run(workspaceSeq, voiceId, at);
  database.prepare('UPDATE voice_uses_read SET job_seq = ? WHERE id = 1').run(upTo);
};

export interface PaletteEntry {
  readonly workspaceSeq: number;
  readonly voiceId: string;
}
export const listPalette = (database: ReadableDatabase, projectId: string): PaletteEntry[] =>
  database
    .prepare<{ workspace_seq: number; voice_id: string }>(
      'SELECT workspace_seq, voice_id FROM palettes WHERE project_id = ? ORDER BY position',
    )
    .all(projectId)
    .map((raw) => ({ workspaceSeq: raw.workspace_seq, voiceId: raw.voice_id }));
export const replacePalette = (
  database: WritableDatabase,
  projectId: string,
  entries: readonly PaletteEntry[],
): void => {
  database.prepare('DELETE FROM palettes WHERE project_id = ?').run(projectId);
  const insert = database.prepare(
    'INSERT INTO palettes (project_id, position, workspace_seq, voice_id) VALUES (?, ?, ?, ?)',
  );
  for (const [position, entry] of entries.entries()) insert.run(projectId, position, entry.workspaceSeq, entry.voiceId);
};

/** The newest first. */
export const listScriptRevisions = (
  database: ReadableDatabase,
): { readonly id: string; readonly title: string; readonly revision: number }[] =>
  database
    .prepare<{ id: string; title: string; revision: number }>(
      'SELECT id, title, revision FROM scripts WHERE removed_at IS NULL ORDER BY updated_at DESC, id',
    )
    .all();
/** Voices that rows of variant tables name over the cast, each once per script and character. */
export const listVariantVoices = (
  database: ReadableDatabase,
): { readonly scriptId: string; readonly character: string; readonly reference: string }[] =>
  database
    .prepare<{ script_id: string; character: string; reference: string }>(
      `SELECT DISTINCT v.script_id, e.key AS character, e.value AS reference FROM variants v, json_each(v.voices) e
       WHERE v.voices <> '{}' AND e.value <> ''`,
    )
    .all()
    .map((raw) => ({ scriptId: raw.script_id, character: raw.character, reference: raw.reference }));
