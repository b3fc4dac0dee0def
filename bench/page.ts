/** What the studio's page weighs, and when it is drawn and answers, beside a bare page of the same two libraries. */
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { ClientName } from './setup/bundle.ts';
import type { Bench } from './setup/figures.ts';
import { barePage, openBrowser, serveFolder, serveStudio, studioPage } from './setup/pages.ts';
import { takesLibrary } from './setup/takes-library.ts';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** Files that a chunk needs before it runs, fonts and pictures aside. */
const filesOf = (manifest: Manifest, key: string, seen = new Set<string>()): Set<string> => {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(chunk.file)) return seen;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file);
  for (const other of chunk.imports ?? []) filesOf(manifest, other, seen);
  return seen;
};
const weigh = (folder: string, files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).byteLength, 0) / 1024;

const weights = ({ report }: Bench, studio: string, bare: string): void => {
  const read = (folder: string): Manifest =>
    JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const ours = read(studio);
  const theirs = read(bare);
  const entryOf = (manifest: Manifest): string => Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? '';
  const first = filesOf(ours, entryOf(ours));
  report.ratio({
    what: 'first load, gzip, studio / bare React + React Aria',
    ours: [weigh(studio, first)],
    peer: [weigh(bare, filesOf(theirs, entryOf(theirs)))],
    peerName: 'bare',
    unit: 'KiB',
  });
  for (const key of Object.keys(ours)
    .filter((name) => ours[name]?.isDynamicEntry)
    .toSorted()) {
    const more = [...filesOf(ours, key)].filter((file) => !first.has(file));
    report.value({ what: `  then ${key.replace(/^.*\//, '')}`, value: weigh(studio, more), unit: 'KiB' });
  }
  report.value({
    what: 'all there is',
    value: weigh(studio, new Set(Object.keys(ours).flatMap((key) => [...filesOf(ours, key)]))),
    unit: 'KiB',
  });
};

interface Shown {
  readonly paintMs: number;
  readonly readyMs: number;
}
/**
 * `ready`: what must stand on the page before a person can work. Times count from the navigation, with nothing in the
 * browser's cache. `door`: an address that lets the browser in first; the page that is timed comes after it.
 */
const show = async (browser: Browser, url: string, ready: string, door?: string): Promise<Shown> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    if (door !== undefined) {
      const first = await context.newPage();
      await first.goto(door);
      await first.locator('main').waitFor();
      await first.close();
    }
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
    await page.addInitScript((selector) => {
      const look = (): void => {
        if (document.querySelector(selector) !== null) performance.mark('ready');
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }, ready);
    await page.goto(url);
    await page.waitForFunction(() => performance.getEntriesByName('ready').length > 0, undefined, { timeout: 60_000 });
    return await page.evaluate(() => ({
      paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      readyMs: performance.getEntriesByName('ready')[0]?.startTime ?? Number.NaN,
    }));
  } finally {
    await context.close();
  }
};

/** The History room with rows of the library in it. */
const readyStudio = 'main [role="grid"] [role="row"] [role="gridcell"]';

export const run = async (bench: Bench, bundled: (name: ClientName) => string): Promise<void> => {
  const { report, quick } = bench;
  report.heading('The page');
  const [studioFolder, bareFolder] = [await studioPage(), await barePage()];
  weights(bench, studioFolder, bareFolder);

  const takes = quick ? 10_000 : 100_000;
  const library = await takesLibrary(bench, bundled, takes);
  const bare = await serveFolder(bareFolder);
  const browser = await openBrowser();
  const ours: Shown[] = [];
  const theirs: Shown[] = [];
  try {
    for (let round = 0; round < (quick ? 2 : 7); round += 1) {
      // A ticket is good once: each round has a host of its own, and pays for nothing but the page.
      const studio = await serveStudio(['--library', library]);
      try {
        const { origin } = new URL(studio.url);
        ours.push(await show(browser, `${origin}/#/history`, readyStudio, studio.url));
      } finally {
        await studio.close();
      }
      theirs.push(await show(browser, bare.url, '#ready'));
    }
  } finally {
    await browser.close();
    bare.close();
  }
  const of = (shown: readonly Shown[], key: keyof Shown): number[] => shown.map((one) => one[key]);
  report.ratio({
    what: `first paint, library of ${takes} takes / bare page`,
    ours: of(ours, 'paintMs'),
    peer: of(theirs, 'paintMs'),
    peerName: 'bare',
    unit: 'ms',
  });
  report.ratio({
    what: 'ready to work / bare page drawn',
    ours: of(ours, 'readyMs'),
    peer: of(theirs, 'readyMs'),
    peerName: 'bare',
    unit: 'ms',
  });
};
