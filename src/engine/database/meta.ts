import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export const getMeta = (database: ReadableDatabase, name: string): string | null =>
  database.prepare<{ value: string }>('SELECT value FROM meta WHERE name = ?').get(name)?.value ?? null;
export const setMeta = (database: WritableDatabase, name: string, value: string): void => {
  database
    .prepare('INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2')
    .run(name, value);
};
export const countRows = (database: ReadableDatabase): { projects: number; scripts: number; takes: number; openJobs: number } =>
  database
    .prepare<{ projects: number; scripts: number; takes: number; openJobs: number }>(
      `SELECT (SELECT count(*) FROM projects) AS projects, (SELECT count(*) FROM scripts WHERE removed_at IS NULL) AS scripts,
         (SELECT count(*) FROM takes) AS takes, (SELECT count(*) FROM jobs WHERE state IN ('queued', 'running', 'uncertain')) AS openJobs`,
    )
    .get() ?? { projects: 0, scripts: 0, takes: 0, openJobs: 0 };
