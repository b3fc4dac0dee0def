import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('a new library holds the sample, says what to press, and one press later it can be heard', async ({ studio }) => {
  const { shell, scripts, renders } = createPages(studio.page);
  await expect(scripts.title).toHaveText('Spring sale');
  await expect(scripts.firstSteps).toContainText('Press Render');
  await scripts.order(/24 variants → \d+ new lines, free/);

  await scripts.render.click();
  await expect(scripts.firstSteps).toBeHidden();
  await shell.go('Renders');
  await expect(renders.lines.getByRole('button', { name: 'Play austin-grill, line 1' })).toBeVisible();
  await renders.play('austin-grill', 1);
  await shell.expectPlaying();
  await expect(shell.heard).toContainText('Spring is here at Harbor Home in Austin.');
  await shell.expectStopped();
});

test('a reload comes back to the same place without a new link', async ({ studio }) => {
  const { shell, renders } = createPages(studio.page);
  await shell.go('Renders');
  await expect(renders.side).toBeVisible();
  await studio.page.reload();
  await expect(renders.side).toBeVisible();
});
