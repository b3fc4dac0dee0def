import { expect, it } from 'vitest';
import type { Job, Workspace } from '#contract/entities.ts';
import type { Studio } from '#test/builders/studio.ts';
import { killed, rested } from './aftermath.ts';

const hourMs = 3_600_000;
const jobsOf = (studio: Studio): Promise<(Job & { seq: number })[]> =>
  studio.client.call('queue.list', { limit: 1000 });
const asking = async (studio: Studio): Promise<Job[]> =>
  (await jobsOf(studio)).filter(({ resolution }) => resolution === 'ask');
const chosenOf = async (studio: Studio): Promise<Workspace> => {
  const found = (await studio.client.call('workspace.list', {})).find(({ provider }) => provider === 'chosen');
  if (found === undefined) throw new Error('The library has no Chosen workspace.');
  return found;
};
const lookAgainAtAll = async (studio: Studio): Promise<void> => {
  await studio.client.call('queue.resolve', { jobIds: (await asking(studio)).map(({ id }) => id), decision: 'resend' });
  await rested(studio);
};

it('asks, and sends nothing, when a key is older than the vendor keeps it', async () => {
  const after = await killed('plain', { point: 'submit.after', nth: 2, during: 'order' });
  const keys = new Set(after.server.ledger().map(({ key }) => key));
  const studio = await after.reopen({ aheadMs: 25 * hourMs });
  await studio.engine.start();
  await rested(studio);
  const questions = await asking(studio);
  expect(questions.length).toBeGreaterThan(0);
  for (const { error } of questions) expect(error?.message).toContain('longer than the vendor keeps idempotency keys');
  // Among them the call that was billed already, which was not sent again; and those that may or may not have left.
  expect(questions.filter(({ generation }) => keys.has(generation?.idempotencyKey ?? null))).not.toEqual([]);
  expect(after.server.counts()['replays'] ?? 0).toBe(0);
  const askedKeys = new Set(questions.map(({ generation }) => generation?.idempotencyKey));
  expect(after.server.ledger().filter(({ key }) => askedKeys.has(key ?? undefined) && !keys.has(key))).toEqual([]);
  const others = (await jobsOf(studio)).filter(({ resolution }) => resolution === null);
  expect(others.every(({ state }) => state === 'succeeded')).toBe(true);
  expect(after.server.billedTwice()).toEqual([]);
});

it('asks when the clock was set back, and lets the other lines go on', async () => {
  const after = await killed('plain', { point: 'submit.after', nth: 2, during: 'order' });
  const studio = await after.reopen({ aheadMs: -2 * hourMs });
  await studio.engine.start();
  await rested(studio);
  const questions = await asking(studio);
  expect(questions.length).toBeGreaterThan(0);
  for (const { error } of questions) expect(error?.message).toContain('clock has been set back');
  expect(after.server.counts()['replays'] ?? 0).toBe(0);
  await studio.close();
  const right = await after.reopen();
  await right.engine.start();
  await lookAgainAtAll(right);
  expect(await after.judge(right)).toEqual([]);
});

it('does not let a line that waits for its time wait for hours after the clock was set back', async () => {
  const after = await killed('refusing', { point: 'refused.committed', nth: 1, during: 'order' });
  const studio = await after.reopen({ aheadMs: -5 * hourMs });
  await studio.engine.start();
  await rested(studio);
  expect(await after.judge(studio)).toEqual([]);
});

it('asks when the API key was changed, and goes on with the old one when it is back', async () => {
  const after = await killed('plain', { point: 'submit.after', nth: 2, during: 'order' });
  const oldKey = after.server.apiKey;
  after.server.change({ apiKey: 'another-key-0123456789' });
  const studio = await after.reopen({ key: 'another-key-0123456789' });
  await studio.engine.start();
  await rested(studio);
  const questions = await asking(studio);
  expect(questions.length).toBeGreaterThan(0);
  for (const { error } of questions) expect(error?.message).toContain('API key has changed');
  expect(after.server.counts()['replays'] ?? 0).toBe(0);
  await studio.close();
  after.server.change({ apiKey: oldKey });
  const right = await after.reopen();
  await right.engine.start();
  await lookAgainAtAll(right);
  expect(await after.judge(right)).toEqual([]);
});

it.each([
  ['a call whose answer was lost', 'plain', 'submit.after'],
  ['a call that was accepted', 'polled', 'accepted.committed'],
] as const)(
  'asks about %s when the base URL was changed, and fetches it when it is back',
  async (_what, scenario, point) => {
    const after = await killed(scenario, { point, nth: 2, during: 'order' }, { server: { faults: {} } });
    const other = await after.otherVendor();
    const moved = await after.reopen();
    const workspace = await chosenOf(moved);
    await moved.client.call('workspace.update', { workspaceId: workspace.id, baseUrl: other.baseUrl });
    await moved.engine.start();
    await rested(moved);
    const questions = await asking(moved);
    expect(questions.length).toBeGreaterThan(0);
    for (const { error } of questions) expect(error?.message).toContain('address has changed');
    expect(other.counts()['posts'] ?? 0).toBe(0);
    expect(other.counts()['polls'] ?? 0).toBe(0);
    const untouched = (await jobsOf(moved)).filter(({ state }) => state === 'failed');
    for (const { error } of untouched) expect(error?.message).toContain('points at another account');
    await moved.client.call('workspace.update', { workspaceId: workspace.id, baseUrl: after.server.baseUrl });
    if (untouched.length > 0) await moved.client.call('queue.retry', {});
    await lookAgainAtAll(moved);
    expect(await after.judge(moved)).toEqual([]);
  },
);

it('sends a batch that was claimed ahead and never left exactly once', async () => {
  const after = await killed('plain', { point: 'claim.committed', nth: 1, during: 'order' }, { unhurt: 1 });
  const before = after.server.counts()['posts'] ?? 0;
  expect(before).toBe(6);
  const studio = await after.reopen();
  await studio.engine.start();
  await rested(studio);
  expect(after.server.counts()['posts']).toBe(12);
  expect(after.server.counts()['replays'] ?? 0).toBe(0);
  expect(await after.judge(studio)).toEqual([]);
});

it('makes takes of the bodies that were complete on disk, without asking the vendor for anything', async () => {
  const after = await killed('plain', { point: 'body.measured', nth: 2, during: 'order' });
  const before = after.server.counts();
  const studio = await after.reopen();
  await studio.client.call('queue.pause', {});
  const { adopted } = await studio.engine.start();
  expect(adopted).toBeGreaterThan(0);
  const { takes } = await studio.client.call('take.list', {});
  expect(takes.length).toBeGreaterThanOrEqual(adopted);
  expect((await studio.client.call('ledger.list', {})).filter(({ state }) => state === 'settled')).toHaveLength(
    takes.length,
  );
  expect(after.server.counts()).toEqual(before);
  await studio.client.call('queue.resume', {});
  await rested(studio);
  expect(await after.judge(studio)).toEqual([]);
});

it('goes on with open lines when the same order is given again over them', async () => {
  const after = await killed('plain', { point: 'submit.after', nth: 3, during: 'order' });
  const studio = await after.reopen();
  const [script] = await studio.client.call('script.list', {});
  if (script === undefined) throw new Error('The script is gone.');
  const again = await studio.client.call('render.enqueue', { scriptId: script.id });
  expect(again.progress.items).toBe(6);
  await studio.engine.start();
  const ended = await studio.settled(again.id);
  expect(ended.state).toBe('done');
  await rested(studio);
  expect(after.server.ledger()).toHaveLength(6);
  expect(await after.judge(studio)).toEqual([]);
});

it.each([
  ['take.committed', 2],
  ['jobs-moved.committing', 1],
  ['jobs-moved.committed', 1],
  ['claim.committed', 4],
] as const)('brings two renders that share lines to their ends after a kill at %s', async (point, nth) => {
  const after = await killed('sharing', { point, nth, during: 'order' });
  const studio = await after.reopen();
  await studio.engine.start();
  // The first render rests; what the second one wants of it must not.
  const twin = (await studio.client.call('render.list', {})).find(({ title }) => title === 'Twin');
  if (twin === undefined) throw new Error('The second render is gone.');
  expect((await studio.settled(twin.id)).progress).toMatchObject({
    queued: 0,
    running: 0,
    uncertain: 0,
    failed: 0,
    cancelled: 0,
  });
  for (const { id } of (await studio.client.call('render.list', {})).filter(({ state }) => state === 'paused')) {
    await studio.client.call('render.resume', { renderId: id });
  }
  await rested(studio);
  expect(after.server.billedTwice()).toEqual([]);
  expect(await after.judge(studio)).toEqual([]);
});

it('holds the credits of every waiting line after a kill while the holds were written, once the price was known', async () => {
  const after = await killed('many', { point: 'holds.committed', nth: 1, during: 'order' });
  const studio = await after.reopen();
  const workspace = await chosenOf(studio);
  await studio.client.call('queue.pause', { workspaceId: workspace.id });
  await studio.engine.start();
  const [render] = await studio.client.call('render.list', {});
  const open = (await jobsOf(studio)).filter(({ state }) => state === 'queued' || state === 'uncertain');
  expect(open.length).toBeGreaterThan(400);
  expect(render?.progress.heldCredits).toBeGreaterThanOrEqual(open.reduce((sum, { text }) => sum + text.length, 0));
});
