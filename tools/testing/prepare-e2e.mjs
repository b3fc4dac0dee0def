// Once before all e2e tests: builds what the hosts serve, and says so when the Electron half will be skipped.

import { buildElectron } from '../build-electron.mjs';
import { buildRenderer } from '../build-renderer.mjs';
import { whyNoElectronTests } from '../electron-runtime.mjs';

/** @returns {Promise<void>} */
export default async function prepare() {
  const reason = whyNoElectronTests();
  if (reason === undefined) {
    await buildElectron();
    return;
  }
  await buildRenderer();
  process.stdout.write(`The specs are skipped in Electron: ${reason}.\n`);
}
