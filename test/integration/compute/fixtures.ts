import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why a test that needs `program` is skipped, or null when the program is there. */
export const whyWithout = (program: string): string | null => {
  const { error } = spawnSync(program, ['-version'], { stdio: 'ignore' });
  return error === undefined ? null : `${program} is not installed on this machine`;
};

/** A folder of its own for one test file. */
export const createTempFolder = (): { readonly path: (name: string) => string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-audio-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
};

export const runFfmpeg = (...args: readonly string[]): string => {
  const run = spawnSync('ffmpeg', ['-hide_banner', '-nostdin', '-y', ...args], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`ffmpeg ended with ${run.status}: ${run.stderr}`);
  return run.stderr;
};
