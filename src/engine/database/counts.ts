import type { ReadableDatabase } from '../ports.ts';

export const countRows = (
  database: ReadableDatabase,
): { projects: number; scripts: number; takes: number; openJobs: number } =>
  database
    .prepare<{ projects: number; scripts: number; takes: number; openJobs: number }>(
      `SELECT (SELECT count(*) FROM projects) AS projects, (SELECT count(*) FROM scripts WHERE removed_at IS NULL) AS scripts,
         (SELECT count(*) FROM takes) AS takes, (SELECT count(*) FROM jobs WHERE state IN ('queued', 'running', 'uncertain')) AS openJobs`,
    )
    .get() ?? { projects: 0, scripts: 0, takes: 0, openJobs: 0 };
