// The `test` of every spec: one studio on a library of its own, in the web host or in Electron, whichever the project
// names. The same specs run on both; where Electron has no runtime they are skipped with the reason.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, _electron as electron, type Page } from '@playwright/test';
import { findElectronRuntime, whyNoElectronTests } from '../../tools/electron-runtime.mjs';

export { expect } from '@playwright/test';

export interface HostOptions {
  /** Which host the specs run on; set by the project. */
  readonly hostKind: 'web' | 'electron';
}
export interface LibraryOptions {
  /** Three made-up vendors and three months of made-up work, as `cuebooth serve --demo` has them. Web host only. */
  readonly demo: boolean;
  /** Whether the first-run tour is offered, as it is to a new person. Default false: it stands over the screens. */
  readonly tour: boolean;
}

export interface Studio {
  readonly page: Page;
  readonly kind: HostOptions['hostKind'];
  /** The folder of this test's library. */
  readonly library: string;
}

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** The environment of a host that must not see, or leave, anything in this machine's own settings. */
function isolated(home: string): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const folders = [
    'HOME',
    'USERPROFILE',
    'APPDATA',
    'LOCALAPPDATA',
    'XDG_CONFIG_HOME',
    'XDG_DATA_HOME',
    'XDG_CACHE_HOME',
  ];
  const library = { CUEBOOTH_LIBRARY: join(home, 'library'), CUEBOOTH_APP_DATA: join(home, 'app') };
  return { ...Object.fromEntries(own), ...Object.fromEntries(folders.map((name) => [name, home])), ...library };
}

async function addressOf(host: ChildProcess): Promise<string> {
  if (host.stdout === null) throw new Error('the web host has no output');
  for await (const line of createInterface({ input: host.stdout })) {
    if (!line.startsWith('{')) continue;
    const { url } = JSON.parse(line) as { url?: string };
    if (url !== undefined) return url;
  }
  throw new Error('the web host ended without printing its address');
}

async function ended(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => {
    host.once('exit', () => resolve());
  });
  host.kill('SIGTERM');
  await exit;
}

export const test = base.extend<LibraryOptions & { runnable: undefined; home: string; studio: Studio }, HostOptions>({
  hostKind: ['web', { option: true, scope: 'worker' }],

  demo: [false, { option: true }],
  tour: [false, { option: true }],

  runnable: [
    async ({ hostKind, demo }, use, testInfo) => {
      const none = demo ? 'the demo is served to the browser only' : whyNoElectronTests();
      const reason = hostKind === 'electron' ? none : undefined;
      testInfo.skip(reason !== undefined, reason);
      await use(undefined);
    },
    { auto: true },
  ],

  home: async ({ runnable: _, tour }, use) => {
    const home = await mkdtemp(join(tmpdir(), 'cuebooth-e2e-'));
    await mkdir(join(home, 'app'));
    await writeFile(join(home, 'app', 'settings.json'), JSON.stringify({ 'preference-tourDone': !tour }));
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },

  studio: async ({ home, hostKind, demo, browser }, use) => {
    const library = join(home, 'library');
    if (hostKind === 'electron') {
      const runtime = findElectronRuntime();
      if (!runtime.present) throw new Error(runtime.reason);
      const args = [join(repository, 'out/main/index.js'), `--user-data-dir=${join(home, 'electron')}`];
      const app = await electron.launch({
        executablePath: runtime.executable,
        args,
        cwd: repository,
        env: isolated(home),
      });
      await use({ page: await app.firstWindow(), kind: hostKind, library });
      await app.close();
      return;
    }
    const place = demo ? ['--demo'] : ['--library', library];
    const command = ['src/hosts/cli/main.ts', 'serve', '--no-open', '--json', '--port', '0', ...place];
    const host = spawn(process.execPath, command, {
      cwd: repository,
      env: isolated(home),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const page = await browser.newPage();
    await page.goto(await addressOf(host));
    await use({ page, kind: hostKind, library });
    await page.close();
    await ended(host);
  },
});
