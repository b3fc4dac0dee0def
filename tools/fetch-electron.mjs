// Fetches Electron's runtime for `npm start`: a quick look whether the download host answers at all, then the download
// with progress, then the electron package's own installer, which verifies and unpacks what is now in its cache.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EnvHttpProxyAgent, request } from 'undici';
import { root, runNode } from './child.mjs';
import { electronVersion } from './electron-runtime.mjs';

const officialMirror = 'https://github.com/electron/electron/releases/download/';
const probeLimitMs = 4_000;
const stallLimitMs = 30_000;

/** The address Electron's runtime comes from; the same variables as @electron/get, of which ELECTRON_MIRROR is the usual. @returns {string} */
export function downloadAddress() {
  const names = ['npm_config_electron_mirror', 'NPM_CONFIG_ELECTRON_MIRROR', 'ELECTRON_MIRROR'];
  const mirror = names.map((name) => process.env[name]).find((value) => value !== undefined && value !== '');
  const version = electronVersion();
  return `${mirror ?? officialMirror}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

/**
 * Asks for the head of an address, following up to five redirects, within four seconds in all.
 * @param {string} address
 * @param {number} [limitMs]
 * @returns {Promise<string | undefined>} why it cannot be reached, or undefined when it can
 */
export async function whyUnreachable(address, limitMs = probeLimitMs) {
  const host = new URL(address).host;
  const signal = AbortSignal.timeout(limitMs);
  const dispatcher = new EnvHttpProxyAgent({ connectTimeout: limitMs });
  try {
    let next = address;
    for (let hop = 0; hop < 5; hop += 1) {
      const answer = await request(next, { method: 'HEAD', dispatcher, signal });
      answer.body.on('error', () => undefined).resume();
      const location = answer.headers['location'];
      if (answer.statusCode < 300) return undefined;
      if (answer.statusCode >= 400 || typeof location !== 'string') return `${host} answered ${answer.statusCode}`;
      next = new URL(location, next).href;
    }
    return `${host} redirects without end`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `${host} cannot be found from here`;
    if (code === 'ECONNREFUSED') return `${host} refuses the connection`;
    if (signal.aborted || /TIMEOUT/.test(code)) return `${host} does not answer`;
    return `${host} cannot be reached`;
  } finally {
    // destroy, not close: a close would wait for the very connection that does not answer
    await dispatcher.destroy();
  }
}

/**
 * Downloads the archive into Electron's own cache, drawing progress on a terminal; gives up when nothing arrives for 30 s.
 * @returns {Promise<void>}
 */
async function download() {
  const fromElectron = createRequire(join(root, 'node_modules', 'electron', 'package.json'));
  const { downloadArtifact } = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href);
  const stalled = new AbortController();
  const giveUp = () => stalled.abort(new Error('the download stalled'));
  let timer = setTimeout(giveUp, stallLimitMs);
  let shown = -1;
  /** @param {{ transferred: number, total: number | null, percent: number }} progress */
  const getProgressCallback = (progress) => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, stallLimitMs);
    const percent = Math.floor(progress.percent * 100);
    if (percent === shown) return;
    shown = percent;
    const megabytes = Math.round(progress.transferred / 1e6);
    if (process.stderr.isTTY) process.stderr.write(`\rFetching Electron: ${percent} % (${megabytes} MB)`);
    else if (percent % 25 === 0) process.stderr.write(`Fetching Electron: ${percent} %\n`);
  };
  try {
    await downloadArtifact({
      version: electronVersion(),
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: fromElectron('./checksums.json'),
      downloadOptions: { quiet: true, getProgressCallback, signal: stalled.signal },
    });
  } finally {
    clearTimeout(timer);
    if (shown >= 0 && process.stderr.isTTY) process.stderr.write('\n');
  }
}

/**
 * Brings Electron's runtime onto this machine.
 * @returns {Promise<string | undefined>} why that failed, or undefined when the runtime is there
 */
export async function fetchElectron() {
  const reason = await whyUnreachable(downloadAddress());
  if (reason !== undefined) return reason;
  if (process.env['HTTPS_PROXY'] || process.env['https_proxy']) process.env['ELECTRON_GET_USE_PROXY'] = '1';
  try {
    await download();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const code = await runNode([installer], { env: { ELECTRON_GET_NO_PROGRESS: '1' } });
  return code === 0 ? undefined : `Electron's installer ended with code ${code}`;
}
