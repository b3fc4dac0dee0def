import type { LexiconEntry, Project, ProjectId } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

/** Auditions belong to no campaign; their books are kept under this one. */
export const auditionsProjectId = 'auditions';

interface Raw {
  readonly id: string;
  readonly name: string;
  readonly created_at: number;
  readonly script_count: number;
}
const select = `SELECT p.id, p.name, p.created_at,
  (SELECT count(*) FROM scripts s WHERE s.project_id = p.id AND s.removed_at IS NULL) AS script_count FROM projects p`;
const fromRaw = (raw: Raw): Project => ({
  id: raw.id as ProjectId,
  name: raw.name,
  createdAt: raw.created_at,
  scriptCount: raw.script_count,
});

export const listProjects = (database: ReadableDatabase): Project[] =>
  database.prepare<Raw>(`${select} ORDER BY p.name`).all().map(fromRaw);
export const getProject = (database: ReadableDatabase, id: string): Project | null => {
  const raw = database.prepare<Raw>(`${select} WHERE p.id = ?`).get(id);
  return raw === undefined ? null : fromRaw(raw);
};
export const getProjectByName = (database: ReadableDatabase, name: string): Project | null => {
  const raw = database.prepare<Raw>(`${select} WHERE p.name = ?`).get(name);
  return raw === undefined ? null : fromRaw(raw);
};
export const insertProject = (database: WritableDatabase, id: string, name: string, at: number): void => {
  database.prepare('INSERT INTO projects (id, name, created_at) VALUES (?, ?, ?)').run(id, name, at);
};

export const renameProject = (database: WritableDatabase, id: string, name: string): void => {
  database.prepare('UPDATE projects SET name = ? WHERE id = ?').run(name, id);
};

export const listLexicon = (database: ReadableDatabase, projectId: string): LexiconEntry[] =>
  database
    .prepare<{ word: string; say: string; language: string | null; case_sensitive: number }>(
      'SELECT word, say, language, case_sensitive FROM lexicon_entries WHERE project_id = ? ORDER BY position',
    )
    .all(projectId)
    .map((raw) => ({ word: raw.word, say: raw.say, language: raw.language, caseSensitive: raw.case_sensitive === 1 }));
export const replaceLexicon = (
  database: WritableDatabase,
  projectId: string,
  entries: readonly LexiconEntry[],
): void => {
  database.prepare('DELETE FROM lexicon_entries WHERE project_id = ?').run(projectId);
  const insert = database.prepare(
    'INSERT INTO lexicon_entries (project_id, position, word, say, language, case_sensitive) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const [position, entry] of entries.entries()) {
    insert.run(projectId, position, entry.word, entry.say, entry.language, entry.caseSensitive ? 1 : 0);
  }
};
