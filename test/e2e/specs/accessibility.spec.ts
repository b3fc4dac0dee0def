import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createPages, shortScript, shortVariants } from '../pages/index.ts';
import type { Look, Room } from '../pages/shell.ts';
import { expect, test } from '../studio.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What is wrong, and where, in a form that a failing test can print. Legacy mode asks for no second page, which Electron
 * does not give; the studio has no frames that it would miss.
 */
const violationsOf = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  );
};

for (const look of ['Dark', 'Light', 'High contrast'] as const satisfies readonly Look[]) {
  test(`every room passes axe in ${look}`, async ({ studio }) => {
    // Eight times axe over a whole screen.
    test.slow();
    const { page } = studio;
    const { shell, scripts, history, take } = createPages(page);
    await scripts.importScript('open-day.cue.txt', shortScript);
    await expect(scripts.title).toHaveText('Open day');
    await scripts.openTab('Variants');
    await scripts.importVariants(shortVariants);
    await scripts.order(/5 new lines/);
    await scripts.render.click();
    await scripts.order(/nothing new, 5 owned/);
    await shell.look(look);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const room of ['Scripts', 'Renders', 'History', 'Voices', 'Settings'] as const satisfies readonly Room[]) {
      await shell.go(room);
      if (room === 'History') await history.rows.first().click();
      expect(await violationsOf(page), room).toEqual([]);
      if (room !== 'History') continue;
      await page.keyboard.press('o');
      await expect(take.places).toContainText('line');
      expect(await violationsOf(page), 'take').toEqual([]);
      await page.keyboard.press('Escape');
      await expect(take.sheet).toBeHidden();
    }
    await shell.go('Scripts');
    for (const tab of ['Script', 'Cast', 'Lexicon'] as const) {
      await scripts.openTab(tab);
      expect(await violationsOf(page), tab).toEqual([]);
    }
  });

  test(`everything that opens over a room passes axe in ${look}`, async ({ studio }) => {
    test.slow();
    const { page } = studio;
    const { shell, scripts } = createPages(page);
    await shell.look(look);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await shell.go('Scripts');
    await scripts.order(/new lines/);
    for (const keys of ['ControlOrMeta+Shift+Enter', 'ControlOrMeta+k', '?']) {
      await page.keyboard.press(keys);
      await expect(shell.dialog).toBeVisible();
      expect(await violationsOf(page), keys).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(shell.dialog).toBeHidden();
    }
    await scripts.openTab('Cast');
    await scripts.recast('CUSTOMER');
    expect(await violationsOf(page), 'voice picker').toEqual([]);
  });
}
