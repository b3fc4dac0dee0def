/** Verified copies of the database in `backups/`. A file has its final name only after it was read back whole. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolderSync } from './folder-sync.ts';
import type { Maintenance } from './maintenance.ts';

export interface BackupFile {
  /** Absolute path. */
  readonly file: string;
  readonly bytes: number;
  readonly createdAt: number;
  /** `daily`, `manual`, `before-migration`, `before-repair` ... */
  readonly reason: string;
}
export interface Backups {
  /** Newest first. */
  list(): readonly BackupFile[];
  /** At most one a calendar day; null when today's is there. */
  ensureDaily(): Promise<BackupFile | null>;
  /** Always makes one; for example `migration`, `repair`. */
  before(reason: string): Promise<BackupFile>;
  make(): Promise<BackupFile>;
}

/** Kept of the daily ones, and again of all others, so that a day of repairs does not push a good week out. */
const kept = 7;
const name = /^library-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z-([a-z-]+)\.db$/;

export const backupFolder = (folder: string): string => join(folder, 'backups');

/** Newest first; empty where there is no such folder. */
export const listBackups = (folder: string): readonly BackupFile[] => {
  const where = backupFolder(folder);
  let names: string[];
  try {
    names = readdirSync(where);
  } catch {
    return [];
  }
  return names
    .flatMap((entry) => {
      const parts = name.exec(entry);
      if (parts === null) return [];
      const [, day, hour, minute, second, ms, reason] = parts;
      const file = join(where, entry);
      const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      return [
        { file, bytes, createdAt: Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`), reason: reason ?? '' },
      ];
    })
    .sort((a, b) => b.createdAt - a.createdAt);
};

const dayOf = (time: number): string => new Date(time).toDateString();

export const createBackups = (folder: string, maintenance: Maintenance, now: () => number = Date.now): Backups => {
  const sync = createFolderSync();
  const where = backupFolder(folder);

  const prune = (): void => {
    const all = listBackups(folder);
    const daily = all.filter((backup) => backup.reason === 'daily');
    const others = all.filter((backup) => backup.reason !== 'daily');
    for (const old of [...daily.slice(kept), ...others.slice(kept)]) rmSync(old.file, { force: true });
    // What a killed backup left behind.
    for (const entry of readdirSync(where)) if (entry.endsWith('.partial')) rmSync(join(where, entry), { force: true });
  };

  const make = async (reason: string): Promise<BackupFile> => {
    await mkdir(where, { recursive: true });
    const createdAt = now();
    const stamp = new Date(createdAt).toISOString().replace(/[:.]/g, '-');
    const made = await maintenance.backup(join(where, `library-${stamp}-${reason}.db`));
    await sync(where);
    prune();
    return { ...made, createdAt, reason };
  };

  let today: Promise<BackupFile | null> | null = null;
  return {
    list: () => listBackups(folder),
    ensureDaily: () => {
      today ??= (async () => {
        const newest = listBackups(folder).find((backup) => backup.reason === 'daily');
        return newest !== undefined && dayOf(newest.createdAt) === dayOf(now()) ? null : make('daily');
      })().finally(() => {
        today = null;
      });
      return today;
    },
    before: (reason) => make(`before-${reason}`),
    make: () => make('manual'),
  };
};
