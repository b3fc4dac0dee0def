import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';
import { buildRenderer } from '../build-renderer.mjs';
import { root } from '../child.mjs';
import { ensureBrowser } from '../testing/browser.mjs';
import { scenes, sizes, themes } from './scenes.mjs';

const folder = join(root, 'gallery');

/** @returns {Promise<{ url: string, close: () => void }>} */
async function startDemo() {
  const command = ['--no-warnings', 'src/hosts/cli/main.ts', 'serve', '--demo', '--no-open', '--json', '--port', '0'];
  const host = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: host.stdout })) {
    if (line.startsWith('{')) return { url: JSON.parse(line).url, close: () => host.kill('SIGTERM') };
  }
  throw new Error('The demo ended before it said its address.');
}

/** @param {readonly string[]} files @returns {string} */
const index = (files) =>
  `<!doctype html><meta charset="utf-8"><title>Cuebooth, screen by screen</title><style>body{margin:24px;background:#101113;color:#e9eaec;font:14px system-ui}figure{display:inline-block;margin:0 16px 24px 0}img{width:560px;border:1px solid #3d4249;border-radius:6px;display:block}</style>${files
    .map(
      (file) =>
        `<figure><a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a><figcaption>${file}</figcaption></figure>`,
    )
    .join('')}`;

/** Writes the pictures; returns the exit code, 1 when a page reported an error or a scene could not be reached. */
export async function writeGallery() {
  const executablePath = await ensureBrowser();
  await buildRenderer();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const demo = await startDemo();
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  /** @type {string[]} */
  const files = [];
  /** @type {string[]} */
  const troubles = [];
  try {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB' });
    const door = await context.newPage();
    await door.goto(demo.url);
    await door.locator('main h1').waitFor();
    const origin = new URL(demo.url).origin;
    await door.close();
    for (const theme of themes) {
      await context.addCookies([{ name: 'cuebooth_appearance', value: theme, url: origin }]);
      for (const size of sizes) {
        for (const scene of scenes) {
          const page = await context.newPage();
          page.on('console', (message) => {
            if (message.type() === 'error') troubles.push(`${scene.name}: ${message.text()}`);
          });
          page.on('pageerror', (error) => troubles.push(`${scene.name}: ${error.message}`));
          const file = `${scene.name}-${theme}-${size.width}x${size.height}.png`;
          try {
            await page.setViewportSize(size);
            await page.goto(`${origin}/#${scene.address}`);
            await page.locator('main').getByRole('heading').or(page.locator('main [role="grid"]')).first().waitFor();
            await scene.act?.(page);
            await page.waitForTimeout(700);
            await page.screenshot({ path: join(folder, file) });
            files.push(file);
          } catch (error) {
            troubles.push(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
          }
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
    demo.close();
  }
  writeFileSync(join(folder, 'index.html'), index(files));
  for (const trouble of new Set(troubles)) process.stdout.write(`${trouble}\n`);
  process.stdout.write(`${files.length} pictures in gallery/, open gallery/index.html\n`);
  return troubles.length === 0 ? 0 : 1;
}
