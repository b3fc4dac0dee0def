/** The names that work is given to. A name that was removed keeps what it approved and heard. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export const listPeople = (database: ReadableDatabase): string[] =>
  database
    .prepare<{ name: string }>('SELECT name FROM people WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE')
    .all()
    .map(({ name }) => name);
export const addPerson = (database: WritableDatabase, name: string, at: number): void => {
  database
    .prepare('INSERT INTO people (name, added_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET removed_at = NULL')
    .run(name, at);
};
export const removePerson = (database: WritableDatabase, name: string, at: number): boolean =>
  database.prepare('UPDATE people SET removed_at = ? WHERE name = ? AND removed_at IS NULL').run(at, name).changes ===
  1;

/** Takes each person has heard to the end, and sounds each is to judge. */
export const countWork = (
  database: ReadableDatabase,
): ReadonlyMap<string, { readonly heard: number; readonly assigned: number }> => {
  const work = new Map<string, { heard: number; assigned: number }>();
  const of = (person: string) => {
    const known = work.get(person) ?? { heard: 0, assigned: 0 };
    work.set(person, known);
    return known;
  };
  for (const { person, n } of database
    .prepare<{ person: string; n: number }>('SELECT person, count(*) AS n FROM take_hearings GROUP BY person')
    .all())
    of(person).heard = n;
  for (const { person, n } of database
    .prepare<{ person: string; n: number }>('SELECT person, count(*) AS n FROM review_assignments GROUP BY person')
    .all())
    of(person).assigned = n;
  return work;
};
