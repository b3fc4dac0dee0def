import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test.use({ demo: true });
// Making up the demo's months comes before it.
test.describe.configure({ timeout: 120_000 });

const dayMs = 86_400_000;
const dayAgo = (days: number): string => new Date(Date.now() - days * dayMs).toISOString().slice(0, 10);

test("last season's take is found among everybody's, heard and taken away; one from elsewhere is filed", async ({
  studio,
}) => {
  const { page } = studio;
  const { shell, history, take } = createPages(page);
  await shell.go('History');
  await expect(history.count).toHaveText(/^1,\d{3} entries/);
  await history.search('reading lamp');
  await expect(history.count).toHaveText(/^\d\d entries/);
  await history.between(dayAgo(80), dayAgo(40));
  await expect(history.count).toHaveText(/^\d{1,2} entr/);
  await expect(history.filters).toContainText(' to ');

  await history.list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await shell.expectPlaying();
  await expect(shell.heard).toContainText('reading lamp');
  const download = page.waitForEvent('download');
  await page.keyboard.press('d');
  expect((await download).suggestedFilename()).toMatch(/^[\w ,()-]+_take\d\.(wav|mp3)$/);

  await page.keyboard.press('o');
  await expect(take.sheet).toContainText('reading lamp');
  await expect(take.sheet).toContainText('credits');
  await take.places.getByRole('button').first().click();
  await expect(page.getByRole('textbox', { name: 'Script text' })).toContainText('(demo)');
  await page.goBack();
  await expect(take.sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(take.sheet).toBeHidden();
  await expect(history.count).toHaveText(/^\d{1,2} entr/);

  // What was made elsewhere: heard for nothing, noted, filed, and found again by a saved search.
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await history.search('');
  await history.madeElsewhere();
  await expect(history.count).toHaveText(/^\d+ entries/);
  await history.rows.first().click();
  const words = (await history.about.getByRole('heading').first().innerText()).slice(0, 20);
  await history.about.getByRole('button', { name: 'Fetch and play, free' }).click();
  await shell.expectPlaying();
  await expect(history.about).toContainText('In the library');

  await history.about.getByRole('textbox', { name: 'Note' }).fill('The one from the web');
  await page.keyboard.press('ControlOrMeta+Enter');
  await history.fileUnder('Harbor Home radio (demo)');
  await expect(history.row(words)).toContainText('Harbor Home');
  await history.search('one web harbor');
  await expect(history.count).toHaveText('1 entry');
  await history.save('From the web');
  await history.search('');
  await expect(history.count).not.toHaveText('1 entry');
  await history.pick('From the web');
  await expect(history.count).toHaveText('1 entry');
  await page.keyboard.press('Escape');
  await history.list.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(shell.messages).toContainText('filed 1 entry');
});
