// The second half of run.mjs, loaded once the Node is known to be good. It runs the target in this process, so that
// signals and the terminal reach it directly and the command line costs no second start of Node.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string} name an installed package @returns {string} the file of the command with the package's own name */
function commandOf(name) {
  const folder = join(root, 'node_modules', name);
  /** @type {{ bin?: string | Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[name.replace(/^.*\//, '')];
  if (file === undefined) throw new Error(`${name} has no command`);
  return join(folder, file);
}

const [target, ...rest] = process.argv.slice(2);
if (target === undefined) {
  process.stderr.write('usage: node tools/run.mjs <file or package> [arguments]\n');
  process.exit(2);
}
const isPackage = target.startsWith('@') || !/[/\\]/.test(target);
const file = isPackage ? commandOf(target) : resolve(root, target);
if (!existsSync(file)) {
  process.stderr.write(`${target} does not exist\n`);
  process.exit(1);
}

// npm runs scripts in the package's folder; the paths a person types are relative to where they typed them.
const typedIn = process.env['INIT_CWD'];
if (process.env['npm_lifecycle_event'] === 'cuebooth' && typedIn !== undefined) process.chdir(typedIn);

process.argv = [process.execPath, file, ...rest];
await import(pathToFileURL(file).href);
