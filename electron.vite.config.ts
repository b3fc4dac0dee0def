// The Electron build: main process, preload and renderer into out/. Needs no Electron runtime.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { ownModulesByUrl } from './tools/own-modules-by-url.mjs';
import { renderer } from './vite.renderer.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** electron-vite sets a relative base for file:// pages; ours are served at the root of cuebooth://app/. */
const absoluteBase: Plugin = { name: 'cuebooth:absolute-base', enforce: 'post', config: () => ({ base: '/' }) };

export default defineConfig({
  main: {
    plugins: [ownModulesByUrl()],
    build: {
      outDir: at('./out/main'),
      // Packages in `dependencies` stay imports: they are packed beside the bundle, native ones outside the archive.
      rolldownOptions: {
        input: {
          index: at('./electron/main/index.ts'),
          // src/node/maintenance.ts looks for its worker beside itself, so the chunks lie in one folder with it.
          'database-worker': at('./src/node/database-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('./out/preload'),
      // A sandboxed preload can load nothing but 'electron', so it is one CommonJS file with everything inside.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('./electron/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: { ...renderer, plugins: [...renderer.plugins, absoluteBase] },
});
