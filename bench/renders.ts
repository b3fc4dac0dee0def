/** What a rush in the queue does to the screen: the real page in Chromium, over answers and pushes that are made up in it. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { findBrowser } from '../tools/testing/browser.mjs';
import { type Bench, median } from './setup/figures.ts';

/** What a browser calls a long task, in ms. */
const longMs = 50;

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
  /** Tasks of the main thread, in ms of its own CPU time, and from begin to end. */
  readonly tasks: readonly { readonly cpuMs: number; readonly wallMs: number }[];
  /** Part of the time for which the main thread was on a CPU. */
  readonly busy: number;
  readonly takes: number;
}
interface BenchWindow {
  readonly studioBurst: { start(): void; stop(): void; done(): number };
}
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds: from begin to end, and on the CPU. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const watch = async (browser: Browser, page: Page, ms: number, rush: boolean): Promise<Seen> => {
  const done = (): Promise<number> => page.evaluate(() => (window as unknown as BenchWindow).studioBurst.done());
  const before = await done();
  if (rush) await page.evaluate(() => (window as unknown as BenchWindow).studioBurst.start());
  await browser.startTracing(page, { categories: ['toplevel'] });
  await page.waitForTimeout(ms);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: TraceEvent[] };
  if (rush) await page.evaluate(() => (window as unknown as BenchWindow).studioBurst.stop());
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}.${tid}`;
  const main = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = trace.traceEvents
    .filter((event) => event.name.endsWith('RunTask') && main.has(threadOf(event)))
    .map(({ dur = 0, tdur = 0 }) => ({ cpuMs: tdur / 1000, wallMs: dur / 1000 }));
  const busyMs = tasks.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  return { tasks, busy: busyMs / ms, takes: (await done()) - before };
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
        seen[name].push(await watch(browser, tab, ms, rush));
        await tab.close();
      }
    }
  } finally {
    await browser.close();
    page.close();
  }
  type Task = Seen['tasks'][number];
  const longest = (of: readonly Seen[], pick: (task: Task) => number): number =>
    Math.max(0, ...of.map(({ tasks }) => tasks.reduce((most, task) => Math.max(most, pick(task)), 0)));
  const over = (of: readonly Seen[], pick: (task: Task) => number): number =>
    median(of.map(({ tasks }) => tasks.filter((task) => pick(task) > longMs).length));
  const cpu = ({ cpuMs }: Task): number => cpuMs;
  const wall = ({ wallMs }: Task): number => wallMs;
  for (const name of ['renders', 'scripts'] as const) {
    const where = name === 'renders' ? 'the Renders room' : 'a script beside it';
    report.value({
      what: `tasks over ${longMs} ms of CPU, ${where}`,
      value: over(seen[name], cpu),
      unit: 'a round',
      goal: { atMost: 0 },
      beside: `with the time that other processes took: ${over(seen[name], wall)}, with nothing to do ${over(seen.idle, wall)}`,
    });
    report.value({
      what: `longest task, ${where}`,
      value: longest(seen[name], cpu),
      unit: 'ms',
      goal: { atMost: longMs },
      beside: `with nothing to do ${longest(seen.idle, cpu).toFixed(1)} ms`,
    });
    report.value({
      what: `main thread on the CPU, ${where}`,
      value: 100 * median(seen[name].map(({ busy }) => busy)),
      unit: '%',
      beside: `with nothing to do ${(100 * median(seen.idle.map(({ busy }) => busy))).toFixed(1)} %; ${median(seen[name].map(({ takes }) => takes))} takes came in`,
    });
  }
};
