import { expect, type Page } from '@playwright/test';

/** The History room: the list, its filters, and the entry that is looked at. */
export const createHistory = (page: Page) => {
  const list = page.getByRole('grid', { name: 'History' });
  const about = page.getByRole('complementary', { name: 'About this entry' });
  const filters = page.getByRole('group', { name: 'Filters' });
  const openFilter = (name: string) => filters.getByRole('button', { name, exact: true }).click();
  return {
    list,
    about,
    filters,
    rows: list.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    active: list.locator('[role="row"][aria-selected="true"]'),
    row: (text: string) => list.getByRole('row').filter({ hasText: text }).first(),
    /** How many entries fit, as a person reads it. */
    count: page.getByRole('main').getByRole('status').filter({ hasText: /entr/ }),
    search: (words: string) =>
      page
        .getByRole('main')
        .getByRole('searchbox', { name: /^Find by text/ })
        .fill(words),
    /** From one day to another, as `2026-04-01`. */
    between: async (from: string, to: string): Promise<void> => {
      await openFilter('When');
      await page.getByLabel('From').fill(from);
      await page.getByLabel('To', { exact: true }).fill(to);
      await page.getByRole('button', { name: 'Show these' }).click();
      await expect(page.getByRole('dialog')).toBeHidden();
    },
    madeElsewhere: async (): Promise<void> => {
      await openFilter('More filters');
      await page.getByRole('button', { name: /Made in/ }).click();
      await page.getByRole('option', { name: 'Elsewhere' }).click();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    },
    fileUnder: async (project: string): Promise<void> => {
      await about.getByRole('button', { name: 'File under a project' }).click();
      await page.getByRole('option', { name: project }).click();
    },
    save: async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Saved', exact: true }).click();
      await page.getByLabel('Save this search as').fill(name);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden();
    },
    pick: async (name: string): Promise<void> => {
      await page.getByRole('button', { name: 'Saved', exact: true }).click();
      await page.getByRole('button', { name, exact: true }).click();
    },
  };
};

/** The sheet of one take, over whatever room is open. */
export const createTakeSheet = (page: Page) => {
  const sheet = page.getByRole('dialog', { name: 'Take', exact: true });
  return {
    sheet,
    takes: sheet.getByRole('region', { name: 'Takes of this line' }).getByRole('button'),
    current: sheet.getByRole('region', { name: 'Takes of this line' }).locator('[aria-current="true"]'),
    places: sheet.getByRole('region', { name: 'Where it is said' }),
  };
};
