import { createPages, shortScript, shortVariants } from '../pages/index.ts';
import { expect, type Studio, test } from '../studio.ts';

/** A short order that waits behind a paused lane, so that a spec can act on it before it is over. */
const orderBehindPausedLane = async (studio: Studio) => {
  const pages = createPages(studio.page);
  const { shell, scripts, renders } = pages;
  await scripts.importScript('open-day.cue.txt', shortScript);
  await expect(scripts.title).toHaveText('Open day');
  await scripts.openTab('Variants');
  await scripts.importVariants(shortVariants);
  await scripts.order(/5 new lines/);
  await shell.go('Renders');
  await renders.side.getByRole('button', { name: 'Pause scratch' }).click();
  await expect(renders.lane('scratch')).toContainText('paused');
  await shell.go('Scripts');
  await scripts.render.click();
  await expect(shell.messages).toContainText('Rendering 5 lines');
  await shell.go('Renders');
  return pages;
};

test('a paused render stands still while its workspace works, and goes on to its end', async ({ studio }) => {
  const { shell, renders } = await orderBehindPausedLane(studio);
  await expect(renders.entry('Open day')).toContainText('0 of 5');
  await renders.pause.click();
  await expect(renders.entry('Open day')).toContainText('Paused');
  await renders.side.getByRole('button', { name: 'Resume scratch' }).click();
  await expect(renders.lane('scratch')).not.toContainText('paused');
  await expect(renders.entry('Open day')).toContainText('0 of 5');

  await renders.resume.click();
  await expect(renders.entry('Open day')).toContainText('Done');
  await expect(renders.entry('Open day')).toContainText('5 of 5');
  await expect(shell.queue).toContainText('Idle');
});

test('cancelling asks once, and what was cancelled can be rendered after all', async ({ studio }) => {
  const { renders } = await orderBehindPausedLane(studio);
  await renders.cancel.click();
  await studio.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel render' }).click();
  await expect(renders.entry('Open day')).toContainText('Cancelled');

  await renders.side.getByRole('button', { name: 'Resume scratch' }).click();
  await studio.page.getByRole('button', { name: 'Retry 5' }).click();
  await expect(renders.entry('Open day')).toContainText('Done');
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
