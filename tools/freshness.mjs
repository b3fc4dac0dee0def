// Whether something that was built is older than what it was built from.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';

/** @param {string} path @returns {number} the newest change in a file or folder, in epoch ms; 0 when it does not exist */
function newestChange(path) {
  if (!existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  // A folder's own time changes when a file in it is removed or renamed.
  const inside = readdirSync(path).map((name) => newestChange(join(path, name)));
  return Math.max(stats.mtimeMs, ...inside);
}

/**
 * True when `output` is missing or older than anything in `sources`; all paths are relative to the repository.
 * @param {string} output
 * @param {readonly string[]} sources
 * @returns {boolean}
 */
export function isStale(output, sources) {
  const built = join(root, output);
  if (!existsSync(built)) return true;
  const builtAt = statSync(built).mtimeMs;
  return sources.some((source) => newestChange(join(root, source)) > builtAt);
}
