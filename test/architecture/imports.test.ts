import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { brokenRules, fileRings, missingFiles, type Packages, subjectRings } from './import-check.ts';
import { readImports } from './import-graph.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));

function packagesOf(root: string): Packages {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies?: Record<string, string>;
  };
  return { devDependencies: Object.keys(manifest.devDependencies ?? {}) };
}

describe('the import graph of the sources', () => {
  const imports = readImports(repository);

  it('is not empty', () => {
    expect(imports.length).toBeGreaterThan(10);
  });

  it('crosses from zone to zone only where the design allows it', () => {
    expect(brokenRules(imports, packagesOf(repository))).toEqual([]);
  });

  it('names only files that exist', () => {
    expect(missingFiles(imports, repository)).toEqual([]);
  });

  it('has no ring of files that load each other', () => {
    expect(fileRings(imports)).toEqual([]);
  });

  it('has no ring of engine subjects that know each other', () => {
    expect(subjectRings(imports)).toEqual([]);
  });
});

describe('the check itself', () => {
  const folders: string[] = [];

  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  function repositoryWith(files: Readonly<Record<string, string>>): string {
    const root = mkdtempSync(join(tmpdir(), 'cuebooth-imports-'));
    folders.push(root);
    const manifest = {
      imports: { '#contract/*': './src/contract/*', '#engine/*': './src/engine/*', '#test/*': './test/*' },
      devDependencies: { react: '1' },
    };
    for (const [path, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  function faultsOf(files: Readonly<Record<string, string>>): string[] {
    const root = repositoryWith(files);
    return brokenRules(readImports(root), packagesOf(root));
  }

  it('names an edge from the renderer into the engine', () => {
    expect(faultsOf({ 'src/renderer/x.ts': `import { y } from '#engine/y.ts';\n` })).toEqual([
      'src/renderer/x.ts -> src/engine/y.ts: renderer may import contract and client only (line 1)',
    ]);
  });

  it.each([
    ['a relative path', 'src/client/a.ts', `import '../engine/y.ts';`, 'src/client/a.ts -> src/engine/y.ts'],
    ['a re-export', 'src/contract/a.ts', `export * from '#engine/y.ts';`, 'src/contract/a.ts -> src/engine/y.ts'],
    ['a dynamic import', 'src/engine/a.ts', `void import('node:fs');`, 'src/engine/a.ts -> node:fs'],
    ['an import type', 'src/client/a.ts', `type A = import('#engine/y.ts').A;`, 'src/client/a.ts -> src/engine/y.ts'],
    ['a worker', 'src/node/a.ts', `new URL('../hosts/b.ts', import.meta.url);`, 'src/node/a.ts -> src/hosts/b.ts'],
    ['electron in a host', 'src/hosts/a.ts', `import { app } from 'electron';`, 'src/hosts/a.ts -> electron'],
    ['electron in a test', 'test/unit/a.ts', `import { app } from 'electron';`, 'test/unit/a.ts -> electron'],
    ['a package in the contract', 'src/contract/a.ts', `import 'react';`, 'src/contract/a.ts -> react'],
    ['an unbundled package in the renderer', 'src/renderer/a.tsx', `import 'undici';`, 'src/renderer/a.tsx -> undici'],
    ['a test in the product', 'src/hosts/a.ts', `import '#test/fakes/f.ts';`, 'src/hosts/a.ts -> test/fakes/f.ts'],
    [
      'engine code in an adapter',
      'src/node/a.ts',
      `import '#engine/queue/q.ts';`,
      'src/node/a.ts -> src/engine/queue/q.ts',
    ],
    [
      'a climb inside the engine',
      'src/engine/database/a.ts',
      `import '../queue/q.ts';`,
      'src/engine/database/a.ts -> src/engine/queue/q.ts',
    ],
    [
      'a climb to index.ts',
      'src/engine/handlers/a.ts',
      `import '../index.ts';`,
      'src/engine/handlers/a.ts -> src/engine/index.ts',
    ],
  ])('reports %s', (_what, file, text, edge) => {
    expect(faultsOf({ [file]: text })).toEqual([expect.stringContaining(`${edge}: `)]);
  });

  it.each([
    ['ports in an adapter', 'src/node/a.ts', `import { Clock } from '#engine/ports.ts';`],
    ['audio functions in a worker', 'src/node/a.ts', `import '#engine/audio/peaks.ts';`],
    ['engine types in an adapter', 'src/node/a.ts', `import type { Q } from '#engine/queue/q.ts';`],
    ['Electron types in a fake', 'test/fakes/a.ts', `import type { IpcMain } from 'electron';`],
    ['the database in a subject', 'src/engine/queue/a.ts', `import '../database/jobs.ts';`],
    ['a bundled package in the renderer', 'src/renderer/a.tsx', `import 'react';`],
  ])('lets %s pass', (_what, file, text) => {
    expect(faultsOf({ [file]: text })).toEqual([]);
  });

  it('reports a ring of files, but not one made of types', () => {
    const root = repositoryWith({
      'src/client/a.ts': `import './b.ts';`,
      'src/client/b.ts': `import './a.ts';`,
      'src/client/c.ts': `import type { D } from './d.ts';`,
      'src/client/d.ts': `import './c.ts';`,
    });
    expect(fileRings(readImports(root))).toEqual(['src/client/a.ts -> src/client/b.ts -> src/client/a.ts']);
  });

  it('reports a ring of engine subjects', () => {
    const root = repositoryWith({
      'src/engine/queue/a.ts': `import type { T } from '../takes/t.ts';`,
      'src/engine/takes/t.ts': `import type { L } from '../queue/l.ts';`,
    });
    expect(subjectRings(readImports(root))).toEqual(['queue -> takes -> queue']);
  });

  it('reports an import of a file that is not there', () => {
    const root = repositoryWith({ 'src/client/a.ts': `import './gone.ts';` });
    expect(missingFiles(readImports(root), root)).toEqual([
      'src/client/a.ts -> src/client/gone.ts: there is no such file (line 1)',
    ]);
  });
});
