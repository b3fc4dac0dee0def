import { createPages, shortScript } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a voice is heard for free before it is cast, and casting it writes the script', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Cast');
  await scripts.recast('GUEST');
  const picker = studio.page.getByRole('dialog', { name: 'Cast GUEST' });
  await picker.getByRole('searchbox', { name: 'Find a voice' }).fill('awb');
  await picker.getByRole('button', { name: /^Audition .*, free$/ }).click();
  await expect.poll(shell.secondsOf).toBeGreaterThan(0);

  await scripts.choose('awb');
  await scripts.openTab('Script');
  await expect(scripts.editor).toContainText('GUEST: scratch/awb');
});

test('the Voices room finds a voice and speaks any words with it', async ({ studio }) => {
  const { shell, voices } = createPages(studio.page);
  await shell.go('Voices');
  await voices.sample.fill('The quick brown fox.');
  await voices.search('scratch/slt');
  await expect(voices.rows).toHaveCount(1);
  await voices.list.getByRole('button', { name: /^Audition .*, free$/ }).click();
  await shell.expectPlaying();
  await expect(shell.heard).toContainText('The quick brown fox.');
});
