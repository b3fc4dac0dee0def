// Chooses the host of `npm start`. Every way into the web host prints exactly one sentence that says why.

import { join } from 'node:path';
import { buildElectron } from '../build-electron.mjs';
import { buildRenderer } from '../build-renderer.mjs';
import { root, run, runNode } from '../child.mjs';
import { findElectronRuntime, whyNotElectronHere } from '../electron-runtime.mjs';

/**
 * Finds Electron's runtime or fetches it.
 * @returns {Promise<{ executable: string } | { reason: string }>}
 */
async function electron() {
  const forbidden = whyNotElectronHere();
  if (forbidden !== undefined) return { reason: forbidden };
  const present = findElectronRuntime();
  if (present.present) return { executable: present.executable };
  const { fetchElectron } = await import('../fetch-electron.mjs');
  const failure = await fetchElectron();
  if (failure !== undefined) return { reason: `${present.reason} and cannot be fetched (${failure})` };
  const fetched = findElectronRuntime();
  return fetched.present ? { executable: fetched.executable } : { reason: fetched.reason };
}

/** @param {readonly string[]} args @returns {Promise<number>} */
async function start(args) {
  const host = await electron();
  if ('executable' in host) {
    await buildElectron();
    return run(host.executable, [join(root, 'out/main/index.js'), ...args]);
  }
  process.stderr.write(`Cuebooth runs in your browser, because ${host.reason}.\n`);
  await buildRenderer();
  return runNode([join(root, 'src/hosts/cli/main.ts'), 'serve', ...args]);
}

process.exitCode = await start(process.argv.slice(2));
