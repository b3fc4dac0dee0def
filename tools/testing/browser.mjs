// Finds a Chromium for the e2e tests, and on a machine without one installs it.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { root, run, runNode } from '../child.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    if (folder === undefined) return [];
    return ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((path) =>
      join(folder, path),
    );
  }),
];

/** @returns {string[]} */
function onThePath() {
  if (process.platform === 'win32') return [];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** @returns {string[]} the browser Playwright downloaded for itself, if it did */
function playwrightsOwn() {
  const { chromium } = createRequire(import.meta.url)('playwright');
  return [chromium.executablePath()];
}

/**
 * The browser to test in: CUEBOOTH_CHROMIUM, else the first of PATH, the usual places and Playwright's own.
 * @returns {string | undefined}
 */
export function findBrowser() {
  const chosen = process.env['CUEBOOTH_CHROMIUM'];
  if (chosen) return chosen;
  return [...onThePath(), ...usualPlaces, ...playwrightsOwn()].find((path) => existsSync(path));
}

/** Ubuntu's chromium package is a stub for a snap, which containers cannot run, so what was installed is started once. @returns {boolean} */
function starts(/** @type {string} */ executable) {
  return spawnSync(executable, ['--version'], { timeout: 20_000 }).status === 0;
}

/** @returns {boolean} */
function aptIsOurs() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!/^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release)) return false;
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * Finds a browser, installing one if there is none: through apt as root on Debian and Ubuntu, else through Playwright.
 * @returns {Promise<string | undefined>}
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (aptIsOurs()) {
    const quiet = { env: { DEBIAN_FRONTEND: 'noninteractive' }, stdin: /** @type {const} */ ('ignore') };
    const updated = await run('apt-get', ['update', '-q'], quiet);
    if (updated === 0) await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet);
    const installed = findBrowser();
    if (installed !== undefined && starts(installed)) return installed;
  }
  const cli = join(root, 'node_modules/playwright/cli.js');
  const withLibraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  await runNode([cli, 'install', ...withLibraries, 'chromium'], { stdin: 'ignore' });
  return playwrightsOwn().find((path) => existsSync(path));
}
