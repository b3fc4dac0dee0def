// The stages of `npm test` and `npm run check`: each is one program, its duration, and for the test runners their totals.

import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, runNode } from '../child.mjs';
import { ensureBrowser } from './browser.mjs';
import { none, playwrightTotals, sum, totalsLine, vitestTotals } from './totals.mjs';

/** @typedef {import('./totals.mjs').Totals} Totals */

/**
 * @typedef {object} StageResult
 * @property {boolean} ok
 * @property {Totals} [totals] of the tests the stage ran; absent for checks
 * @property {string} [note] why it was not run, or what went wrong
 */

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {() => Promise<StageResult>} run
 */

const reports = join(root, 'test-results', 'reports');

/**
 * A check that has no tests to count: it holds or it does not.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Stage}
 */
function check(name, args) {
  return { name, run: async () => ({ ok: (await runNode(args, { stdin: 'ignore' })) === 0 }) };
}

/**
 * Runs a test runner that writes a JSON report, and reads it. A runner that fails without naming a failed test, or
 * leaves no report, counts as one failure, so that the totals never look better than the exit code.
 * @param {string} file the report's name
 * @param {(path: string) => Promise<number>} start runs the runner and resolves with its exit code
 * @param {(report: any) => Totals} read
 * @returns {Promise<StageResult>}
 */
async function runner(file, start, read) {
  const path = join(reports, file);
  mkdirSync(reports, { recursive: true });
  rmSync(path, { force: true });
  const code = await start(path);
  if (!existsSync(path)) return { ok: false, totals: { ...none, failed: 1 }, note: `ended with ${code}, no report` };
  const totals = read(JSON.parse(readFileSync(path, 'utf8')));
  if (code !== 0 && totals.failed === 0) {
    return { ok: false, totals: { ...totals, failed: 1 }, note: `ended with ${code} outside any test` };
  }
  return { ok: code === 0, totals };
}

/** @returns {Stage} */
export const types = () => check('types', [join(root, 'node_modules/ts7/bin/tsc'), '-b']);
/** @returns {Stage} */
export const lint = () => check('lint', [join(root, 'tools/run.mjs'), 'oxlint', '--deny-warnings']);
/** @returns {Stage} */
export const format = () => check('format', [join(root, 'tools/run.mjs'), '@biomejs/biome', 'format']);
/** @returns {Stage} */
export const imports = () =>
  check('imports', [
    join(root, 'tools/run.mjs'),
    'dependency-cruiser',
    '--config',
    '.dependency-cruiser.cjs',
    'src',
    'electron',
    'test',
    'bench',
    'tools',
  ]);

/**
 * What nothing uses any more. It informs and does not fail: a peer of the benchmarks or a half of a change is no fault.
 * @returns {Stage}
 */
export function unused() {
  const { name, run } = check('unused', [join(root, 'tools/run.mjs'), 'knip', '--no-progress']);
  return { name, run: async () => ((await run()).ok ? { ok: true } : { ok: true, note: 'has findings, see above' }) };
}

/**
 * @param {readonly string[]} projects all of them when empty
 * @returns {Stage}
 */
export function vitest(projects = []) {
  const command = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [command, 'run', ...projects.flatMap((project) => ['--project', project])];
  return {
    name: 'vitest',
    run: async () => {
      // Components are tested in a browser; it is installed here when the machine has none.
      const browser = projects.length === 0 ? await ensureBrowser() : undefined;
      const env = browser === undefined ? {} : { CUEBOOTH_CHROMIUM: browser };
      return runner(
        'vitest.json',
        (path) => runNode(args, { stdin: 'ignore', env: { ...env, CUEBOOTH_VITEST_REPORT: path } }),
        vitestTotals,
      );
    },
  };
}

/** @returns {Stage} */
export function e2e() {
  return {
    name: 'e2e',
    run: async () => {
      if (globSync('test/e2e/**/*.spec.ts', { cwd: root }).length === 0) return { ok: true, note: 'no specs' };
      const browser = await ensureBrowser();
      if (browser === undefined) return { ok: false, totals: { ...none, failed: 1 }, note: 'no Chromium found' };
      const args = [join(root, 'node_modules/playwright/cli.js'), 'test'];
      const env = { CUEBOOTH_CHROMIUM: browser };
      return runner(
        'e2e.json',
        (path) => runNode(args, { stdin: 'ignore', env: { ...env, CUEBOOTH_E2E_REPORT: path } }),
        playwrightTotals,
      );
    },
  };
}

/** @param {readonly { stage: Stage, result: StageResult, seconds: number }[]} done @returns {string} */
function table(done) {
  const rows = done.map(({ stage, result, seconds }) => {
    const counts = result.totals === undefined ? '' : totalsLine(result.totals);
    const outcome = result.ok ? 'ok' : 'FAILED';
    return `  ${stage.name.padEnd(10)}${outcome.padEnd(8)}${seconds.toFixed(1).padStart(6)} s  ${[counts, result.note].filter(Boolean).join('; ')}`;
  });
  return rows.map((row) => row.trimEnd()).join('\n');
}

/**
 * Runs the stages one after the other (two of them at once would fight for two cores), prints a table, and last the
 * totals. A failed check counts as one failure. Running no test at all is a failure too.
 * @param {readonly Stage[]} stages
 * @returns {Promise<number>} the exit code
 */
export async function runStages(stages) {
  /** @type {{ stage: Stage, result: StageResult, seconds: number }[]} */
  const done = [];
  const totalsFile = join(root, 'test-results', 'totals.txt');
  rmSync(totalsFile, { force: true });
  const startedAt = performance.now();
  for (const stage of stages) {
    process.stdout.write(`\n== ${stage.name}\n`);
    const began = performance.now();
    /** @type {StageResult} */
    const result = await stage.run().catch((error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      return { ok: false, note: 'could not be run' };
    });
    done.push({ stage, result, seconds: (performance.now() - began) / 1000 });
  }
  const checksFailed = done.filter(({ result }) => !result.ok && result.totals === undefined).length;
  const counted = sum([...done.map(({ result }) => result.totals ?? none), { ...none, failed: checksFailed }]);
  const ranNothing = counted.passed + counted.failed === 0;
  const totals = ranNothing ? { ...counted, failed: 1 } : counted;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  process.stdout.write(`\n${table(done)}\n  ${ranNothing ? 'no test was run; ' : ''}${seconds} s in all\n\n`);
  mkdirSync(dirname(totalsFile), { recursive: true });
  writeFileSync(totalsFile, `${totalsLine(totals)}\n`);
  process.stdout.write(`${totalsLine(totals)}\n`);
  return totals.failed > 0 || done.some(({ result }) => !result.ok) ? 1 : 0;
}
