/** The names of all points at which a kill is possible, read from the source: a new one without a kill fails the suite. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rooms = ['queue', 'takes'].map((room) => fileURLToPath(new URL(`../../src/engine/${room}/`, import.meta.url)));
const single = /checkpoint\?\.\(\s*'([^']+)'/g;
const commits = /(?:group\s*\.run|commitAt|inChunks)\((?:[\w.]+, |\{[^}]*\}, )?\s*'([^']+)'/g;

export const namedPoints = (): readonly string[] => {
  const names = new Set<string>();
  for (const room of rooms) {
    for (const file of readdirSync(room)) {
      const source = readFileSync(room + file, 'utf8');
      for (const [, name = ''] of source.matchAll(single)) names.add(name);
      for (const [, name = ''] of source.matchAll(commits)) {
        names.add(`${name}.committing`);
        names.add(`${name}.committed`);
      }
    }
  }
  return [...names].toSorted();
};
