import { createPages, shortScript } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a voice is heard for free before it is cast, compared on the line itself, and undone', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Cast');
  await scripts.recast('GUEST');
  const picker = scripts.picker('GUEST');
  await picker.search('awb');
  await picker.hear('AWB');
  await expect.poll(shell.secondsOf).toBeGreaterThan(0);

  // By keyboard: two voices side by side on the guest's own line, then the second is chosen.
  await picker.search('');
  await picker.compare('AWB');
  await picker.compare('SLT');
  await expect(picker.side.getByRole('button', { name: 'Play B, SLT' })).toBeVisible();
  await expect(picker.side).toContainText('Played at one level.');
  await picker.list.focus();
  await studio.page.keyboard.press('2');
  await expect(picker.side.getByRole('listitem').nth(1)).toContainText('SLT');
  await picker.choosePin('SLT');
  await expect(picker.dialog).toBeHidden();

  await scripts.openTab('Script');
  await expect(scripts.editor).toContainText('GUEST: scratch/slt');
  await scripts.openTab('Cast');
  await studio.page.keyboard.press('ControlOrMeta+z');
  await expect(shell.messages).toContainText('Undone: GUEST as SLT');
  await scripts.openTab('Script');
  await expect(scripts.editor).toContainText('GUEST: scratch/rms');
});

test('a character’s settings have the model’s real ranges, are written into the script and taken away again', async ({
  studio,
}) => {
  const { scripts } = createPages(studio.page);
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Cast');
  await studio.page.getByRole('button', { name: 'Model and settings of HOST' }).click();
  const settings = studio.page.getByRole('group', { name: 'Model and settings of HOST' });
  const speed = settings.getByRole('slider', { name: 'Speed' });
  await expect(speed).toHaveAttribute('max', '4');
  await settings.getByRole('textbox', { name: 'Speed' }).fill('1.5');
  await studio.page.keyboard.press('Enter');
  await expect(settings.getByRole('button', { name: /^Speed: back to the default/ })).toBeVisible();
  await scripts.openTab('Script');
  await expect(scripts.editor).toContainText('HOST: {voice: scratch/slt, settings: {speed: 1.5}}');
  await scripts.openTab('Cast');
  await studio.page.getByRole('button', { name: 'Model and settings of HOST' }).click();
  await settings.getByRole('button', { name: /^Speed: back to the default/ }).click();
  await scripts.openTab('Script');
  await expect(scripts.editor).toContainText('HOST: scratch/slt');
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

test.describe('with vendors', () => {
  test.use({ demo: true });

  test('a voice that will be withdrawn is replaced in every script that speaks with it', async ({ studio }) => {
    const { shell, voices } = createPages(studio.page);
    await shell.go('Voices');
    await studio.page.getByRole('button', { name: 'Show them' }).click();
    await voices.detail.getByRole('button', { name: 'Find a replacement' }).click();
    const sheet = studio.page.getByRole('dialog', { name: /^Replace / });
    await expect(sheet.getByRole('button', { name: /^Audition .*, ~\d+ credits$/ }).first()).toBeVisible();
    await sheet
      .getByRole('button', { name: /^Use instead/ })
      .first()
      .click();
    await expect(shell.messages).toContainText(/speaks in \d+ scripts now/);
    await expect(voices.detail).toContainText('No script speaks with it.');
    await studio.page.keyboard.press('ControlOrMeta+z');
    await expect(voices.detail.getByRole('button', { name: 'Find a replacement' })).toBeVisible();
  });
});
