/** Clients are bundled as the product is: no compiler at start, no hundred files to read. better-sqlite3 stays outside. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { ownModulesByUrl } from '../../tools/own-modules-by-url.mjs';

const clients = fileURLToPath(new URL('../clients/', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));
/** Inside node_modules, so that the packages left outside are found from there. */
const outDir = fileURLToPath(new URL('../../node_modules/.cache/cuebooth-bench/', import.meta.url));

export type ClientName =
  | 'engine'
  | 'floor'
  | 'p-limit'
  | 'speech-peer'
  | 'queue-ours'
  | 'queue-plainjob'
  | 'queue-raw'
  | 'loop'
  | 'first-page'
  | 'first-page-bare'
  | 'idle'
  | 'takes-library';

/** Builds every client once and gives the path of each. */
export const bundleClients = async (): Promise<(name: ClientName) => string> => {
  const names = readdirSync(clients).filter((name) => name.endsWith('.ts'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [ownModulesByUrl()],
    ssr: { noExternal: true, external: ['better-sqlite3'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node22',
      minify: true,
      rolldownOptions: {
        input: Object.fromEntries(names.map((name) => [basename(name, '.ts'), join(clients, name)])),
        // `.mjs`, because nothing here says which kind of module a `.js` is, and Node would look into each to find out.
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return (name) => join(outDir, `${name}.mjs`);
};
