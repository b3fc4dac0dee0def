import { describe, expect, it } from 'vitest';
import { startGatedVendor } from '#test/integration/queue/gated-vendor.ts';
import { endAll } from '#test/builders/endings.ts';
import { startStudio } from '#test/integration/queue/setup.ts';
import { noonClock } from './setup.ts';

endAll();

const open = async () => {
  const clock = noonClock();
  const vendor = await startGatedVendor();
  const studio = await startStudio({ clock });
  await studio.chosen({ baseUrl: vendor.baseUrl, key: vendor.apiKey });
  const project = await studio.client.call('project.ensure', { name: 'Test' });
  return { clock, vendor, studio, project, call: studio.client.call };
};

describe('a budget', () => {
  it('tells what was spent under it, warns, stops, and ends its alerts when it is raised', async () => {
    const { studio, project, call } = await open();
    const terms = { name: 'Spring', projectId: project.id, warnCredits: 10, stopCredits: 40 };
    const changed = studio.event('budget.changed', () => true);
    const budget = await call('budget.set', terms);
    await changed;
    expect(budget).toMatchObject({
      name: 'Spring',
      period: 'month',
      person: null,
      spentCredits: 0,
      heldCredits: 0,
      state: 'ok',
    });
    const told = studio.event('alert.changed', ({ open: count }) => count === 1);
    const script = await studio.script(['Twenty letters long.'], 'chosen/Ava');
    await studio.settled((await call('render.enqueue', { scriptId: script.id })).id);
    await told;
    expect(await call('budget.list', {})).toMatchObject([{ spentCredits: 20, state: 'warn' }]);
    expect(await call('alert.list', {})).toMatchObject([{ kind: 'budget_warn', level: 'warning' }]);
    expect(await call('budget.set', { ...terms, id: budget.id, stopCredits: 15 })).toMatchObject({
      id: budget.id,
      state: 'stop',
      createdAt: budget.createdAt,
    });
    expect(await call('alert.list', {})).toMatchObject([{ kind: 'budget_stop', level: 'error' }]);
    await call('budget.set', { ...terms, id: budget.id, warnCredits: 500, stopCredits: 1000 });
    expect(await call('alert.list', {})).toEqual([]);
    expect(await call('alert.list', { all: true })).toHaveLength(2);
    await call('budget.remove', { id: budget.id });
    expect(await call('budget.list', {})).toEqual([]);
  });

  it('is refused where its terms make no sense', async () => {
    const { call } = await open();
    await expect(call('budget.set', { name: 'x' })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(call('budget.set', { name: 'x', warnCredits: 5, stopCredits: 4 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(call('budget.set', { name: 'x', stopCredits: 4, projectId: 'none' as never })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(call('budget.set', { id: 'none', name: 'x', stopCredits: 4 })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(call('budget.remove', { id: 'none' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
