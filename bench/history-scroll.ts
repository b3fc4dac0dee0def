/**
 * Scrolling the History room over a library of a million entries, in Chromium, beside a plain TanStack Virtual page of ten
 * thousand rows that all lie in memory.
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { startWebHost } from '#hosts/web/server.ts';
import { createLogger } from '#node/logger.ts';
import { openStudio } from '#test/builders/studio.ts';
import { buildRenderer } from '../tools/build-renderer.mjs';
import { findBrowser } from '../tools/testing/browser.mjs';
import type { Bench } from './setup/figures.ts';
import { drag, wheel } from './setup/frames.ts';
import { makeHistoryLibrary } from './setup/history-library.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));
const peerSource = join(repository, 'bench/pages/plain-virtual');
const peerBuilt = join(repository, 'node_modules/.cache/cuebooth-bench-pages/plain-virtual');
const p95 = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;

interface Served {
  readonly url: string;
  close(): Promise<void>;
}

const servePeer = async (): Promise<Served> => {
  await build({
    root: peerSource,
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: peerBuilt, emptyOutDir: true, target: 'es2023' },
  });
  const kinds: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    readFile(join(peerBuilt, path)).then(
      (bytes) => response.writeHead(200, { 'content-type': kinds[extname(path)] ?? 'text/plain' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

/** The real page over the real engine; nothing is rendered or read from vendors meanwhile. */
const serveOurs = async (folder: string): Promise<Served> => {
  const studio = await openStudio({ folder, start: false });
  const host = await startWebHost({
    router: studio.engine.router,
    mediaPath: () => Promise.resolve(null),
    saveBlob: () => Promise.reject(new Error('Nothing is uploaded here.')),
    staticFolder: join(repository, 'out/renderer'),
    logger: createLogger({ level: 'error' }),
  });
  return {
    url: host.url,
    close: async () => {
      await host.close();
      await studio.close();
    },
  };
};

const launch = (): Promise<Browser> => {
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
};
/** Rows of the list are on the page. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    '[...document.querySelectorAll(\'[role="grid"] [role="gridcell"], [role="grid"] > div > div\')].some((cell) => (cell.textContent ?? "").length > 3)',
  );

export const run = async ({ report, quick }: Bench): Promise<void> => {
  const rows = quick ? 100_000 : 1_000_000;
  report.heading(`Scrolling History, ${rows} entries`);
  const folder = await makeHistoryLibrary(rows, report.note);
  await buildRenderer();
  const [ours, peer, browser] = await Promise.all([serveOurs(folder), servePeer(), launch()]);
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
    const [own, plain] = [await context.newPage(), await context.newPage()];
    await own.goto(ours.url);
    await own.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: 'History' }).click();
    await plain.goto(peer.url);
    const figures = {
      wheelOurs: [] as number[],
      wheelPeer: [] as number[],
      dragOurs: [] as number[],
      dragPeer: [] as number[],
    };
    const settledMs: number[] = [];
    for (let round = 0; round < (quick ? 2 : 7); round += 1) {
      for (const page of [plain, own]) {
        await page.bringToFront();
        await settled(page);
        const session = await context.newCDPSession(page);
        const wheeled = p95(await wheel(page, session, 600, quick ? 2 : 4));
        const dragged = p95(await drag(page, quick ? 90 : 240));
        const stopped = performance.now();
        await page.waitForFunction('document.querySelector(\'[aria-busy="true"]\') === null');
        if (page === own) settledMs.push(performance.now() - stopped);
        await page.evaluate('document.querySelector(\'[role="grid"]\').scrollTop = 0');
        await session.detach();
        // The first round only warms everything up.
        if (round === 0) continue;
        figures[page === own ? 'wheelOurs' : 'wheelPeer'].push(wheeled);
        figures[page === own ? 'dragOurs' : 'dragPeer'].push(dragged);
      }
    }
    const peerName = 'plain TanStack Virtual, 10 000 rows';
    report.ratio({
      what: 'p95 frame, wheel, ours / plain',
      ours: figures.wheelOurs,
      peer: figures.wheelPeer,
      peerName,
      unit: 'ms',
      goal: { atMost: 1.2 },
    });
    report.ratio({
      what: 'p95 frame, thumb through all, ours / plain',
      ours: figures.dragOurs,
      peer: figures.dragPeer,
      peerName,
      unit: 'ms',
      goal: { atMost: 1.2 },
    });
    report.value({
      what: 'rows shown after the thumb was let go, p95',
      value: p95(settledMs.slice(1)),
      unit: 'ms',
      beside: 'from the end of the drag to the last row in sight',
    });
  } finally {
    await browser.close();
    await Promise.all([ours.close(), peer.close()]);
  }
};
