import type { Page } from '@playwright/test';

/** The Usage room, the meter that leads to it, the subscription sheet and the notifications. */
export const createUsage = (page: Page) => {
  const banner = page.getByRole('banner');
  const credits = page.getByRole('dialog', { name: 'Credits' });
  const tab = (name: 'Spending' | 'Will it last?' | 'Budgets' | 'Compare with the vendor') =>
    page.getByRole('tab', { name: new RegExp(`^${name.replace('?', '\\?')}`) });
  return {
    meter: banner.getByRole('button', { name: /^Credits of/ }),
    credits,
    why: (workspace: string) => credits.getByRole('button', { name: `Why ${workspace} will not last` }),
    subscriptionOf: (workspace: string) => credits.getByRole('button', { name: `Subscription of ${workspace}` }),
    subscription: (workspace: string) => page.getByRole('dialog', { name: `Subscription of ${workspace}` }),
    bell: banner.getByRole('button', { name: /^Notifications/ }),
    notifications: page.getByRole('dialog', { name: 'Notifications' }),
    tab,
    openTab: (name: Parameters<typeof tab>[0]) => tab(name).click(),
    /** Whether the account lasts, in a sentence, with its reasons. */
    verdict: page.getByRole('region', { name: 'Whether it lasts, and why' }),
    burnDown: page.getByRole('region', { name: 'What is left', exact: true }),
    drivers: page.getByRole('region', { name: 'What drives the pace' }),
    spending: (vendor: string) => page.getByRole('region', { name: vendor, exact: true }),
    budgets: page.getByRole('listitem').filter({ has: page.getByRole('img', { name: /spent/ }) }),
    /** What History was asked for, by the address. */
    asked: (): URLSearchParams => new URLSearchParams(new URL(page.url()).hash.split('?')[1] ?? ''),
  };
};
