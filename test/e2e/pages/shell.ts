import { expect, type Page } from '@playwright/test';

export type Room = 'Scripts' | 'Renders' | 'Review' | 'History' | 'Voices' | 'Usage' | 'Settings';
export type Look = 'Dark' | 'Light' | 'High contrast';

/** The rail, the bars above and below, and what lies over every room. */
export const createShell = (page: Page) => {
  const transport = page.getByRole('contentinfo', { name: 'Transport' });
  const position = transport.getByRole('slider', { name: 'Position' });
  const secondsOf = async (): Promise<number> => Number(await position.getAttribute('aria-valuenow'));
  return {
    page,
    transport,
    position,
    /** The line that is heard. */
    heard: transport.getByTestId('heard-line'),
    queue: page.getByRole('banner').getByRole('button', { name: /^Queue:/ }),
    messages: page.getByRole('region', { name: 'Messages' }),
    dialog: page.getByRole('dialog'),
    go: async (room: Room): Promise<void> => {
      await page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: room }).click();
    },
    secondsOf,
    expectPlaying: async (): Promise<void> => {
      await expect(transport.getByRole('button', { name: 'Pause' })).toBeVisible();
      await expect.poll(secondsOf).toBeGreaterThan(0);
    },
    expectStopped: (): Promise<void> => expect(transport.getByRole('button', { name: 'Play' })).toBeVisible(),
    palette: async (words: string): Promise<void> => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog', { name: 'Go to anything' }).getByRole('searchbox').fill(words);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    },
    look: async (look: Look): Promise<void> => {
      await page.getByRole('navigation', { name: 'Rooms' }).getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('tab', { name: 'Appearance' }).click();
      await page.getByRole('radio', { name: look }).check({ force: true });
    },
  };
};
