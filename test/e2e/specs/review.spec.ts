import AxeBuilder from '@axe-core/playwright';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { createArchive } from '#node/archive.ts';
import { createPages, shortScript, shortVariants } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

const manyScript = `---
title: Many
cast:
  HOST: scratch/slt
---
HOST: {{word}}.
`;
const many = 50;
const manyVariants = ['variant,word', ...Array.from({ length: many }, (_, index) => `v${index},Go ${index}`)].join(
  '\n',
);

const render = async (page: Page, script: string, variants: string, words: RegExp): Promise<void> => {
  const { scripts } = createPages(page);
  await scripts.importScript('review.cue.txt', script);
  await expect(scripts.title).toHaveText(/Many|Open day/);
  await scripts.openTab('Variants');
  await scripts.importVariants(variants);
  await scripts.order(/new lines/);
  await scripts.render.click();
  await expect(scripts.render).toContainText(words, { timeout: 60_000 });
};

test('fifty takes are judged by keyboard only, and every verdict can be taken back', async ({ studio }) => {
  test.slow();
  const { page } = studio;
  const { keyboard } = page;
  const { review } = createPages(page);
  await render(page, manyScript, manyVariants, /nothing new, 50 owned/);
  await review.open();
  await expect(review.progress).toHaveText(`0 of ${many} judged`);
  await expect(review.wave.locator('canvas, svg, div').first()).toBeVisible();
  // Playing is covered elsewhere: fifty takes would be a minute of speech.
  await keyboard.press('n');
  await keyboard.press('Space');
  await expect(review.detail.getByRole('button', { name: 'Pause' })).toBeVisible();
  await keyboard.press('Space');
  for (let judged = 0; judged < many; judged += 1) {
    await expect(review.progress).toHaveText(`${judged} of ${many} judged`);
    await keyboard.press(judged % 10 === 3 ? 'x' : 'a');
  }
  await expect(review.progress).toHaveText(`${many} of ${many} judged`);
  await expect(page.getByText('Everything is judged. Well heard.')).toBeVisible();
  await keyboard.press('ControlOrMeta+z');
  await keyboard.press('ControlOrMeta+z');
  await expect(review.progress).toHaveText(`${many - 2} of ${many} judged`);
  await keyboard.press('ControlOrMeta+Shift+z');
  await expect(review.progress).toHaveText(`${many - 1} of ${many} judged`);
});

test('one line is done again in its place, compared blind, commented and handed to somebody', async ({ studio }) => {
  test.slow();
  const { page } = studio;
  const { keyboard } = page;
  const { review, shell } = createPages(page);
  await render(page, shortScript, shortVariants, /nothing new, 5 owned/);
  await review.open();
  await review.rows.filter({ hasText: 'See you on Friday.' }).click();
  await expect(review.text).toHaveText('See you on Friday.');
  await expect(review.retake).toContainText('free');
  await expect(review.takes).toHaveCount(1);

  await keyboard.press('r');
  await expect(review.takes).toHaveCount(2);
  await expect(review.takes.nth(1)).toContainText('in the spot');
  await keyboard.press('1');
  await expect(review.takes.nth(0)).toHaveAttribute('aria-current', 'true');

  await keyboard.press('Shift+B');
  await expect(review.detail).toContainText('stays hidden until you decide');
  await expect(review.takes).toHaveCount(0);
  // Not whether it plays: the take is a second long, and a slow machine looks later than that.
  await expect(shell.transport).toContainText('Blind comparison, level-matched');
  await keyboard.press('v');
  await expect(review.detail).toContainText('A · Take');
  await keyboard.press('Escape');

  await keyboard.press('c');
  await keyboard.type('too fast');
  await keyboard.press('Enter');
  await expect(review.comments).toContainText('too fast');
  await keyboard.press('m');
  await expect(review.detail.getByRole('button', { name: /Assigned to/ })).not.toContainText('Nobody');
  await keyboard.press('2');
  await keyboard.press('a');
  await expect(review.progress).toHaveText('1 of 5 judged');

  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))).toEqual([]);
});

test('a client answers on a page that is opened from a folder, and the answers come back', async ({
  studio,
  home,
  browser,
}) => {
  const { page } = studio;
  const { review, shell } = createPages(page);
  await render(page, shortScript, shortVariants, /nothing new, 5 owned/);
  await review.open();
  await review.packageButton.click();
  await review.packageSheet.getByRole('button', { name: 'Make the package' }).click();
  const coming = page.waitForEvent('download');
  await review.packageSheet.getByRole('link', { name: /^Download/ }).click();
  const folder = join(home, 'client');
  const files = await createArchive(home).unpack(await readFile(await (await coming).path()), () => true);
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }

  const context = await browser.newContext({ locale: 'de-DE' });
  const client = await context.newPage();
  const asked: string[] = [];
  client.on('request', (request) => asked.push(new URL(request.url()).protocol));
  await client.goto(pathToFileURL(join(folder, 'index.html')).href);
  await expect(client.getByRole('listitem')).toHaveCount(5);
  await client.keyboard.press('Space');
  await expect(client.getByRole('button', { name: /^Anhalten/ })).toBeVisible();
  await client.keyboard.press('c');
  await client.keyboard.type('<img src=x onerror=alert(1)> bitte wärmer');
  await client.keyboard.press('Enter');
  await client.keyboard.press('x');
  await client.keyboard.press('a');
  await expect(client.getByRole('status').first()).toHaveText('2 von 5 entschieden');
  await client.reload();
  await expect(client.getByRole('status').first()).toHaveText('2 von 5 entschieden');
  await client.getByRole('textbox', { name: 'Ihr Name' }).fill('Ana');
  const answers = client.waitForEvent('download');
  await client.getByRole('button', { name: /^Antworten speichern/ }).click();
  const buffer = await readFile(await (await answers).path());
  expect(new Set(asked)).toEqual(new Set(['file:']));
  await context.close();

  await page.keyboard.press('Escape');
  await review.readBack({ name: 'answers.json', mimeType: 'application/json', buffer });
  await expect(shell.messages).toContainText('Answers of Ana: 1 approved, 1 rejected, 1 comment.');
  await expect(review.list).toContainText('Client said no');
  await review.rows.filter({ hasText: 'Client said no' }).click();
  await expect(review.comments).toContainText('<img src=x onerror=alert(1)> bitte wärmer');
});
