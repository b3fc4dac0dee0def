import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a render is paused, says so, and goes on to its end', async ({ studio }) => {
  const { shell, scripts, renders } = createPages(studio.page);
  await scripts.order(/new lines/);
  await scripts.render.click();
  await shell.go('Renders');
  const detail = renders.detail('Spring sale');
  await renders.pause.click();
  await expect(detail).toContainText('Paused');
  await expect(shell.queue).toContainText('Paused');

  await renders.resume.click();
  await expect(renders.entry('Spring sale')).toContainText('Done', { timeout: 45_000 });
  await expect(shell.queue).toContainText('Idle');
});

test('cancelling asks once, keeps what is rendered, and what was cancelled can be rendered after all', async ({ studio }) => {
  const { shell, scripts, renders } = createPages(studio.page);
  await scripts.order(/new lines/);
  await scripts.render.click();
  await shell.go('Renders');
  await renders.cancel.click();
  await studio.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel render' }).click();
  await expect(renders.entry('Spring sale')).toContainText('Cancelled');

  await studio.page.getByRole('button', { name: /^Retry \d+/ }).click();
  await expect(renders.entry('Spring sale')).toContainText('Done', { timeout: 45_000 });
});

test('a workspace is paused on its own lane and takes its work up again', async ({ studio }) => {
  const { shell, scripts, renders } = createPages(studio.page);
  await expect(scripts.title).toHaveText('Spring sale');
  await shell.go('Renders');
  await renders.side.getByRole('button', { name: 'Pause scratch' }).click();
  await expect(renders.lane('scratch')).toContainText('paused');
  await renders.side.getByRole('button', { name: 'Resume scratch' }).click();
  await expect(renders.lane('scratch')).toContainText('idle');
});
