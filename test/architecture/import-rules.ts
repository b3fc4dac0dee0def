// Who may import whom. The one table behind the architecture test and .dependency-cruiser.cjs; the tsconfig of each zone
// says the same a third time, independently, through its project references.

export type Zone =
  | 'contract'
  | 'engine'
  | 'node'
  | 'client'
  | 'hosts'
  | 'renderer'
  | 'electron'
  | 'test'
  | 'bench'
  | 'tools';

export interface ZoneRule {
  /** Where the zone's files lie, relative to the repository. */
  readonly folder: string;
  /** The other zones it may import. */
  readonly zones: readonly Zone[];
  /** The packages it may import: these, any, or what the bundler packs (devDependencies, plus zod). */
  readonly packages: readonly string[] | 'any' | 'bundled';
  /** Whether it may import Node's own modules. */
  readonly builtins: boolean;
  /** The rule as a sentence's second half, printed behind an offending edge. */
  readonly says: string;
}

export const zoneRules: Readonly<Record<Zone, ZoneRule>> = {
  contract: {
    folder: 'src/contract',
    zones: [],
    packages: ['zod'],
    builtins: false,
    says: 'contract may import zod only',
  },
  engine: {
    folder: 'src/engine',
    zones: ['contract'],
    packages: ['zod', 'yaml', 'papaparse', 'saxes'],
    builtins: false,
    says: 'engine may import contract, zod, yaml, papaparse and saxes only',
  },
  node: {
    folder: 'src/node',
    zones: ['contract', 'engine'],
    packages: 'any',
    builtins: true,
    says: 'node may import contract, and of engine only ports.ts, audio/ and types',
  },
  client: {
    folder: 'src/client',
    zones: ['contract'],
    packages: [],
    builtins: false,
    says: 'client may import contract only',
  },
  hosts: {
    folder: 'src/hosts',
    zones: ['contract', 'engine', 'node', 'client'],
    packages: 'any',
    builtins: true,
    says: 'hosts may import contract, engine, node and client only',
  },
  renderer: {
    folder: 'src/renderer',
    zones: ['contract', 'client'],
    packages: 'bundled',
    builtins: false,
    says: 'renderer may import contract and client only',
  },
  electron: {
    folder: 'electron',
    zones: ['contract', 'engine', 'node', 'client'],
    packages: 'any',
    builtins: true,
    says: 'electron may import contract, engine, node and client only',
  },
  test: {
    folder: 'test',
    zones: ['contract', 'engine', 'node', 'client', 'hosts', 'renderer', 'electron', 'tools'],
    packages: 'any',
    builtins: true,
    says: 'tests may import everything but bench',
  },
  bench: {
    folder: 'bench',
    zones: ['contract', 'engine', 'node', 'client', 'hosts', 'test', 'tools'],
    packages: 'any',
    builtins: true,
    says: 'bench may import contract, engine, node, client, hosts, tools and the fakes of test only',
  },
  tools: {
    folder: 'tools',
    zones: [],
    packages: 'any',
    builtins: true,
    says: 'tools may import no part of the product',
  },
};

/**
 * What `src/node` may import from the engine at run time: the ports it implements, and the pure audio functions that its
 * worker threads run. The types of any engine file are free.
 */
export const engineForAdapters = '^src/engine/(ports\\.ts$|ports/|audio/)';

/** Packages that only `electron/` may import. In plain Node, importing `electron` starts a download. */
export const electronPackages: readonly string[] = ['electron', 'electron-store', 'electron-updater'];

/**
 * The engine's floors, top first: a file may import from its own floor and from those below it. `root` is index.ts,
 * which puts the engine together and which nothing in the engine imports; `ground` is every other file beside it.
 */
export const engineFloors = ['root', 'handlers', 'subjects', 'database', 'ground'] as const;
export type EngineFloor = (typeof engineFloors)[number];

/** @returns the floor of an engine file, undefined for files of other zones */
export function engineFloor(file: string): EngineFloor | undefined {
  const path = /^src\/engine\/(.+)$/.exec(file)?.[1];
  if (path === undefined) return undefined;
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : undefined;
  if (folder === undefined) return path === 'index.ts' ? 'root' : 'ground';
  if (folder === 'handlers' || folder === 'database') return folder;
  return folder === 'ports' ? 'ground' : 'subjects';
}

/** @returns the subject folder of an engine file (`queue` for `src/engine/queue/lane.ts`), undefined for any other file */
export function engineSubject(file: string): string | undefined {
  return engineFloor(file) === 'subjects' ? file.split('/')[2] : undefined;
}

/** @returns the zone of a file given by its path from the repository, undefined for files that belong to no zone */
export function zoneOf(file: string): Zone | undefined {
  const zones = Object.keys(zoneRules) as Zone[];
  return zones.find((zone) => file.startsWith(`${zoneRules[zone].folder}/`));
}
