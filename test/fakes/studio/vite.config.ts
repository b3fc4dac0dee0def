// Serves the renderer over the fake engine: `vite --config test/fakes/studio/vite.config.ts`, then /?scene=full|empty|huge.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  server: {
    host: '127.0.0.1',
    port: 4787,
    strictPort: true,
    fs: { allow: [fileURLToPath(new URL('../../../', import.meta.url))] },
  },
});
