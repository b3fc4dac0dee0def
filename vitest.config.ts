import { defineConfig } from 'vitest/config';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { requireGoodNode } from './tools/check-node.mjs';
import { findBrowser } from './tools/testing/browser.mjs';

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

const browser = findBrowser();
/** Parts of screens that only a real browser shows right: grids, the editor, waveforms. */
const components = {
  plugins: [react()],
  css: { modules: { localsConvention: 'camelCaseOnly' as const } },
  test: {
    name: 'components',
    include: ['test/components/**/*.test.tsx'],
    testTimeout: 20_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          ...(browser === undefined ? {} : { executablePath: browser }),
          // Chromium refuses its sandbox to root, which is who runs tests in a container.
          args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
        },
      }),
      instances: [{ browser: 'chromium' as const, viewport: { width: 1280, height: 800 } }],
    },
  },
};

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Two cores are what the smallest machine has; more workers only make each other's time limits fail.
    maxWorkers: 2,
    reporters: report === undefined ? ['default'] : ['default', 'json', 'junit'],
    ...(report === undefined ? {} : { outputFile: { json: report, junit: report.replace(/\.json$/, '.xml') } }),
    projects: [
      ...Object.entries(layers).map(([name, timeout]) => ({
        test: {
          name,
          environment: 'node',
          // Nothing here keeps state in its modules, and loading them anew for each file was half of the work.
          isolate: false,
          include: [`test/${name}/**/*.test.ts`, `test/${name}/**/*.test.tsx`],
          // `npm run proof` repeats the same tests with full matrices, which takes as long as it takes.
          testTimeout: proof ? 0 : timeout,
          hookTimeout: Math.max(timeout, 20_000),
        },
      })),
      components,
    ],
  },
});
