// Builds the React app into out/renderer, which the web host serves and Electron loads. Also a command of its own:
// `node tools/build-renderer.mjs [--force]`.

import { onGoodNode } from './check-node.mjs';

/** Builds the renderer if it is not built or older than its sources. @param {{ force?: boolean }} [options] @returns {Promise<'built' | 'fresh'>} */
export async function buildRenderer(options = {}) {
  const { isStale } = await import('./freshness.mjs');
  const sources = [
    'src/renderer',
    'src/client',
    'src/contract',
    'vite.renderer.config.ts',
    'package.json',
    'package-lock.json',
    'tools/licences.mjs',
  ];
  if (options.force !== true && !isStale('out/renderer/index.html', sources)) return 'fresh';
  const { build } = await import('vite');
  const { fileURLToPath } = await import('node:url');
  await build({ configFile: fileURLToPath(new URL('../vite.renderer.config.ts', import.meta.url)), logLevel: 'warn' });
  return 'built';
}

if (process.argv[1]?.endsWith('build-renderer.mjs')) {
  onGoodNode(() => buildRenderer({ force: process.argv.includes('--force') }));
}
