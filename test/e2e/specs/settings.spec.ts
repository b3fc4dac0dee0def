import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a workspace is added with a key that is never shown again, and is removed after one question', async ({
  studio,
}) => {
  const { shell, settings } = createPages(studio.page);
  const key = 'sk-do-not-show-this-7f3a9c';
  await shell.go('Settings');
  await settings.add({ name: 'agency', baseUrl: 'http://127.0.0.1:9', key });
  await expect(settings.item('agency')).toContainText('7f3a9c'.slice(-4));
  expect(await studio.page.content()).not.toContain(key);

  const sheet = await settings.openKey('agency');
  await expect(sheet.getByLabel('API key')).toHaveValue('');
  await studio.page.keyboard.press('Escape');

  await settings.remove('agency');
  await expect(settings.item('agency')).toBeHidden();
});

test('a key is tried as soon as it is there, is replaced by another, and is forgotten after one question', async ({
  studio,
}) => {
  const { shell, settings } = createPages(studio.page);
  await shell.go('Settings');
  // Nothing listens there, so that the test of the key has one answer.
  await settings.add({ name: 'agency', baseUrl: 'http://127.0.0.1:9', key: 'sk-first-00000000a1a1' });
  await expect(settings.item('agency').getByRole('img', { name: 'does not work' }).first()).toBeVisible();

  await settings.replaceKey('agency', 'sk-second-00000000b2b2');
  await expect(settings.item('agency')).toContainText('b2b2');
  expect(await studio.page.content()).not.toContain('sk-second');

  await settings.forgetKey('agency');
  await expect(settings.item('agency')).toContainText('no key');
});

test('the settings that a vendor names are fields of their own, folded away', async ({ studio }) => {
  const { shell, settings } = createPages(studio.page);
  await shell.go('Settings');
  await settings.workspaces.getByRole('button', { name: 'Add workspace' }).click();
  const form = studio.page.getByRole('dialog', { name: 'Add workspace' });
  await expect(form.getByLabel('Other settings')).toBeHidden();
  await form.getByText('Advanced').click();
  await expect(form.getByLabel('Other settings')).toBeVisible();
});

test('the library says where it lies and checks itself', async ({ studio }) => {
  const { shell, settings } = createPages(studio.page);
  await shell.go('Settings');
  await settings.open('Storage');
  await expect(settings.library).toContainText(studio.library);
  await settings.check.click();
  await expect(settings.library).toContainText('The database is sound.');
});

test('the chosen appearance holds after a reload', async ({ studio }) => {
  const { shell } = createPages(studio.page);
  await shell.look('Light');
  await expect(studio.page.locator('html')).toHaveAttribute('data-theme', 'light');
  await studio.page.reload();
  await expect(studio.page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('keys are changed by pressing them, an overlap is said, and one press undoes it', async ({ studio }) => {
  const { shell, settings } = createPages(studio.page);
  await shell.go('Settings');
  await settings.open('Shortcuts');
  await settings.bind('Voices', 'Control+2');
  await expect(settings.shortcut('Voices')).toContainText('“Renders” already');
  await settings.shortcut('Voices').getByRole('button', { name: 'Use it here instead' }).click();
  await expect(settings.shortcut('Renders')).toContainText('none');
  await studio.page.keyboard.press('Control+2');
  await expect(studio.page.getByRole('main', { name: 'Voices' })).toBeVisible();
  await studio.page.keyboard.press('Control+z');
  await studio.page.keyboard.press('Control+2');
  await expect(studio.page.getByRole('main', { name: 'Renders' })).toBeVisible();
});

test('the studio speaks German from one moment to the next, and after a reload', async ({ studio }) => {
  const { shell, settings } = createPages(studio.page);
  await shell.go('Settings');
  await settings.open('Language');
  await studio.page.getByRole('radio', { name: 'Deutsch' }).check({ force: true });
  await expect(studio.page.getByRole('tab', { name: 'Tastenkürzel' })).toBeVisible();
  await studio.page.reload();
  await expect(studio.page.getByRole('tab', { name: 'Tastenkürzel' })).toBeVisible();
  await expect(studio.page.locator('html')).toHaveAttribute('lang', 'de');
});

test('the licences of what it is built from are there to read', async ({ studio }) => {
  const { shell, settings } = createPages(studio.page);
  await shell.go('Settings');
  await settings.open('About');
  await studio.page.getByRole('button', { name: 'Show all licences' }).click();
  const entry = studio.page.getByRole('listitem').filter({ hasText: 'better-sqlite3' });
  await entry.getByText('better-sqlite3').first().click();
  await expect(entry.getByText('Permission is hereby granted')).toBeVisible();
});
