/** What a rush in the queue does to the screen: the real page in Chromium, over answers and pushes that are made up in it. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { findBrowser } from '../tools/testing/browser.mjs';
import { type Bench, median } from './setup/figures.ts';

const repository = fileURLToPath(new URL('../', import.meta.url));
const built = join(repository, 'node_modules/.cache/cuebooth-bench/studio-page');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const servePage = async () => {
  await build({
    configFile: join(repository, 'test/fakes/studio/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: built, emptyOutDir: true, chunkSizeWarningLimit: 10_000 },
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname === '/' ? '/index.html' : pathname;
    readFile(join(built, file)).then(
      (body) => response.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
};

interface Seen {
  /** Tasks over 50 ms, as the browser counts them, in ms. */
  readonly long: readonly number[];
  /** Part of the time in which the main thread had a task. */
  readonly busy: number;
  readonly takes: number;
}
interface BenchWindow {
  readonly studioBurst: { start(): void; stop(): void; done(): number };
  longTasks?: number[];
}

const watch = async (page: Page, ms: number, rush: boolean): Promise<Seen> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const busySeconds = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const doneBefore = await page.evaluate(() => {
    const view = window as unknown as BenchWindow;
    const seen: number[] = [];
    view.longTasks = seen;
    new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    return view.studioBurst.done();
  });
  const before = await busySeconds();
  if (rush) await page.evaluate(() => (window as unknown as BenchWindow).studioBurst.start());
  await page.waitForTimeout(ms);
  if (rush) await page.evaluate(() => (window as unknown as BenchWindow).studioBurst.stop());
  const busy = (await busySeconds()) - before;
  const { long, done } = await page.evaluate(() => {
    const view = window as unknown as BenchWindow;
    return { long: view.longTasks ?? [], done: view.studioBurst.done() };
  });
  await session.detach();
  return { long, busy: busy / (ms / 1000), takes: done - doneBefore };
};

export const run = async ({ report, quick }: Bench): Promise<void> => {
  const ms = quick ? 4000 : 15_000;
  report.heading(`Renders: ${ms / 1000} s of a rush of 1,000 takes a second on the screen`);
  const page = await servePage();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const rounds = quick ? 1 : 3;
  const seen: Record<'idle' | 'renders' | 'scripts', Seen[]> = { idle: [], renders: [], scripts: [] };
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, room, rush] of [
        ['idle', 'renders', false],
        ['renders', 'renders', true],
        ['scripts', 'scripts/spring-sale/script', true],
      ] as const) {
        const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        await tab.goto(`${page.url}?scene=full&burst#/${room}`);
        // Chunks and fonts load, the first lists are drawn.
        await tab.waitForTimeout(2500);
        seen[name].push(await watch(tab, ms, rush));
        await tab.close();
      }
    }
  } finally {
    await browser.close();
    page.close();
  }
  const longest = (of: readonly Seen[]): number => Math.max(0, ...of.flatMap(({ long }) => long));
  for (const name of ['renders', 'scripts'] as const) {
    const where = name === 'renders' ? 'the Renders room' : 'a script, its render under way';
    report.value({
      what: `tasks over 50 ms, ${where}`,
      value: median(seen[name].map(({ long }) => long.length)),
      unit: 'a round',
      goal: { atMost: 0 },
      beside: `longest ${longest(seen[name]).toFixed(0)} ms; with nothing to do ${median(seen.idle.map(({ long }) => long.length))}`,
    });
    report.value({
      what: `main thread busy, ${where}`,
      value: 100 * median(seen[name].map(({ busy }) => busy)),
      unit: '%',
      beside: `with nothing to do ${(100 * median(seen.idle.map(({ busy }) => busy))).toFixed(1)} %; ${median(seen[name].map(({ takes }) => takes))} takes came in`,
    });
  }
};
