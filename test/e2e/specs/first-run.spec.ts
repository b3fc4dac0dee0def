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
  const { shell, history } = createPages(studio.page);
  await shell.go('History');
  await expect(history.about).toBeVisible();
  await studio.page.reload();
  await expect(history.about).toBeVisible();
});

test.describe('a person who is new', () => {
  test.use({ tour: true });

  test('is shown the way to the first sound in four steps, with no account', async ({ studio }) => {
    const { page } = studio;
    const { shell } = createPages(page);
    const tour = page.getByRole('dialog', { name: 'First steps' });
    const next = tour.getByRole('button', { name: 'Next' });
    await expect(tour).toContainText('Step 1 of 4');
    await next.click();
    await expect(page.getByRole('tab', { name: 'Variants', selected: true })).toBeVisible();
    await next.click();
    await tour.getByRole('button', { name: 'Render the sample' }).click();
    await expect(tour).toContainText('All lines are rendered.', { timeout: 60_000 });
    await next.click();
    await tour.getByRole('button', { name: 'Play the first variant' }).click();
    await shell.expectPlaying();
    await tour.getByRole('button', { name: 'Finish' }).click();
    await expect(tour).toBeHidden();
    await page.reload();
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    await expect(tour).toBeHidden();
  });
});
