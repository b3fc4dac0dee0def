import { createPages, shortScript, shortVariants } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a script and a CSV become takes, and rendering again finds nothing new', async ({ studio }) => {
  const { shell, scripts, renders, history } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Variants');
  await scripts.importVariants(shortVariants);
  await expect(scripts.variants).toContainText('leeds');

  // Two of the three variants share their second line.
  await scripts.order(/3 variants → 5 new lines, free/);
  await scripts.render.click();
  await scripts.order(/3 variants → nothing new, 5 owned/);
  await shell.go('Renders');
  await expect(renders.entry('Open day')).toContainText('5 of 5');
  await shell.go('History');
  await expect(history.rows).toHaveCount(5);

  await shell.go('Scripts');
  await scripts.render.click();
  await expect(shell.messages).toContainText('Everything is owned already');
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
});
