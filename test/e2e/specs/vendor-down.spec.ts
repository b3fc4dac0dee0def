import { startGenerationsServer, type GenerationsServer } from '#hosts/demo/vendors/chosen/server.ts';
import { createPages } from '../pages/index.ts';
import { expect, test as base } from '../studio.ts';

const lines = Array.from({ length: 24 }, (_, index) => `HOST: Offer number ${index + 1}, only this week.`);
const script = `---\ntitle: Overnight\ncast:\n  HOST: agency/Ava\n---\n${lines.join('\n')}\n`;

const test = base.extend<{ readonly vendor: GenerationsServer }>({
  /** Gone after ten lines, for five seconds. */
  vendor: async ({ runnable: _ }, use) => {
    const vendor = await startGenerationsServer({
      seed: 3,
      serviceTimeMs: 60,
      audioBytes: 4000,
      faults: { outage: { afterPosts: 10, forMs: 5000 } },
    });
    await use(vendor);
    await vendor.close();
  },
});

test('a vendor that goes down mid-batch holds the batch up in plain words, and it ends with every line paid once', async ({
  studio,
  vendor,
}) => {
  test.slow();
  const { shell, scripts, renders, settings } = createPages(studio.page);
  await expect(scripts.title).toHaveText('Spring sale');
  await shell.go('Settings');
  await settings.add({ name: 'agency', baseUrl: vendor.baseUrl, key: vendor.apiKey });
  await expect(settings.item('agency')).toBeVisible();
  await shell.go('Scripts');
  await scripts.importScript('overnight.cue.txt', script);
  await expect(scripts.title).toHaveText('Overnight');
  await scripts.order(/24 new lines, credits unknown until first render/);
  await scripts.render.click();
  await scripts.sheet.getByRole('button', { name: /^Render 24/ }).click();
  await shell.go('Renders');

  await expect(renders.banner('agency')).toContainText('agency cannot be reached');
  await expect(renders.banner('agency')).toContainText('nothing is lost and nothing is paid twice');
  await expect(renders.lane('agency')).toContainText('offline');
  await expect(renders.figure('Failed')).toHaveText('0');

  await expect(async () => {
    const again = studio.page.getByRole('button', { name: 'Try now' });
    // It goes by itself when the vendor is back, also between the look and the press.
    if (await again.isVisible()) await again.click({ timeout: 1000 });
    await expect(renders.entry('Overnight')).toContainText('Done', { timeout: 1500 });
  }).toPass({ timeout: 120_000 });
  await expect(renders.entry('Overnight')).toContainText('24 of 24');
  await expect(renders.banner('agency')).toBeHidden();
  expect(vendor.billedTwice()).toEqual([]);
});
