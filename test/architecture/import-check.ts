// Holds the import graph against the rules and names every edge that breaks one.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Import } from './import-graph.ts';
import {
  electronPackages,
  engineFloor,
  engineFloors,
  engineForAdapters,
  engineSubject,
  zoneOf,
  zoneRules,
} from './import-rules.ts';

/** What the packages in package.json are for, as far as the rules care. */
export interface Packages {
  readonly devDependencies: readonly string[];
}

function packageFault(edge: Import, packages: Packages): string | undefined {
  const zone = zoneOf(edge.from);
  if (zone === undefined) return undefined;
  if (electronPackages.includes(edge.to) && zone !== 'electron') {
    // A fake of Electron's objects in a test is checked against Electron's types, which loads nothing.
    if (!(zone === 'test' && edge.typeOnly)) return 'only electron/ may import electron';
    return undefined;
  }
  const { packages: allowed, says } = zoneRules[zone];
  if (allowed === 'any') return undefined;
  if (allowed === 'bundled') {
    const bundled = edge.to === 'zod' || packages.devDependencies.includes(edge.to);
    return bundled ? undefined : `${zone} may import packages from devDependencies (they are bundled) and zod only`;
  }
  return allowed.includes(edge.to) ? undefined : says;
}

function floorFault(edge: Import): string | undefined {
  const from = engineFloor(edge.from);
  const to = engineFloor(edge.to);
  if (from === undefined || to === undefined || from === 'root') return undefined;
  if (to !== 'root' && engineFloors.indexOf(to) >= engineFloors.indexOf(from)) return undefined;
  return `inside engine, imports go ${engineFloors.join(' -> ')} and never up`;
}

function zoneFault(edge: Import): string | undefined {
  const from = zoneOf(edge.from);
  const to = zoneOf(edge.to);
  if (from === undefined || from === to) return undefined;
  const { zones, says } = zoneRules[from];
  if (to === undefined) {
    // Outside every zone lie package.json, which all may read, and the configuration files of tools.
    const readable = edge.to === 'package.json' || (!edge.to.includes('/') && (from === 'tools' || from === 'test'));
    return readable ? undefined : says;
  }
  if (!zones.includes(to)) return says;
  if (from === 'node' && to === 'engine' && !edge.typeOnly && !new RegExp(engineForAdapters).test(edge.to)) {
    return says;
  }
  return undefined;
}

/** @returns one line for every import that breaks a rule, naming the edge and the rule */
export function brokenRules(imports: readonly Import[], packages: Packages): string[] {
  return imports.flatMap((edge) => {
    const zone = zoneOf(edge.from);
    const fault =
      edge.kind === 'file'
        ? (zoneFault(edge) ?? floorFault(edge))
        : edge.kind === 'package'
          ? packageFault(edge, packages)
          : zone === undefined || zoneRules[zone].builtins
            ? undefined
            : `${zone} may not import Node's modules`;
    return fault === undefined ? [] : [`${edge.from} -> ${edge.to}: ${fault} (line ${edge.line})`];
  });
}

/** @returns one line for every import of a file that is not there */
export function missingFiles(imports: readonly Import[], root: string): string[] {
  return imports
    .filter((edge) => edge.kind === 'file' && !existsSync(join(root, edge.to)))
    .map((edge) => `${edge.from} -> ${edge.to}: there is no such file (line ${edge.line})`);
}

function rings(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): void => {
    const start = path.indexOf(node);
    if (start >= 0) {
      found.push([...path.slice(start), node].join(' -> '));
      return;
    }
    if (done.has(node)) return;
    for (const next of edges.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of edges.keys()) visit(node, []);
  return found;
}

function collect(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const [from, to] of pairs) edges.set(from, (edges.get(from) ?? new Set()).add(to));
  return edges;
}

/** @returns the rings of files that load each other at run time, each as `a -> b -> a` */
export function fileRings(imports: readonly Import[]): string[] {
  const loading = imports.filter((edge) => edge.kind === 'file' && !edge.typeOnly);
  return rings(collect(loading.map((edge) => [edge.from, edge.to])));
}

/** @returns the rings of engine subjects that know each other, types included: `queue -> takes -> queue` */
export function subjectRings(imports: readonly Import[]): string[] {
  const pairs = imports.flatMap((edge) => {
    const from = engineSubject(edge.from);
    const to = engineSubject(edge.to);
    return from === undefined || to === undefined || from === to ? [] : [[from, to] as const];
  });
  return rings(collect(pairs));
}
