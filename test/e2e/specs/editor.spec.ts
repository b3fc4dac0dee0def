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
  await page.getByRole('textbox', { name: 'Word', exact: true }).fill('Leicester');
  await page.getByRole('textbox', { name: 'Say' }).fill('Lester');
  await page.getByRole('button', { name: 'Add word' }).click();
  await scripts.order(/1 new line, 1 owned/);
});

test('one writes to length: each line, the whole, and the next variant by a key', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  const { page } = studio;
  await expect(scripts.title).toHaveText('Spring sale');
  await expect(scripts.strip).toContainText('1 of 24');
  await scripts.editor.click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('ArrowUp');
  await expect(scripts.line).toContainText('not rendered');
  await page.keyboard.press('Alt+ArrowRight');
  await expect(scripts.strip).toContainText('2 of 24');
  await page.keyboard.press('F8');
  await expect(page.locator('.cue-value').first()).toBeVisible();

  // A Scratch voice costs nothing: the line is made at once, and heard.
  await page.keyboard.press('ControlOrMeta+Shift+Space');
  await shell.expectPlaying();
  await expect(scripts.line).toContainText('rendered');
});

test('a file of another format is read, found, changed over the project, and all of it can be taken back', async ({
  studio,
}) => {
  const { scripts } = createPages(studio.page);
  const { page } = studio;
  await expect(scripts.title).toHaveText('Spring sale');
  await scripts.importOther('Night drive.txt', 'ANNA: Where are we?\nBEN: Somewhere north.\n');
  await expect(scripts.title).toHaveText('Night drive');
  await scripts.editor.click();
  await page.keyboard.press('ControlOrMeta+Shift+F');
  const find = page.getByRole('dialog', { name: /^Find in/ });
  await find.getByRole('textbox', { name: 'Find', exact: true }).fill('Somewhere');
  await find.getByRole('textbox', { name: 'Replace with' }).fill('Far');
  await find.getByRole('button', { name: 'Replace 1' }).click();
  await expect(find).toBeHidden();
  await expect(scripts.editor).toContainText('BEN: Far north.');

  await page.keyboard.press('ControlOrMeta+Shift+H');
  const revisions = page.getByRole('dialog', { name: /^Revisions of/ });
  await expect(revisions.getByRole('radio', { name: /^Revision/ })).toHaveCount(2);
  await expect(revisions.locator('.cm-deletedChunk')).toContainText('Somewhere');
  await page.keyboard.press('Escape');

  await scripts.entry('Night drive').focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(scripts.editor).toContainText('BEN: Somewhere north.');
  await scripts.entry('Night drive').press('Delete');
  await expect(scripts.entry('Night drive')).toBeHidden();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(scripts.entry('Night drive')).toBeVisible();
});
