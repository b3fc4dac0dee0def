import type { SavedSearch } from '#contract/history.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

interface Raw {
  readonly id: string;
  readonly name: string;
  readonly query: string;
}
const fromRaw = ({ id, name, query }: Raw): SavedSearch => ({
  id,
  name,
  query: JSON.parse(query) as SavedSearch['query'],
});

export const listSavedSearches = (database: ReadableDatabase): SavedSearch[] =>
  database.prepare<Raw>('SELECT id, name, query FROM saved_searches ORDER BY name').all().map(fromRaw);
/** Names differ by more than case. */
export const savedSearchNamed = (database: ReadableDatabase, name: string): SavedSearch | null => {
  const raw = database.prepare<Raw>('SELECT id, name, query FROM saved_searches WHERE name = ?').get(name);
  return raw === undefined ? null : fromRaw(raw);
};
export const putSavedSearch = (database: WritableDatabase, { id, name, query }: SavedSearch, at: number): void => {
  database
    .prepare(
      `INSERT INTO saved_searches (id, name, query, created_at) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (id) DO UPDATE SET name = ?2, query = ?3`,
    )
    .run(id, name, JSON.stringify(query), at);
};
export const removeSavedSearch = (database: WritableDatabase, id: string): void => {
  database.prepare('DELETE FROM saved_searches WHERE id = ?').run(id);
};
