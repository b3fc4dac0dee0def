/** Every text a script ever had. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export interface RevisionRow {
  readonly revision: number;
  readonly at: number;
  readonly person: string;
  readonly characters: number;
}

/** Belongs into the transaction that writes the script itself. */
export const insertRevision = (
  database: WritableDatabase,
  revision: {
    readonly scriptId: string;
    readonly revision: number;
    readonly source: string;
    readonly person: string;
    readonly at: number;
  },
): void => {
  database
    .prepare('INSERT INTO script_revisions (script_id, revision, source, person, at) VALUES (?, ?, ?, ?, ?)')
    .run(revision.scriptId, revision.revision, revision.source, revision.person, revision.at);
};
/** Newest first. */
export const listRevisions = (database: ReadableDatabase, scriptId: string): RevisionRow[] =>
  database
    .prepare<{ revision: number; at: number; person: string; characters: number }>(
      'SELECT revision, at, person, length(source) AS characters FROM script_revisions WHERE script_id = ? ORDER BY revision DESC',
    )
    .all(scriptId)
    .map((raw) => ({ ...raw }));
export const getRevision = (database: ReadableDatabase, scriptId: string, revision: number): string | null =>
  database
    .prepare<{ source: string }>('SELECT source FROM script_revisions WHERE script_id = ? AND revision = ?')
    .get(scriptId, revision)?.source ?? null;
