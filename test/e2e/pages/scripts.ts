import { expect, type Page } from '@playwright/test';

const fileOf = (name: string, text: string, mimeType = 'text/plain') => ({
  name,
  mimeType,
  buffer: Buffer.from(text, 'utf8'),
});

/** The Scripts room: the list, the editor, and the tabs beside it. */
export const createScripts = (page: Page) => {
  const editor = page.getByRole('textbox', { name: 'Script text' });
  const variants = page.getByRole('grid', { name: 'Variants' });
  const tab = (name: 'Script' | 'Variants' | 'Cast' | 'Lexicon') =>
    page.getByRole('tab', { name: new RegExp(`^${name}`) });
  return {
    editor,
    variants,
    /** A row of the grid by the name of its variant. */
    row: (name: string) =>
      variants.getByRole('row').filter({ has: page.getByRole('rowheader').getByText(name, { exact: true }) }),
    /** A cell by the name of its variant and the title of its column. */
    cell: (name: string, column: string) =>
      variants
        .getByRole('row')
        .filter({ hasText: name })
        .locator(`[role="${column === 'variant' ? 'rowheader' : 'gridcell'}"]`)
        .first(),
    /** The cell that Tab comes to. */
    focusVariants: () => variants.locator('[tabindex="0"]').first().focus(),
    /** What the whole table comes to. */
    summary: page.getByText(/^\d+ lines? to render/).locator('..'),
    title: page.getByRole('region', { name: 'Script', exact: true }).getByRole('heading', { level: 1 }),
    render: page.getByRole('button', { name: /^Render (Ctrl|⌘)/ }),
    firstSteps: page.getByRole('region', { name: 'First steps' }),
    problems: page.getByRole('region', { name: 'Problems' }),
    timing: page.getByRole('region', { name: 'Timing' }),
    underlined: page.locator('.cm-lintRange-error'),
    refused: page.getByRole('alert').filter({ hasText: 'was not imported' }),
    sheet: page.getByRole('dialog', { name: 'Render' }),
    openTab: (name: Parameters<typeof tab>[0]) => tab(name).click(),
    saved: page.getByRole('status').filter({ hasText: /^Saved/ }),
    importScript: async (name: string, source: string): Promise<void> => {
      await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled();
      // The file chooser's own input stands beside the button that opens it.
      await page.locator('button:text-is("Import") + input[type=file]').setInputFiles(fileOf(name, source));
    },
    /** Other formats are shown as they were understood, and saved with a press. */
    importOther: async (name: string, source: string): Promise<void> => {
      await page.locator('button:text-is("Import") + input[type=file]').setInputFiles(fileOf(name, source));
      const sheet = page.getByRole('dialog', { name: 'Import' });
      await sheet.getByRole('button', { name: 'Import 1 script' }).click();
      await expect(sheet).toBeHidden();
    },
    entry: (title: string) =>
      page.getByRole('navigation', { name: 'Scripts' }).getByRole('button', { name: new RegExp(`^${title}`) }),
    strip: page.getByRole('region', { name: 'Preview of a variant' }),
    line: page.getByRole('region', { name: 'Line under the cursor' }),
    importVariants: async (csv: string, name = 'variants.csv'): Promise<void> => {
      await page
        .getByRole('tabpanel')
        .locator('input[type=file]')
        .setInputFiles(fileOf(name, csv, 'text/csv'));
    },
    type: async (text: string): Promise<void> => {
      await editor.click();
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.type(text);
    },
    playVariant: (name: string) => variants.getByRole('button', { name: `Play ${name}` }).click(),
    recast: (character: string) =>
      page.getByRole('button', { name: new RegExp(`^(Recast|Cast) ${character}`) }).click(),
    choose: async (voice: string): Promise<void> => {
      const picker = page.getByRole('dialog', { name: /^Cast / });
      await picker.getByRole('searchbox', { name: 'Find a voice' }).fill(voice);
      await picker
        .getByRole('button', { name: /^Choose/ })
        .first()
        .click();
      await expect(picker).toBeHidden();
    },
    /** The sheet in which a character gets its voice. */
    picker: (character: string) => {
      const dialog = page.getByRole('dialog', { name: `Cast ${character}` });
      const side = dialog.getByRole('region', { name: 'Compare on this line' });
      const list = dialog.getByRole('grid', { name: `Voices for ${character}` });
      return {
        dialog,
        /** The voices that are compared. */
        side,
        list,
        search: (words: string) => dialog.getByRole('searchbox', { name: 'Find a voice' }).fill(words),
        hear: (voice: string) =>
          list.getByRole('button', { name: new RegExp(`^Audition ${voice}, (free|owned)$`) }).click(),
        compare: (voice: string) => list.getByRole('button', { name: `Compare ${voice}`, exact: true }).click(),
        choosePin: (voice: string) => side.getByRole('button', { name: `Choose ${voice}`, exact: true }).click(),
      };
    },
    /** The button as a person reads it, once it no longer works something out. */
    order: async (sentence: RegExp, options: { readonly timeout?: number } = {}): Promise<void> => {
      await expect(page.getByRole('button', { name: /^Render (Ctrl|⌘)/ })).toContainText(sentence, options);
    },
  };
};
