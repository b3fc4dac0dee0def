import type { Page } from '@playwright/test';

/** The Review room: the list by risk, and the take in front. */
export const createReview = (page: Page) => {
  const list = page.getByRole('grid', { name: 'Takes to review' });
  const detail = page.getByRole('region', { name: 'The take in front' });
  return {
    list,
    detail,
    open: () => page.keyboard.press('ControlOrMeta+3'),
    rows: list.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    active: list.locator('[role="row"][aria-selected="true"]'),
    /** The line's words, large. */
    text: detail.getByRole('heading', { level: 2 }),
    wave: detail.getByTestId('take-wave'),
    /** `3 of 50 judged`. */
    progress: page.getByTestId('review-progress'),
    takes: detail.getByRole('list', { name: 'Takes of this line' }).getByRole('button'),
    comments: detail.getByRole('region', { name: 'Comments' }),
    retake: detail.getByRole('button', { name: /^Retake/ }),
    choose: async (filter: string, option: string | RegExp): Promise<void> => {
      await page.getByRole('main').getByRole('button', { name: filter }).click();
      await page.getByRole('option', { name: option }).click();
    },
    packageButton: page.getByRole('button', { name: 'For a client…' }),
    packageSheet: page.getByRole('dialog', { name: 'Review package for a client' }),
    readBack: (file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }) =>
      page.locator('button:text-is("Read answers…") + input[type=file]').setInputFiles(file),
  };
};
