import { createPages, shortScript, shortVariants } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

const towns = ['Leeds', 'York', 'Hull', 'Bath', 'Ely', 'Ayr', 'Bury', 'Diss', 'Eton', 'Hove', 'Kent', 'Looe'];
const days = ['Monday', 'Friday'];
const rows = towns.flatMap((town) => days.map((day) => `${town.toLowerCase()}-${day.toLowerCase()},${town},${day}`));

test('a script and a CSV become 24 rendered variants, and rendering again finds nothing new', async ({ studio }) => {
  const { shell, scripts, renders, history } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Variants');
  await scripts.importVariants(`variant,city,day\n${rows.join('\n')}\n`);
  await expect(scripts.row('leeds-monday')).toContainText('2 new');
  // Every town is said once for its two days, and every day once for its twelve towns.
  await expect(scripts.row('leeds-friday')).toContainText('1 new');
  await expect(scripts.summary).toContainText('14 lines to render');

  await scripts.order(/24 variants → 14 new lines, free/);
  await scripts.render.click();
  // Fourteen lines are really spoken; a busy machine takes its time.
  await scripts.order(/24 variants → nothing new, 14 owned/, { timeout: 60_000 });
  await expect(scripts.row('looe-friday')).toContainText('owned');
  await expect(scripts.summary).toContainText('0 lines to render');
  await shell.go('Renders');
  await expect(renders.entry('Open day')).toContainText('14 of 14');
  await shell.go('History');
  await expect(history.rows).toHaveCount(14);

  await shell.go('Scripts');
  await scripts.render.click();
  await expect(shell.messages).toContainText('Everything is owned already');
});

test('a table is made and mended by keyboard alone, and every step can be taken back', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  const { keyboard } = studio.page;
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Variants');
  await studio.page.getByRole('button', { name: 'Start a table' }).click();
  await expect(scripts.row('row-0001')).toContainText('no value');

  await scripts.cell('row-0001', 'variant').click();
  await keyboard.type('leeds');
  await keyboard.press('Tab');
  // The length and what is owned are not typed.
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('Leeds');
  await keyboard.press('Tab');
  await keyboard.type('Monday');
  await keyboard.press('Enter');
  await expect(scripts.row('leeds')).toContainText('2 new');
  await scripts.order(/2 new lines/);

  await keyboard.press('ControlOrMeta+a');
  await keyboard.press('Delete');
  await expect(scripts.row('row-0001')).toContainText('no value');
  await keyboard.press('ControlOrMeta+z');
  await expect(shell.messages).toContainText('Undone: 3 cells');
  await expect(scripts.row('leeds')).toContainText('Monday');
});

test('a CSV with faults is refused whole, with the row of each, and changes nothing', async ({ studio }) => {
  const { scripts } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Variants');
  await scripts.importVariants(shortVariants);
  await expect(scripts.variants).toContainText('hull');

  await scripts.importVariants('variant,city,day\nleeds,Leeds,Monday\nleeds,Leeds,Tuesday\n', 'twice.csv');
  await expect(scripts.refused).toContainText('twice.csv');
  await expect(scripts.refused).toContainText('Row 2');
  await expect(scripts.variants).toContainText('hull');

  // A file without faults says first what it would replace.
  await scripts.importVariants('variant,city,day\nbath,Bath,Monday\n', 'bath.csv');
  const asked = studio.page.getByRole('dialog', { name: 'Import bath.csv?' });
  await expect(asked).toContainText('Its 1 row replaces the 3 there are.');
  await asked.getByRole('button', { name: 'Import 1 row' }).click();
  await expect(scripts.row('bath')).toBeVisible();
  await studio.page.keyboard.press('ControlOrMeta+z');
  await expect(scripts.row('hull')).toBeVisible();
});

test('a word is written down, heard and saved, and what it changes is known before', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  const { page } = studio;
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Variants');
  await scripts.importVariants(shortVariants);
  await scripts.order(/5 new lines/);
  await scripts.openTab('Lexicon');
  await page.getByRole('textbox', { name: 'Word', exact: true }).fill('Leeds');
  await page.getByRole('textbox', { name: 'Say' }).fill('Leads');
  await expect(page.getByText('Changes 1 line in 1 script.')).toBeVisible();
  await page.getByRole('button', { name: /^Hear it/ }).click();
  await shell.expectPlaying();
  await page.getByRole('button', { name: 'Add word' }).click();
  await expect(page.getByRole('row', { name: /Leeds Leads/ })).toContainText('1 line');
  await page.getByRole('heading', { level: 1 }).first().click();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('button', { name: 'Try this example' })).toBeVisible();
});
