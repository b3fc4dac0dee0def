import { createPages, shortScript } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a fault is underlined while it is typed, and goes when it is mended', async ({ studio }) => {
  const { scripts } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.type('HOST: Come to {{city');
  await expect(scripts.underlined.first()).toBeVisible();
  await expect(scripts.problems).toContainText('not closed');

  await studio.page.keyboard.type('}}.');
  await expect(scripts.underlined).toHaveCount(0);
  await expect(scripts.problems).toBeHidden();
});

test('what is typed is saved by itself and is there after a reload', async ({ studio }) => {
  const { scripts } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.type('GUEST: Bring a coat.');
  await expect(scripts.saved).toHaveText('Saved · revision 2');

  await studio.page.reload();
  await expect(scripts.editor).toContainText('Bring a coat.');
});

test('a word of the lexicon makes only the lines it touches new', async ({ studio }) => {
  const { scripts } = createPages(studio.page);
  const { page } = studio;
  await scripts.importScript(
    'plain.cue.txt',
    '---\ntitle: Plain\ncast:\n  HOST: scratch/slt\n---\nHOST: Leicester calls.\nHOST: Good night.\n',
  );
  await expect(scripts.title).toHaveText('Plain');
  await scripts.render.click();
  await scripts.order(/nothing new, 2 owned/);

  await scripts.openTab('Lexicon');
  await page.getByRole('textbox', { name: 'Word' }).fill('Leicester');
  await page.getByRole('textbox', { name: 'Say' }).fill('Lester');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await scripts.order(/1 new line, 1 owned/);
});
