// The licences of everything that Cuebooth is built from, as one JSON file beside the renderer: what runs beside it comes from
// the lock file, what is in it from the bundle itself.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './child.mjs';

export const licencesName = 'licences.json';

/** @typedef {{ name: string, version: string, licence: string, text: string | null }} Licence */

/** @param {string} path @returns {any} */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** @param {string} folder @returns {Licence | null} */
function licenceOf(folder) {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return null;
  const { name, version, license, private: own } = readJson(file);
  if (typeof name !== 'string' || own === true) return null;
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|copying|notice)(\.|-|$)/i.test(entry) && !/\.(js|ts|json)$/i.test(entry))
    .sort()
    .map((entry) => readFileSync(join(folder, entry), 'utf8').trim());
  return {
    name,
    version: String(version ?? ''),
    licence: typeof license === 'string' ? license : String(license?.type ?? ''),
    text: texts.length === 0 ? null : texts.join('\n\n'),
  };
}

/** Folders of the packages that are shipped beside the bundle and lie on this disk. @returns {string[]} */
function shippedPackages() {
  const { packages } = readJson(join(root, 'package-lock.json'));
  return Object.entries(packages)
    .filter(([path, about]) => path.includes('node_modules/') && !about.dev && !about.devOptional && !about.link)
    .map(([path]) => join(root, path))
    .filter((path) => existsSync(path));
}

/** The folder of the package that a module belongs to. @param {string} id @returns {string | null} */
export function packageOf(id) {
  const path = id.replace(/^\0/, '').split('?')[0]?.replaceAll('\\', '/') ?? '';
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  return found?.[1] ?? null;
}

/**
 * @param {Iterable<string>} moduleIds what the bundle holds
 * @returns {Licence[]} by name, each version once
 */
export function collectLicences(moduleIds) {
  const bundled = [...moduleIds].map(packageOf).filter((folder) => folder !== null);
  /** @type {Map<string, Licence>} */
  const found = new Map();
  for (const folder of new Set([...shippedPackages(), ...bundled])) {
    const licence = licenceOf(folder);
    if (licence !== null) found.set(`${licence.name}@${licence.version}`, licence);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Writes the file into a build, and serves it in development. @returns {import('vite').Plugin} */
export function licences() {
  return {
    name: 'cuebooth:licences',
    generateBundle() {
      const source = JSON.stringify(collectLicences(this.getModuleIds()));
      this.emitFile({ type: 'asset', fileName: licencesName, source });
    },
    configureServer(server) {
      server.middlewares.use(`/${licencesName}`, (_request, response) => {
        response.setHeader('content-type', 'application/json; charset=utf-8');
        response.end(JSON.stringify(collectLicences([])));
      });
    },
  };
}
