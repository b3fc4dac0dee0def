// Builds Electron's main process, preload and renderer into out/, when they are not built or older than their sources.

import { join } from 'node:path';
import { root, runNode } from './child.mjs';
import { isStale } from './freshness.mjs';

const sources = [
  'src',
  'electron',
  'electron.vite.config.ts',
  'vite.renderer.config.ts',
  'package.json',
  'package-lock.json',
  'tools/licences.mjs',
];

/** @returns {Promise<'built' | 'fresh'>} */
export async function buildElectron() {
  // The renderer is built last, but the web host may have built it alone, so both ends are looked at.
  const outputs = ['out/main/index.js', 'out/renderer/index.html'];
  if (!outputs.some((output) => isStale(output, sources))) return 'fresh';
  const command = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const code = await runNode([command, 'build', '--logLevel', 'warn']);
  if (code !== 0) throw new Error(`electron-vite build ended with code ${code}`);
  return 'built';
}
