// A build plugin for Electron's main process. Code run straight by Node starts its worker threads with
// `new Worker(new URL('./peaks-worker.ts', import.meta.url))`. In the bundle that file is gone, so each TypeScript file
// named this way becomes an entry of its own and the URL is rewritten to where the bundle puts it.

import { dirname, posix, resolve } from 'node:path';

const ownModule = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+\.ts)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g;
const placeholder = /__OWN_MODULE_([\w$]+?)__/g;

/** @returns {import('vite').Plugin} */
export function ownModulesByUrl() {
  return {
    name: 'cuebooth:own-modules-by-url',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('import.meta.url')) return null;
      const rewritten = code.replace(ownModule, (_whole, _quote, /** @type {string} */ path) => {
        const reference = this.emitFile({ type: 'chunk', id: resolve(dirname(id), path) });
        return `new URL("__OWN_MODULE_${reference}__", import.meta.url)`;
      });
      return rewritten === code ? null : { code: rewritten, map: null };
    },
    renderChunk(code, chunk) {
      if (!code.includes('__OWN_MODULE_')) return null;
      const folder = posix.dirname(chunk.fileName);
      const rewritten = code.replace(placeholder, (_whole, /** @type {string} */ reference) => {
        const path = posix.relative(folder, this.getFileName(reference));
        return path.startsWith('.') ? path : `./${path}`;
      });
      return { code: rewritten, map: null };
    },
  };
}
