/** A disk of a few megabytes where this system lets one be mounted, and a user for whom read-only means read-only. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath, getuid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { DiskReport, DiskTask } from './disk-child.ts';

const childFile = fileURLToPath(new URL('disk-child.ts', import.meta.url));
/** As root nothing is read-only and the last blocks of a disk are still there. */
const nobody = getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface SmallDisk {
  /** Anyone may write here. */
  readonly folder: string;
  /** `disk`: a mounted tmpfs that really fills up. `port`: an ordinary folder, because mounting was refused. */
  readonly by: 'disk' | 'port';
  readonly remountReadOnly: () => boolean;
}

const mount = (...args: readonly string[]): boolean => {
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

export const mountSmallDisk = (megabytes: number): SmallDisk => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-disk-'));
  const mounted =
    process.platform === 'linux' &&
    getuid?.() === 0 &&
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0777`, 'tmpfs', folder);
  onTestFinished(() => {
    if (mounted) execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  });
  if (!mounted) chmodSync(folder, 0o777);
  return { folder, by: mounted ? 'disk' : 'port', remountReadOnly: () => mounted && mount('-o', 'remount,ro', folder) };
};

/** A folder of nobody's inside a small disk. */
export const libraryOn = (disk: SmallDisk): string => {
  const folder = join(disk.folder, 'library');
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  return folder;
};

/** Runs a task as an unprivileged user. */
export const runOnDisk = async (task: DiskTask): Promise<DiskReport> => {
  const child = spawn(execPath, ['--no-warnings', childFile, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...nobody,
  });
  let said = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0 || said === '') throw new Error(`The child ended with ${code}: ${complaints}`);
  return JSON.parse(said) as DiskReport;
};
