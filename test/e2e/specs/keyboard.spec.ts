import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test('from the first screen to comparing takes without a mouse', async ({ studio }) => {
  const { shell, scripts, renders, history, take } = createPages(studio.page);
  const { keyboard } = studio.page;
  await scripts.order(/new lines/);

  await keyboard.press('ControlOrMeta+Enter');
  await expect(shell.messages).toContainText(/Rendering \d+ lines/);
  await shell.palette('renders');
  await expect(renders.entry('Spring sale')).toBeVisible();

  await keyboard.press('?');
  await expect(shell.dialog).toContainText('Play or pause');
  await keyboard.press('Escape');
  await expect(shell.dialog).toBeHidden();

  await shell.palette('history');
  await expect(history.rows.first()).toBeVisible();
  await expect(renders.entry('Spring sale')).toBeHidden();
  await history.list.focus();
  await keyboard.press('ArrowDown');
  await expect(history.active).toHaveCount(1);
  await keyboard.press('Enter');
  await shell.expectPlaying();
  const first = await shell.heard.innerText();
  await keyboard.press('j');
  await expect(shell.heard).not.toHaveText(first);
  await keyboard.press('k');
  await expect(shell.heard).toHaveText(first);
  await keyboard.press('Space');
  await shell.expectStopped();

  await keyboard.press('o');
  await expect(take.sheet).toContainText(first.trim());
  await keyboard.press('Space');
  await shell.expectPlaying();
  await keyboard.press('Escape');
  await expect(take.sheet).toBeHidden();
});

test('two takes of a line are compared and one is selected, by keyboard', async ({ studio }) => {
  const { shell, scripts, history, take } = createPages(studio.page);
  const { page } = studio;
  const { keyboard } = page;
  await scripts.importScript('one.cue.txt', '---\ntitle: One\ncast:\n  HOST: scratch/slt\n---\nHOST: Hello there.\n');
  await expect(scripts.title).toHaveText('One');
  await scripts.order(/1 variant → 1 new line, free/);
  await keyboard.press('ControlOrMeta+Shift+Enter');
  await page.getByRole('textbox', { name: 'Takes of each line' }).fill('2');
  await keyboard.press('Tab');
  await expect(scripts.sheet).toContainText('2 new lines');
  await keyboard.press('ControlOrMeta+Enter');
  await shell.go('History');
  await expect(history.rows).toHaveCount(2);
  await history.list.focus();
  await keyboard.press('End');
  await keyboard.press('o');
  await expect(take.takes).toHaveCount(2);
  // Which of the two came last is nobody's promise: they were rendered side by side.
  const one = (await take.current.innerText()).slice(0, 6);
  const other = one === 'Take 1' ? 'Take 2' : 'Take 1';
  const step = one === 'Take 1' ? ['j', 'k'] : ['k', 'j'];
  await keyboard.press(step[0] as string);
  await expect(take.current).toContainText(other);
  await shell.expectPlaying();
  await keyboard.press(step[1] as string);
  await expect(take.current).toContainText(one);
  await keyboard.press('Enter');
  await expect(take.current.getByRole('img', { name: 'Selected' })).toBeVisible();
  await expect(take.places).toContainText('line 1');
  await page.reload();
  await expect(take.current).toContainText(one);
});

test('Escape leaves the editor, and a key typed there is text and no command', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  await scripts.type('// a note with j and k and ?');
  await expect(scripts.editor).toContainText('a note with j and k and ?');
  await expect(shell.dialog).toBeHidden();
  // The first Escape may go to a completion that is still being looked for.
  await expect(async () => {
    await studio.page.keyboard.press('Escape');
    await expect(scripts.editor).not.toBeFocused({ timeout: 500 });
  }).toPass();
  await studio.page.keyboard.press('ControlOrMeta+s');
  await expect(scripts.saved).toHaveText('Saved · revision 2');
});

test('the render sheet opens, counts again for two takes, and orders them', async ({ studio }) => {
  const { shell, scripts } = createPages(studio.page);
  const { keyboard, page } = { keyboard: studio.page.keyboard, page: studio.page };
  await scripts.importScript('one.cue.txt', '---\ntitle: One\ncast:\n  HOST: scratch/slt\n---\nHOST: Hello there.\n');
  await expect(scripts.title).toHaveText('One');
  await scripts.order(/1 variant → 1 new line, free/);
  await keyboard.press('ControlOrMeta+Shift+Enter');
  await page.getByRole('textbox', { name: 'Takes of each line' }).fill('2');
  await keyboard.press('Tab');
  await expect(scripts.sheet).toContainText('2 new lines');
  await keyboard.press('ControlOrMeta+Enter');
  await expect(scripts.sheet).toBeHidden();
  await expect(shell.messages).toContainText('Rendering 2 lines');
});
