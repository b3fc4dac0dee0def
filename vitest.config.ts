import { defineConfig } from 'vitest/config';
import { requireGoodNode } from './tools/check-node.mjs';

requireGoodNode();

/** Time limits of a single test, in ms: layers that start processes or wait for a real port get two minutes. */
const layers = {
  unit: 5_000,
  suites: 20_000,
  integration: 120_000,
  crash: 120_000,
  migration: 20_000,
  architecture: 20_000,
  conformance: 20_000,
} as const;

const proof = process.env['CUEBOOTH_PROOF'] === '1';
// tools/testing asks for reports by naming the file; a person at a terminal gets none.
const report = process.env['CUEBOOTH_VITEST_REPORT'];

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Two cores are what the smallest machine has; more workers only make each other's time limits fail.
    maxWorkers: 2,
    reporters: report === undefined ? ['default'] : ['default', 'json', 'junit'],
    ...(report === undefined ? {} : { outputFile: { json: report, junit: report.replace(/\.json$/, '.xml') } }),
    projects: Object.entries(layers).map(([name, timeout]) => ({
      test: {
        name,
        environment: 'node',
        include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
        // `npm run proof` repeats the same tests with full matrices, which takes as long as it takes.
        testTimeout: proof ? 0 : timeout,
        hookTimeout: Math.max(timeout, 20_000),
      },
    })),
  },
});
