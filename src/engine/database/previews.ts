/** Which previews of voices were fetched, and where they lie: `previews/<sha256>.<format>`. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface PreviewKey {
  readonly workspaceSeq: number;
  readonly voiceId: string;
  readonly previewId: string;
}
export interface PreviewRow extends PreviewKey {
  /** Where it came from, without its query. */
  readonly address: string;
  readonly sha256: string;
  readonly format: string;
  readonly bytes: number;
}

export const getPreview = (database: ReadableDatabase, key: PreviewKey): PreviewRow | null => {
  const raw = database
    .prepare<{ address: string; sha256: string; format: string; bytes: number }>(
      'SELECT address, sha256, format, bytes FROM previews WHERE workspace_seq = ? AND voice_id = ? AND preview_id = ?',
    )
    .get(key.workspaceSeq, key.voiceId, key.previewId);
  return raw === undefined ? null : { ...key, ...raw };
};
/** Null for a file that no preview has. */
export const getPreviewFormat = (database: ReadableDatabase, sha256: string): string | null =>
  database.prepare<{ format: string }>('SELECT format FROM previews WHERE sha256 = ? LIMIT 1').get(sha256)?.format ??
  null;
export const savePreview = (database: WritableDatabase, row: PreviewRow): void => {
  database
    .prepare(
      `INSERT INTO previews (workspace_seq, voice_id, preview_id, address, sha256, format, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (workspace_seq, voice_id, preview_id) DO UPDATE SET address = ?4, sha256 = ?5, format = ?6, bytes = ?7`,
    )
    .run(row.workspaceSeq, row.voiceId, row.previewId, row.address, row.sha256, row.format, row.bytes);
};
