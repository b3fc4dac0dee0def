// The account's figures over time, as the burn-down draws them.
import { expect, it } from 'vitest';
import { insertReading } from '#engine/database/account-readings.ts';
import { getWorkspace } from '#engine/database/workspaces.ts';
import { heard, noon, openScene } from './setup.ts';

const dayMs = 86_400_000;

it('tells what the vendor said over time, oldest first, and asks nobody', async () => {
  const { studio, workspace, vendor } = await openScene({ creditsUsed: 1000 });
  const before = vendor.counts()['accounts'];
  const readings = await studio.client.call('account.readings', {
    workspaceId: workspace.id,
    from: noon - dayMs,
    to: noon + dayMs,
  });
  expect(readings.length).toBeGreaterThan(0);
  expect(readings.at(-1)).toMatchObject({ usedCredits: 1000, limitCredits: 600_000 });
  expect(readings.map(({ at }) => at)).toEqual(readings.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(vendor.counts()['accounts']).toBe(before);
});

it('thins thousands of readings to five hundred, and keeps the last of each stretch', async () => {
  const { studio, workspace } = await openScene();
  const { database } = studio.ports;
  const row = getWorkspace(database, workspace.id);
  const from = noon - 1000 * dayMs;
  database.transaction(() => {
    for (let day = 0; day < 900; day += 1)
      insertReading(
        database,
        row?.seq ?? 0,
        {
          usedCredits: day,
          limitCredits: 1000,
          remainingCredits: 1000 - day,
          resetAt: null,
          plan: null,
          subscription: null,
        },
        from + day * dayMs,
      );
  });
  const readings = await studio.client.call('account.readings', {
    workspaceId: workspace.id,
    from,
    to: from + 899 * dayMs,
  });
  expect(readings.length).toBeGreaterThan(300);
  expect(readings.length).toBeLessThanOrEqual(500);
  expect(readings.at(-1)?.usedCredits).toBe(899);
});

it('refuses a period that ends before it begins', async () => {
  const { studio, workspace } = await openScene();
  await expect(
    studio.client.call('account.readings', { workspaceId: workspace.id, from: 2, to: 1 }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

it('tells when the running billing period began', async () => {
  const { meter } = await openScene();
  const { periodStartAt, resetAt } = await meter();
  expect(periodStartAt).toBe(Date.UTC(2026, 2, 1));
  expect(resetAt).toBe(Date.UTC(2026, 3, 1));
});

it('brings a dismissed alert back when the dismissal is taken back', async () => {
  const { studio } = await openScene({ openInvoices: 1 });
  const [alert] = await studio.client.call('alert.list', {});
  const id = alert?.id ?? '';
  await studio.client.call('alert.dismiss', { id });
  expect(await studio.client.call('alert.list', {})).toEqual([]);
  const told = await heard(studio, 'alert.changed', () => studio.client.call('alert.restore', { id }));
  expect(told).toEqual([{ open: 1 }]);
  expect(await studio.client.call('alert.list', {})).toEqual([alert]);
  await expect(studio.client.call('alert.restore', { id: 'none' })).rejects.toMatchObject({ code: 'not_found' });
});
