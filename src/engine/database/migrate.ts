/** `user_version` counts migrations: one file, one function, one transaction including the bump. */
import { AppError } from '#contract/errors.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import { foundation } from './migrations/0001-foundation.ts';
import { lostCalls } from './migrations/0002-lost-calls.ts';
import { voices } from './migrations/0003-voices.ts';
import { accounts } from './migrations/0004-accounts.ts';
import { history } from './migrations/0005-history.ts';
import { studio } from './migrations/0006-studio.ts';

const migrations: readonly ((database: WritableDatabase) => void)[] = [
  foundation,
  lostCalls,
  voices,
  accounts,
  history,
  studio,
].map((sql) => (database) => database.exec(sql));

/** The schema version this build writes. */
export const schemaVersion = migrations.length;

const versionOf = (database: ReadableDatabase): number =>
  Number(database.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0);

/** How many migrations this database still needs. Throws `library_from_future` and touches nothing when it is newer. */
export const pendingMigrations = (database: ReadableDatabase): number => {
  const version = versionOf(database);
  if (version > schemaVersion) {
    throw new AppError(
      'library_from_future',
      `This library was written by a newer Cuebooth (schema ${version}, this one knows ${schemaVersion}). Nothing was changed. Update Cuebooth, or choose another library.`,
    );
  }
  return schemaVersion - version;
};

/** Brings the database to `upTo`, by default this build's version. */
export const migrate = (database: WritableDatabase, upTo: number = schemaVersion): void => {
  pendingMigrations(database);
  for (let version = versionOf(database); version < upTo; version += 1) {
    const step = migrations[version];
    if (step === undefined) return;
    database.transaction(() => {
      step(database);
      database.exec(`PRAGMA user_version = ${version + 1}`);
    });
  }
};
