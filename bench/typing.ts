/** Typing in a script of 2,000 lines: from the key to the painted frame, beside a page with nothing but CodeMirror. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { openStudio } from '#test/builders/studio.ts';
import type { Bench } from './setup/figures.ts';
import { longScript } from './setup/long-script.ts';
import { buildPage, openBrowser, serveFolder, serveStudio } from './setup/pages.ts';

interface Typed {
  /** 95th percentile over all keys, in ms. */
  readonly p95: number;
  readonly p50: number;
  /** Tasks of more than 50 ms while typing. */
  readonly longTasks: number;
}

const words = 'and then we went on to the next house in the street, which was open. ';

/** Counts from the key's own time to the first task after the frame that shows it. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const times: number[] = [];
    const long: number[] = [];
    const after = new MessageChannel();
    let started: number[] = [];
    after.port1.onmessage = () => {
      const now = performance.now();
      times.push(...started.map((at) => now - at));
      started = [];
    };
    document.addEventListener(
      'keydown',
      (event) => {
        started.push(event.timeStamp);
        requestAnimationFrame(() => after.port2.postMessage(null));
      },
      { capture: true },
    );
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    Object.assign(window, { typed: { times, long } });
  });

const typeIn = async (page: Page, keys: number): Promise<Typed> => {
  const editor = page.locator('.cm-content');
  await editor.click();
  await page.keyboard.press('ControlOrMeta+Home');
  for (let down = 0; down < 20; down += 1) await page.keyboard.press('PageDown');
  await page.keyboard.press('End');
  await page.keyboard.type(' warm up ', { delay: 20 });
  await watch(page);
  let left = keys;
  while (left > 0) {
    // A pause after each sentence: what waits for one (checks, previews, saving) has its turn, and is in the way of the next.
    await page.keyboard.type(words.slice(0, Math.min(left, words.length)), { delay: 25 });
    left -= words.length;
    await page.waitForTimeout(400);
  }
  return page.evaluate(() => {
    const { times, long } = (window as unknown as { typed: { times: number[]; long: number[] } }).typed;
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { p95: at(0.95), p50: at(0.5), longTasks: long.length };
  });
};

const inPage = async (browser: Browser, url: string, keys: number): Promise<Typed> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.goto(url);
    await page.locator('.cm-content').waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1_500);
    return await typeIn(page, keys);
  } finally {
    await page.close();
  }
};

const makeLibrary = async (folder: string): Promise<void> => {
  const studio = await openStudio({ folder, start: false });
  const project = await studio.client.call('project.ensure', { name: 'Bench' });
  const source = { kind: 'text', text: longScript() } as const;
  const script = await studio.client.call('script.save', { projectId: project.id, path: 'long.cue.txt', source });
  const table = `variant,city,hour\n${Array.from({ length: 200 }, (_, at) => `v${at},City ${at},`).join('\n')}\n`;
  await studio.client.call('variant.import', { scriptId: script.id, source: { kind: 'text', text: table } });
  await studio.close();
};

export const run = async ({ report, quick }: Bench): Promise<void> => {
  report.heading('Typing in a script of 2,000 lines');
  const source = fileURLToPath(new URL('./pages/plain-editor', import.meta.url));
  const plain = await serveFolder(await buildPage('plain-editor', source));
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-typing-'));
  await makeLibrary(folder);
  const browser = await openBrowser();
  const ours: Typed[] = [];
  const theirs: Typed[] = [];
  try {
    for (let round = 0; round < (quick ? 2 : 5); round += 1) {
      const studio = await serveStudio(['--library', folder]);
      try {
        ours.push(await inPage(browser, studio.url, quick ? 70 : 280));
      } finally {
        await studio.close();
      }
      theirs.push(await inPage(browser, plain.url, quick ? 70 : 280));
    }
  } finally {
    await browser.close();
    plain.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const of = (typed: readonly Typed[], key: keyof Typed): number[] => typed.map((one) => one[key]);
  report.ratio({
    what: 'key to painted frame, p95, studio / plain',
    ours: of(ours, 'p95'),
    peer: of(theirs, 'p95'),
    peerName: 'plain CodeMirror',
    unit: 'ms',
    goal: { atMost: 1.2 },
  });
  report.ratio({
    what: 'the same, median',
    ours: of(ours, 'p50'),
    peer: of(theirs, 'p50'),
    peerName: 'plain CodeMirror',
    unit: 'ms',
  });
  report.value({
    what: 'tasks over 50 ms while typing, a round',
    value: of(ours, 'longTasks').reduce((sum, count) => sum + count, 0) / Math.max(1, ours.length),
    unit: '',
    beside: `plain ${of(theirs, 'longTasks').reduce((sum, count) => sum + count, 0) / Math.max(1, theirs.length)}`,
  });
};
