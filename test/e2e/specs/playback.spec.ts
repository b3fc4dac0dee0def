import { createPages, shortScript, shortVariants } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a variant plays all its lines in order, one after the other, by keyboard', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  const { keyboard } = studio.page;
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Variants');
  await scripts.importVariants(shortVariants);
  await scripts.order(/5 new lines/);
  await scripts.render.click();
  await scripts.order(/nothing new, 5 owned/);

  await scripts.playVariant('leeds');
  await shell.expectPlaying();
  await expect(shell.heard).toContainText('Welcome to Leeds.');
  await expect(shell.heard).toContainText('See you on Monday.');
  await shell.expectStopped();

  await scripts.focusVariants();
  await keyboard.press('Space');
  await shell.expectPlaying();
  await keyboard.press('j');
  await expect(shell.heard).toContainText('See you on Monday.');
  await keyboard.press('Space');
  await shell.expectStopped();
});

test('what plays goes on while another room is opened', async ({ studio }) => {
  const { shell, voices } = createPages(studio.page);
  await shell.go('Voices');
  await voices.sample.fill('One two three four five six seven eight nine ten, and then some more words to be spoken.');
  await voices.search('scratch/slt');
  await voices.list.getByRole('button', { name: /^Audition/ }).click();
  await shell.expectPlaying();
  await shell.go('Settings');
  const before = await shell.secondsOf();
  await expect.poll(shell.secondsOf).toBeGreaterThan(before);
});
