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

interface RawEntry {
  readonly word: string;
  readonly say: string;
  readonly alphabet: 'ipa' | 'cmu' | null;
  readonly symbols: string | null;
  readonly language: string | null;
  readonly case_sensitive: number;
}
export const listLexicon = (database: ReadableDatabase, projectId: string): LexiconEntry[] =>
  database
    .prepare<RawEntry>(
      'SELECT word, say, alphabet, symbols, language, case_sensitive FROM lexicon_entries WHERE project_id = ? ORDER BY position',
    )
    .all(projectId)
    .map(({ word, say, alphabet, symbols, language, case_sensitive: keepsCase }) => ({
      word,
      say,
      ...(alphabet === null || symbols === null ? {} : { phonemes: { alphabet, symbols } }),
      language,
      caseSensitive: keepsCase === 1,
    }));
export const replaceLexicon = (
  database: WritableDatabase,
  projectId: string,
  entries: readonly LexiconEntry[],
): void => {
  database.prepare('DELETE FROM lexicon_entries WHERE project_id = ?').run(projectId);
  const insert = database.prepare(
    'INSERT INTO lexicon_entries (project_id, position, word, say, alphabet, symbols, language, case_sensitive) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [position, { word, say, phonemes = null, language, caseSensitive }] of entries.entries()) {
    const sounds = [phonemes?.alphabet ?? null, phonemes?.symbols ?? null] as const;
    insert.run(projectId, position, word, say, ...sounds, language, caseSensitive ? 1 : 0);
  }
};
