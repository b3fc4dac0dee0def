import type { Page } from '@playwright/test';

/** The Takes room: the list and the take that is looked at. */
export const createTakes = (page: Page) => {
  const list = page.getByRole('grid', { name: 'Takes' });
  const detail = page.getByRole('complementary', { name: 'About this take' });
  return {
    list,
    detail,
    rows: list.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    active: list.locator('[role="row"][aria-selected="true"]'),
    siblings: detail.getByRole('region', { name: 'Takes of this line' }),
    search: (words: string) => page.getByRole('searchbox', { name: /^Find takes/ }).fill(words),
    row: (text: string) => list.getByRole('row').filter({ hasText: text }).first(),
  };
};
