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

  await settings.item('agency').getByRole('button', { name: 'Edit agency' }).click();
  await expect(studio.page.getByLabel('API key')).toHaveValue('');
  await studio.page.keyboard.press('Escape');

  await settings.remove('agency');
  await expect(settings.item('agency')).toBeHidden();
});

test('the library says where it lies and checks itself', async ({ studio }) => {
  const { shell, settings } = createPages(studio.page);
  await shell.go('Settings');
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
