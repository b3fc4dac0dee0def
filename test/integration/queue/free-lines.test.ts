// What costs nothing goes on when a render has spent what it may.
import { expect, it } from 'vitest';
import { endAll, learnPrice, openGated, openHolds, until } from './setup.ts';

endAll();

const paid = Array.from({ length: 6 }, (_, index) => `NARRATOR: Paid line number ${index} of them.`);
const free = Array.from({ length: 6 }, (_, index) => `GUIDE: Free line number ${index} of them.`);
const cost = paid[0]?.replace('NARRATOR: ', '').length ?? 0;

/** An order that is stopped with one paid line made, its free lines behind the paid ones. */
const orderBoth = async (studio: Awaited<ReturnType<typeof openGated>>['studio'], budgetCredits: number) => {
  const project = await studio.client.call('project.ensure', { name: 'Test' });
  const text = `---\ntitle: both\ncast:\n  NARRATOR: chosen/Ava\n  GUIDE: scratch/slt\n---\n${[...paid, ...free].join('\n')}\n`;
  const script = await studio.client.call('script.save', {
    projectId: project.id,
    path: 'both.cue.txt',
    source: { kind: 'text', text },
  });
  return studio.client.call('render.enqueue', { scriptId: script.id, budgetCredits });
};

it('renders every free line of a render that a budget stops, and not one paid line more', async () => {
  const { studio, vendor } = await openGated({}, { concurrency: 1 });
  await learnPrice(studio);
  await studio.client.call('budget.set', { name: 'Spring', period: 'all', stopCredits: 28 + cost * 2.5 });
  const { id } = await orderBoth(studio, cost * 6);
  const stopped = await until(
    studio,
    id,
    ({ state, progress }) => state === 'over_budget' && progress.succeeded === 6 + 2,
  );
  expect(stopped.progress).toMatchObject({ queued: 4, running: 0, failed: 0, spentCredits: cost * 2 });
  // The price, and two lines.
  expect(vendor.posts).toHaveLength(1 + 2);
});

it('goes on with free lines that were ordered before a stop and queued again after it', async () => {
  const { studio, vendor } = await openGated({}, { concurrency: 1 });
  await learnPrice(studio);
  await studio.client.call('budget.set', { name: 'Spring', period: 'all', stopCredits: 28 });
  const scratch = (await studio.client.call('workspace.list', {})).find(({ provider }) => provider === 'scratch');
  await studio.client.call('queue.pause', { workspaceId: scratch?.id });
  const { id } = await orderBoth(studio, cost * 6);
  await until(studio, id, ({ state }) => state === 'over_budget');
  expect((await studio.client.call('render.get', { renderId: id })).progress).toMatchObject({ queued: 12 });
  await studio.client.call('queue.resume', { workspaceId: scratch?.id });
  await until(studio, id, ({ progress }) => progress.succeeded === 6);
  expect(vendor.posts).toHaveLength(1);
  await studio.client.call('render.resume', { renderId: id, budgetCredits: null });
  await studio.client.call('budget.remove', { id: (await studio.client.call('budget.list', {}))[0]?.id ?? '' });
  expect((await studio.settled(id)).state).toBe('done');
  expect(openHolds(studio)).toEqual([]);
});

it('joins the parts it has paid for after the stop', async () => {
  const first = 'The first half of this offer is about the price.';
  const second = 'The second half of it is about the parking lot.';
  const { studio, vendor } = await openGated({}, { concurrency: 1, textLimit: 60 });
  await learnPrice(studio);
  // Parts of the long line fit; the line behind it does not, and stands in front of the join.
  await studio.client.call('budget.set', {
    name: 'Spring',
    period: 'all',
    stopCredits: 28 + first.length + second.length + 3,
  });
  vendor.shut();
  const project = await studio.client.call('project.ensure', { name: 'Test' });
  const text = `---\ntitle: long\ncast:\n  NARRATOR: chosen/Ava\n---\n${first} ${second}\nOne more line that is too much.\n`;
  const script = await studio.client.call('script.save', {
    projectId: project.id,
    path: 'long.cue.txt',
    source: { kind: 'text', text },
  });
  const { id } = await studio.client.call('render.enqueue', { scriptId: script.id });
  await vendor.arrived(2);
  vendor.open();
  const stopped = await until(studio, id, ({ state, progress }) => state === 'over_budget' && progress.succeeded === 3);
  expect(stopped.progress).toMatchObject({ queued: 1, running: 0, failed: 0 });
  const items = await studio.client.call('render.items', { renderId: id, states: ['succeeded'] });
  expect(items.map((item) => item.text)).toEqual([`${first} ${second}`]);
});
