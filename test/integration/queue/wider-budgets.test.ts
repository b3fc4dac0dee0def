// Budgets wider than one render: per project, person, workspace or month.
import { afterEach, expect, it } from 'vitest';
import { registryOf } from '#engine/providers/registry.ts';
import { createHistoryVendor } from '#test/builders/history-vendor.ts';
import { endAll, fastClock, openHolds, order, startStudio, sum } from './setup.ts';

afterEach(endAll);

const open = async () => {
  const clock = fastClock(50);
  const vendor = createHistoryVendor({ clock, ending: () => 'answer', serviceMs: 20 });
  const studio = await startStudio({ clock, engine: { providers: registryOf([vendor.provider]) } });
  await studio.client.call('workspace.add', { provider: 'elevenlabs', name: 'studio', baseUrl: 'http://127.0.0.1:1' });
  return { vendor, studio };
};
const lines = Array.from({ length: 10 }, (_, index) => `Line number ${index} of them.`);
const cost = lines[0]?.length ?? 0;

it('stops every render of its project when it is reached, names itself, and lets them go on when it is raised', async () => {
  const { vendor, studio } = await open();
  const project = await studio.client.call('project.ensure', { name: 'Test' });
  const terms = { name: 'Spring', projectId: project.id, period: 'all', stopCredits: cost * 4.5 } as const;
  const budget = await studio.client.call('budget.set', terms);
  const said: string[] = [];
  studio.client.on('library.notice', ({ code, message }) => {
    if (code === 'over_budget') said.push(message);
  });
  const { id } = await order(studio, 'spring', lines, { voice: 'studio/Ava' });
  expect((await studio.settled(id)).state).toBe('over_budget');
  expect(vendor.calls).toHaveLength(4);
  expect(said.join()).toContain('the budget "Spring"');
  await studio.client.call('budget.set', { ...terms, id: budget.id, stopCredits: cost * 7 });
  const next = studio.event(
    'render.changed',
    ({ render }) => render.state === 'over_budget' && render.progress.succeeded > 4,
  );
  await next;
  expect(vendor.calls).toHaveLength(7);
  await studio.client.call('budget.remove', { id: budget.id });
  expect((await studio.settled(id)).state).toBe('done');
  expect(sum(studio, 'charge')).toBe(cost * 10);
  expect(openHolds(studio)).toEqual([]);
});

it('leaves other people and free voices alone', async () => {
  const { vendor, studio } = await open();
  await studio.client.call('budget.set', { name: 'Mia', person: 'Mia', period: 'month', stopCredits: 1 });
  const { id } = await order(studio, 'mine', lines, { voice: 'studio/Ava' });
  expect((await studio.settled(id)).state).toBe('done');
  expect(vendor.calls).toHaveLength(10);
});
