import { defineConfig } from '@playwright/test';
import type { HostOptions } from './test/e2e/studio.ts';
import { requireGoodNode } from './tools/check-node.mjs';
import { findBrowser } from './tools/testing/browser.mjs';

requireGoodNode();

const browser = findBrowser();
const asRoot = process.getuid?.() === 0;
const report = process.env['CUEBOOTH_E2E_REPORT'];

export default defineConfig<object, HostOptions>({
  testDir: './test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: './test-results/e2e',
  globalSetup: './tools/testing/prepare-e2e.mjs',
  // Each test owns a host process with an engine in it; two at a time is what two cores carry.
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ...(report === undefined
      ? []
      : ([
          ['json', { outputFile: report }],
          ['junit', { outputFile: report.replace(/\.json$/, '.xml') }],
        ] as const)),
  ],
  use: {
    trace: 'retain-on-failure',
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      ...(browser === undefined ? {} : { executablePath: browser }),
      // Chromium refuses its sandbox to root, which is who runs tests in a container.
      chromiumSandbox: !asRoot,
      args: [
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'web', use: { hostKind: 'web' } },
    { name: 'electron', use: { hostKind: 'electron' } },
  ],
});
