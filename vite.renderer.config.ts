// The renderer on its own: a production build for the web host and Electron, and the server of `npm run dev`.

import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { licences } from './tools/licences.mjs';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Shared with electron.vite.config.ts, so that both hosts show the same build. */
export const renderer = {
  root: at('./src/renderer'),
  // Both hosts serve the app at the root of an origin: http://127.0.0.1:<port>/ and cuebooth://app/.
  base: '/',
  plugins: [react(), licences()],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: at('./out/renderer'),
    emptyOutDir: true,
    // Electron 45 is Chromium 150 or so; the web host is opened in whatever current browser there is.
    target: 'es2023',
    minify: true,
    sourcemap: false,
    // The content security policy allows no data: scripts or fonts, so every asset stays a file.
    assetsInlineLimit: 0,
    rolldownOptions: { input: at('./src/renderer/index.html') },
  },
} satisfies UserConfig;

export default defineConfig(renderer);
