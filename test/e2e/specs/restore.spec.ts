import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a library goes out as one file and comes back as it was, with the one of now put aside', async ({ studio }) => {
  const { shell, settings } = createPages(studio.page);
  const home = dirname(studio.library);
  const file = join(home, 'kept.cuebooth');
  await shell.go('Settings');
  await settings.open('Storage');
  await settings.exportTo(file);

  await settings.open('Workspaces');
  await settings.add({ name: 'agency', baseUrl: 'http://127.0.0.1:9', key: 'sk-gone-again-00000000c3c3' });
  await expect(settings.item('agency')).toBeVisible();

  await settings.open('Storage');
  await settings.restoreFrom(file);
  await expect(settings.storage.getByText('This library was restored from a file')).toBeVisible();
  const beside = (await readdir(home)).filter((name) => name.startsWith(`${basename(studio.library)}.before-restore-`));
  expect(beside).toHaveLength(1);
  await expect(settings.storage).toContainText(beside[0] ?? '');
  await settings.open('Workspaces');
  await expect(settings.item('scratch')).toBeVisible();
  await expect(settings.item('agency')).toBeHidden();

  await shell.go('Scripts');
  await expect(studio.page.getByText('Spring sale').first()).toBeVisible();
});
