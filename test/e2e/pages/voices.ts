import type { Page } from '@playwright/test';

/** The Voices room. */
export const createVoices = (page: Page) => {
  const list = page.getByRole('grid', { name: 'Voices' });
  return {
    list,
    detail: page.getByRole('complementary', { name: 'About the voice' }),
    sample: page.getByRole('textbox', { name: 'Audition with' }),
    rows: list.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    search: (words: string) => page.getByRole('searchbox', { name: 'Find a voice' }).fill(words),
    audition: (name: string) => list.getByRole('button', { name: `Audition ${name}, free` }).click(),
  };
};
