/** A library of many takes, for what must stay quick when there are many. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaVersion } from '#engine/database/migrate.ts';
import { foundation } from '#engine/database/migrations/0001-foundation.ts';
import type { ClientName } from './bundle.ts';
import { startClient } from './children.ts';
import type { Bench } from './figures.ts';

/** Built once and kept in the system's temp folder until the schema changes. */
export const takesLibrary = async (
  { report }: Bench,
  bundled: (name: ClientName) => string,
  takes: number,
): Promise<string> => {
  const sum = createHash('sha256').update(foundation).digest('hex').slice(0, 8);
  const folder = join(tmpdir(), `cuebooth-bench-takes-${takes}-v${schemaVersion}-${sum}`);
  if (existsSync(folder)) return folder;
  report.note(`making a library of ${takes} takes in ${folder} (kept for the next time) ...`);
  const unfinished = `${folder}.making`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  const { settled } = await startClient<{ readonly settled: number }>(
    bundled,
    'takes-library',
    {
      folder: unfinished,
      takes,
    },
    { deadlineMs: 600_000 },
  ).answer;
  if (settled !== takes) throw new Error(`${settled} of ${takes} takes were made.`);
  renameSync(unfinished, folder);
  return folder;
};
