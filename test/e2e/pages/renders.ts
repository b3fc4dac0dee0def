import type { Page } from '@playwright/test';

/** The Renders room: orders, lanes, decisions, and every line of the open order. */
export const createRenders = (page: Page) => {
  const side = page.getByRole('complementary', { name: 'Renders and lanes' });
  return {
    side,
    lines: page.getByRole('grid', { name: 'Lines of this render' }),
    entry: (title: string) =>
      side.getByRole('grid', { name: 'Renders' }).getByRole('row').filter({ hasText: title }).first(),
    banner: (workspace: string) => page.locator('main').getByRole('status').filter({ hasText: workspace }),
    questions: page.getByRole('region', { name: /your decision$/ }),
    causes: page.getByRole('list', { name: 'What went wrong' }),
    figure: (name: string) => page.locator('main dl > div').filter({ hasText: name }).locator('dd'),
    detail: (title: string) => page.getByRole('region', { name: title, exact: true }),
    pause: page.getByRole('button', { name: 'Pause', exact: true }).and(page.locator('main button')),
    resume: page.getByRole('button', { name: 'Resume', exact: true }),
    cancel: page.getByRole('button', { name: 'Cancel', exact: true }),
    lane: (workspace: string) => side.getByRole('listitem').filter({ hasText: workspace }),
    play: (variant: string, line: number) =>
      page.getByRole('button', { name: `Play ${variant}, line ${line}` }).click(),
  };
};
