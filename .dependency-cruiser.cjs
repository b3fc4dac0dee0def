// The import rules once more, through a real resolver, generated from the table of the architecture test.
// Requires a Node that strips types: it is run by npm scripts only.

const { electronPackages, engineForAdapters, zoneRules } = require('./test/architecture/import-rules.ts');

/** @param {readonly string[]} names */
const anyOf = (names) => `(${names.map((name) => name.replace(/[/.]/g, '\\$&')).join('|')})`;

const zones = Object.entries(zoneRules);
const everyFolder = zones.map(([, rule]) => rule.folder);

const zoneToZone = zones.map(([zone, rule]) => ({
  name: `${zone}-to-zones`,
  comment: rule.says,
  severity: 'error',
  from: { path: `^${rule.folder}/` },
  to: {
    path: `^${anyOf(everyFolder)}/`,
    pathNot: `^${anyOf([rule.folder, ...rule.zones.map((name) => zoneRules[name].folder)])}/`,
  },
}));

const zoneToPackages = zones
  .filter(([, rule]) => Array.isArray(rule.packages))
  .map(([zone, rule]) => ({
    name: `${zone}-to-packages`,
    comment: rule.says,
    severity: 'error',
    from: { path: `^${rule.folder}/` },
    to: {
      path: 'node_modules/',
      ...(rule.packages.length > 0 ? { pathNot: `node_modules/(@types/)?${anyOf(rule.packages)}/` } : {}),
    },
  }));

const zoneToBuiltins = zones
  .filter(([, rule]) => !rule.builtins)
  .map(([zone, rule]) => ({
    name: `${zone}-to-builtins`,
    comment: `${zone} may not import Node's modules`,
    severity: 'error',
    from: { path: `^${rule.folder}/` },
    to: { dependencyTypes: ['core'] },
  }));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...zoneToZone,
    ...zoneToPackages,
    ...zoneToBuiltins,
    {
      name: 'only-electron-imports-electron',
      severity: 'error',
      from: { path: '^(src|bench|tools)/' },
      to: { path: `node_modules/${anyOf(electronPackages)}/` },
    },
    {
      name: 'adapters-take-ports-and-audio-only',
      severity: 'error',
      from: { path: '^src/node/' },
      to: { path: '^src/engine/', pathNot: engineForAdapters, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'engine-floors-database',
      severity: 'error',
      from: { path: '^src/engine/database/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/(database/|ports/|(?!index\\.ts)[^/]+\\.ts$)' },
    },
    {
      name: 'engine-floors-subjects',
      severity: 'error',
      from: { path: '^src/engine/[^/]+/', pathNot: '^src/engine/handlers/' },
      to: { path: '^src/engine/(handlers/|index\\.ts$)' },
    },
    {
      name: 'no-rings',
      severity: 'error',
      from: { path: '^(src|electron|bench|tools)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-missing-files', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^node_modules/\\.cache' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
