// Where Electron's runtime is, and why not, without ever loading the `electron` package: in plain Node that import
// starts a download. The rules are those of node_modules/electron/index.js and install.js.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';

const packageFolder = join(root, 'node_modules', 'electron');

/** @param {string} file @returns {string | undefined} */
function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** The version of the installed `electron` package, or undefined when it is not installed. @returns {string | undefined} */
export function electronVersion() {
  const manifest = read(join(packageFolder, 'package.json'));
  return manifest === undefined ? undefined : JSON.parse(manifest).version;
}

/**
 * @typedef {{ readonly present: true, readonly executable: string }
 *   | { readonly present: false, readonly reason: string }} ElectronRuntime
 */

/** Looks for a downloaded runtime of the right version. @returns {ElectronRuntime} */
export function findElectronRuntime() {
  const version = electronVersion();
  if (version === undefined) return { present: false, reason: 'the electron package is not installed' };
  const program = read(join(packageFolder, 'path.txt'));
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const folder = override ?? join(packageFolder, 'dist');
  const executable = join(folder, program ?? 'electron');
  if (!existsSync(executable)) {
    return { present: false, reason: `Electron's runtime ${version} is not on this machine` };
  }
  const found = read(join(folder, 'version'))?.replace(/^v/, '');
  if (override === undefined && found !== version) {
    return { present: false, reason: `Electron's runtime is ${found ?? 'incomplete'}, and ${version} is needed` };
  }
  return { present: true, executable };
}

/**
 * Why Electron must not or cannot be opened here even if its runtime is present; undefined when nothing speaks against it.
 * @returns {string | undefined}
 */
export function whyNotElectronHere() {
  if (process.env['CUEBOOTH_NO_ELECTRON'] === '1') return 'CUEBOOTH_NO_ELECTRON is set';
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) {
    return 'Electron cannot keep its sandbox for the root user, and Cuebooth never runs without the sandbox';
  }
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no desktop session here';
  return undefined;
}

/**
 * Why the e2e tests cannot run in Electron here; undefined when they can. Tests do not run
 * without the sandbox either.
 * @returns {string | undefined}
 */
export function whyNoElectronTests() {
  const runtime = findElectronRuntime();
  return runtime.present ? whyNotElectronHere() : runtime.reason;
}
