import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test.use({ demo: true });

test('a call whose answer was lost is decided with the evidence side by side, and its audio is fetched, not paid again', async ({
  studio,
}) => {
  const { page } = studio;
  const { shell, renders } = createPages(page);
  await shell.go('Renders');
  const { questions } = renders;
  await expect(questions).toContainText('1 line needs your decision');
  for (const pane of ['What was sent', 'What the vendor shows', 'Balance'])
    await expect(questions.getByRole('heading', { name: pane })).toBeVisible();
  for (const choice of ['Look again', 'Pay for a new one', 'Give up on it'])
    await expect(questions.getByRole('button', { name: choice })).toBeVisible();
  // What each choice may cost stands beside it.
  await expect(questions).toContainText(/Costs about [\d,]+ credits more/);

  await questions.getByRole('button', { name: 'This is it' }).click();
  await expect(questions).toBeHidden();
  await expect(renders.entry('Lakeside spot 7')).toContainText('1 of 1');
  await expect(shell.queue).not.toContainText('to decide');
});
