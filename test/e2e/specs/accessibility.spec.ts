import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const rooms = ['Scripts', 'Renders', 'Review', 'History', 'Voices', 'Usage', 'Settings'] as const;
const tabs = ['variants', 'cast', 'lexicon'] as const;
const overlays = ['ControlOrMeta+k', '?', 'ControlOrMeta+Shift+Enter'] as const;

// One made-up library for all of them: every list has rows, every chart has days.
test.use({ demo: true });

/**
 * What is wrong, and where, in a form that a failing test can print. Legacy mode asks for no second page, which Electron
 * does not give; the studio has no frames that it would miss.
 */
const violationsOf = async (page: Page, rules: 'all' | 'contrast'): Promise<readonly string[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules === 'all' ? axe.withTags(tags) : axe.withRules(['color-contrast'])).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  );
};

/** The themes differ in colours alone: the structure of a screen is looked at once, its contrast in each. */
const themes = [
  ['dark', 'all'],
  ['light', 'contrast'],
  ['contrast', 'contrast'],
] as const;

test('every room and what opens over it passes axe: all rules in dark, contrast in every theme', async ({ studio }) => {
  test.setTimeout(300_000);
  const { page } = studio;
  const { shell } = createPages(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const found: Record<string, readonly string[]> = {};
  const look = async (name: string): Promise<void> => {
    for (const [theme, rules] of themes) {
      await page.evaluate((to) => {
        document.documentElement.dataset['theme'] = to;
      }, theme);
      const violations = await violationsOf(page, rules);
      if (violations.length > 0) found[`${name}, ${theme}`] = violations;
    }
  };
  for (const room of rooms) {
    await shell.go(room);
    const rows = page.locator('main [role="grid"] [role="row"]');
    if ((await rows.count()) > 1) await rows.nth(1).click();
    await look(room);
  }
  await shell.go('Scripts');
  for (const tab of tabs) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`, 'i') }).click();
    await look(tab);
  }
  await page.getByRole('tab', { name: /^script/i }).click();
  for (const keys of overlays) {
    await page.keyboard.press(keys);
    await expect(shell.dialog).toBeVisible();
    await look(keys);
    await page.keyboard.press('Escape');
    await expect(shell.dialog).toBeHidden();
  }
  expect(found).toEqual({});
});
