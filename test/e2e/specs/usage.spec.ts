import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createPages } from '../pages/index.ts';
import { expect, test } from '../studio.ts';

test.use({ demo: true });

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
type Look = 'dark' | 'light' | 'contrast';
/** Everything in the dark; of the other looks, which differ in colours alone, the contrast. */
const violationsOf = async (page: Page, look: Look, without: readonly string[] = []): Promise<readonly string[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (look === 'dark'
    ? axe.withTags(tags).disableRules([...without])
    : axe.withRules(['color-contrast'])
  ).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
  );
};
const theme = (page: Page, name: Look): Promise<void> =>
  page.evaluate((to) => {
    document.documentElement.dataset['theme'] = to;
  }, name);

test('see that credits will not last, and why: from the meter to the reason to the takes', async ({ studio }) => {
  const { page } = studio;
  const { usage } = createPages(page);
  await expect(usage.meter).toContainText(/eleven-demo.*free.*runs out/);
  await usage.meter.click();
  await expect(usage.credits).toContainText(/supertone-demo.*seconds/);
  await expect(usage.credits).not.toContainText(/seconds.*credits.*scratch/);
  await usage.why('eleven-demo').click();

  await expect(usage.verdict.getByRole('heading')).toContainText(
    /eleven-demo will not last: used up about .+ before it is renewed/,
  );
  await expect(usage.verdict).toContainText(/The last 14 days took [\d,]+ credits a day/);
  await expect(usage.verdict).toContainText(/it may be [\d,]+ credits a day at most/);
  await expect(usage.verdict).toContainText(/were not spent by Cuebooth/);
  await expect(usage.burnDown.getByRole('img')).toBeVisible();
  await expect(usage.burnDown.getByRole('row').filter({ hasText: 'read' }).last()).toBeVisible();

  const day = usage.drivers.getByRole('button', { name: /^Takes of .+: [\d,]+ credits$/ }).first();
  await day.click();
  await expect(page).toHaveURL(/#\/history\?/);
  const asked = usage.asked();
  expect(Number(asked.get('to')) - Number(asked.get('from'))).toBe(86_400_000);
  expect(asked.get('workspace')).toBeTruthy();

  await page.goBack();
  await usage.drivers.getByRole('button', { name: 'Takes of Jonas (demo)' }).click();
  await expect(page).toHaveURL(/person=Jonas/);
});

test('the notification, the subscription and the budget each lead on, by keyboard too', async ({ studio }) => {
  const { page } = studio;
  const { usage } = createPages(page);
  await expect(usage.bell).toHaveAccessibleName(/[1-9] open/);
  await page.keyboard.press('ControlOrMeta+i');
  await expect(usage.notifications).toContainText('Will not last until the reset');
  await usage.notifications.getByRole('button', { name: 'Open subscription' }).first().click();
  const sheet = usage.subscription('eleven-demo');
  await expect(sheet.getByRole('region', { name: 'Invoices' })).toContainText(/To pay\s*US\$21.78/);
  await expect(sheet.getByRole('region', { name: 'Plan' })).toContainText('creator');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await usage.bell.click();
  await usage.notifications.getByRole('button', { name: 'Open budgets' }).click();
  await expect(usage.budgets).toHaveCount(2);
  await page.getByRole('button', { name: 'Remove Mara, a month (demo)' }).click();
  await expect(usage.budgets).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(usage.budgets).toHaveCount(2);

  await usage.openTab('Compare with the vendor');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('heading', { name: /eleven-demo counts 553 credits more than we booked/ })).toBeVisible();
  await expect(page.getByRole('grid', { name: /Calls that explain/ })).toContainText('not ours');
});

test('every part of Usage, the meter and both sheets pass axe', async ({ studio }) => {
  test.slow();
  const { page } = studio;
  const { usage } = createPages(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: 'Usage' }).click();
  // Light and high contrast differ in colours alone; accessibility.spec.ts measures those.
  for (const look of ['dark'] as const satisfies readonly Look[]) {
    await theme(page, look);
    await usage.openTab('Spending');
    await expect(usage.spending('ElevenLabs')).toBeVisible();
    expect(await violationsOf(page, look), `${look} spending`).toEqual([]);
    await usage.openTab('Will it last?');
    await expect(usage.drivers).toBeVisible();
    expect(await violationsOf(page, look), `${look} runway`).toEqual([]);
    await usage.openTab('Budgets');
    await expect(usage.budgets).toHaveCount(2);
    expect(await violationsOf(page, look), `${look} budgets`).toEqual([]);
    await page.getByRole('button', { name: 'New budget' }).click();
    await expect(page.getByRole('dialog', { name: 'New budget' })).toBeVisible();
    expect(await violationsOf(page, look), `${look} budget`).toEqual([]);
    await page.keyboard.press('Escape');
    await usage.meter.click();
    await expect(usage.credits).toBeVisible();
    // Two hidden buttons that close a popover stand beside its dialog, in no landmark.
    expect(await violationsOf(page, look, ['region']), `${look} credits`).toEqual([]);
    await usage.subscriptionOf('eleven-demo').click();
    await expect(usage.subscription('eleven-demo').getByRole('region', { name: 'Plan' })).toBeVisible();
    expect(await violationsOf(page, look), `${look} subscription`).toEqual([]);
    await page.keyboard.press('Escape');
    await usage.bell.click();
    await expect(usage.notifications).toBeVisible();
    expect(await violationsOf(page, look), `${look} notifications`).toEqual([]);
    await page.keyboard.press('Escape');
  }
});
