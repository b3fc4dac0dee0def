/** Renders that need the same lines: each unit is paid for once, and nobody waits for a render that does not run. */
import { describe, expect, it } from 'vitest';
import {
  endAll,
  jobsOf,
  learnPrice,
  openGated,
  openHolds,
  openScene,
  order,
  saveScript,
  sum,
  texts,
  until,
} from './setup.ts';

endAll();

describe('two renders that share lines', () => {
  it('pay for each line once, and both end', async () => {
    const { studio, vendor } = await openScene({ serviceTimeMs: 400 });
    const [first, second] = await Promise.all([order(studio, 'a', texts(6)), order(studio, 'b', texts(8, 4))]);
    const done = await Promise.all([studio.settled(first.id), studio.settled(second.id)]);
    expect(done.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(vendor.ledger()).toHaveLength(11);
    expect(sum(studio, 'charge')).toBe(vendor.ledger().reduce((total, row) => total + row.chargedCredits, 0));
    expect(openHolds(studio)).toEqual([]);
    const items = await studio.client.call('render.items', { renderId: second.id });
    expect(items.every(({ takeId }) => takeId !== null)).toBe(true);
  });

  it('go on under the one that runs when the other is paused', async () => {
    const { studio, vendor, workspace } = await openScene();
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    const first = await order(studio, 'a', texts(3));
    const second = await order(studio, 'b', texts(5));
    await studio.client.call('render.pause', { renderId: first.id });
    await studio.client.call('queue.resume', { workspaceId: workspace.id });
    expect((await studio.settled(second.id)).state).toBe('done');
    expect(vendor.ledger()).toHaveLength(5);
    const rested = await until(studio, first.id, ({ state }) => state === 'done');
    expect(rested.progress).toMatchObject({ succeeded: 3, queued: 0 });
    expect(openHolds(studio)).toEqual([]);
  });

  it('go on under the one that runs when the other is cancelled, and what only that one wanted is not sent', async () => {
    const { studio, vendor, workspace } = await openScene();
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    const first = await order(studio, 'a', texts(4));
    const second = await order(studio, 'b', texts(4, 3));
    const cancelled = await studio.client.call('render.cancel', { renderId: first.id });
    expect(cancelled.state).toBe('cancelled');
    await studio.client.call('queue.resume', { workspaceId: workspace.id });
    expect((await studio.settled(second.id)).progress).toMatchObject({ succeeded: 4, cancelled: 0 });
    expect(
      vendor
        .ledger()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(texts(4, 3).sort());
    expect(openHolds(studio)).toEqual([]);
  });

  it('go on under the other when the first has reached its budget', async () => {
    const { studio, vendor, workspace } = await openScene();
    const learned = await order(studio, 'price', ['One line to learn the price.']);
    await studio.settled(learned.id);
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    const lines = texts(6);
    const credits = lines.join('').length;
    const poor = await order(studio, 'a', lines, { budgetCredits: credits });
    vendor.change({ creditsPerCharacter: 4 });
    const rich = await order(studio, 'b', lines);
    await studio.client.call('queue.resume', { workspaceId: workspace.id });
    expect((await studio.settled(rich.id)).progress).toMatchObject({ succeeded: 6 });
    expect(vendor.ledger()).toHaveLength(7);
    expect((await studio.client.call('render.get', { renderId: poor.id })).progress.succeeded).toBe(6);
    expect(openHolds(studio)).toEqual([]);
  });

  it('keep each other when the lines of one are cancelled in the queue', async () => {
    const { studio, workspace } = await openScene();
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    const first = await order(studio, 'a', texts(3));
    const second = await order(studio, 'b', texts(5));
    await studio.client.call('queue.cancel', { renderId: second.id });
    await studio.client.call('queue.resume', { workspaceId: workspace.id });
    expect((await studio.settled(first.id)).progress).toMatchObject({ succeeded: 3, cancelled: 0 });
    const states = (await jobsOf(studio)).map(({ state }) => state);
    expect(states.filter((state) => state === 'cancelled')).toHaveLength(2);
  });

  it('both run again when a shared line failed and is retried', async () => {
    const { studio, vendor, workspace } = await openScene();
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    const lines = ['This is unspeakable.', ...texts(1)];
    const first = await order(studio, 'a', lines);
    const second = await order(studio, 'b', lines);
    await studio.client.call('queue.resume', { workspaceId: workspace.id });
    await studio.settled(first.id);
    expect((await studio.settled(second.id)).progress).toMatchObject({ failed: 1, succeeded: 1 });
    vendor.change({ rejectedWord: 'nothing' });
    const retried = await studio.client.call('render.retry', { renderId: second.id });
    expect(retried.state).toBe('active');
    expect((await studio.settled(second.id)).progress).toMatchObject({ failed: 0, succeeded: 2 });
    expect((await studio.settled(first.id)).progress).toMatchObject({ failed: 0, succeeded: 2 });
    expect(vendor.ledger()).toHaveLength(2);
    expect(openHolds(studio)).toEqual([]);
  });
});

describe('an order of several takes', () => {
  it('means that many owned in all, and pays for the missing ones only', async () => {
    const { studio, vendor } = await openScene();
    const script = await saveScript(studio, 'a', texts(2));
    const one = await studio.client.call('render.enqueue', { scriptId: script.id });
    await studio.settled(one.id);
    const three = await studio.client.call('render.enqueue', { scriptId: script.id, takes: 3 });
    const done = await studio.settled(three.id);
    expect(done.progress).toMatchObject({ items: 6, units: 6, owned: 2, succeeded: 4 });
    expect(vendor.ledger()).toHaveLength(6);
    const takes = await studio.client.call('take.list', { scriptId: script.id });
    expect(takes.takes.map(({ takeNo }) => takeNo).sort()).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it('as a retake asks for the next take of every line, also when asked twice at once', async () => {
    const { studio, vendor } = await openScene();
    const script = await saveScript(studio, 'a', texts(2));
    await studio.settled((await studio.client.call('render.enqueue', { scriptId: script.id })).id);
    const again = await Promise.all(
      [1, 2].map(() => studio.client.call('render.enqueue', { scriptId: script.id, retake: true })),
    );
    for (const render of again) await studio.settled(render.id);
    expect(vendor.ledger()).toHaveLength(6);
    const takes = await studio.client.call('take.list', { scriptId: script.id });
    expect(takes.takes.filter(({ selected }) => selected).map(({ takeNo }) => takeNo)).toEqual([3, 3]);
  });

  it('that is repeated pays nothing for what is owned and nothing for what is on its way', async () => {
    const { studio, vendor } = await openGated({ gate: 'shut' });
    const script = await saveScript(studio, 'a', texts(5));
    const first = await studio.client.call('render.enqueue', { scriptId: script.id });
    await vendor.arrived(1);
    const estimate = await studio.client.call('render.estimate', { scriptId: script.id });
    expect(estimate).toMatchObject({ fresh: 0, open: 5, characters: 0 });
    const second = await studio.client.call('render.enqueue', { scriptId: script.id });
    vendor.open();
    await studio.settled(first.id);
    await studio.settled(second.id);
    const third = await studio.client.call('render.enqueue', { scriptId: script.id });
    expect((await studio.settled(third.id)).progress).toMatchObject({ owned: 5, succeeded: 0, spentCredits: 0 });
    expect(vendor.posts).toHaveLength(5);
  });

  it('is taken up in the workspace of the new order when the old one was removed', async () => {
    const { studio, vendor, workspace } = await openScene();
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    const first = await order(studio, 'a', texts(2));
    await studio.client.call('render.cancel', { renderId: first.id });
    await studio.client.call('workspace.remove', { workspaceId: workspace.id });
    expect((await studio.client.call('queue.lanes', {})).lanes.map(({ workspaceName }) => workspaceName)).toEqual([
      'scratch',
    ]);
    await studio.chosen({ baseUrl: vendor.baseUrl, key: vendor.apiKey, name: 'chosen' });
    const second = await order(studio, 'a', texts(2));
    expect((await studio.settled(second.id)).progress).toMatchObject({ succeeded: 2 });
  });
});

describe('a render that is cancelled', () => {
  it('keeps what was in flight as takes, sends nothing more, and leaves no hold', async () => {
    const { studio, vendor } = await openGated({}, { concurrency: 3 });
    await learnPrice(studio);
    vendor.shut();
    const render = await order(studio, 'a', texts(30));
    await vendor.arrived(4);
    const cancelled = await studio.client.call('render.cancel', { renderId: render.id });
    expect(cancelled).toMatchObject({ state: 'cancelled', progress: { running: 3, cancelled: 27, queued: 0 } });
    vendor.open();
    const over = await until(studio, render.id, ({ progress }) => progress.running === 0);
    expect(over.progress).toMatchObject({ succeeded: 3, cancelled: 27 });
    expect(vendor.posts).toHaveLength(4);
    expect((await studio.client.call('take.list', {})).takes).toHaveLength(4);
    expect(openHolds(studio)).toEqual([]);
  });

  it('ends a line that the vendor refuses after that, instead of queueing it for nobody', async () => {
    let refuses = false;
    const { studio, vendor } = await openGated(
      {
        refuse: () =>
          refuses ? { status: 429, headers: { 'retry-after': '30' }, body: { error: { code: 'RATE_LIMITED' } } } : null,
      },
      { concurrency: 1 },
    );
    await learnPrice(studio);
    refuses = true;
    const render = await order(studio, 'a', texts(3));
    await until(studio, render.id, ({ errors }) => errors.some(({ code }) => code === 'provider_rate_limited'));
    await studio.client.call('render.cancel', { renderId: render.id });
    const over = await until(studio, render.id, ({ progress }) => progress.running === 0);
    expect(over.progress).toMatchObject({ queued: 0, cancelled: 3, heldCredits: 0 });
    expect(vendor.posts).toHaveLength(1);
    expect(openHolds(studio)).toEqual([]);
  });
});

describe('a line that is in flight when its render stops', () => {
  it.each(['render.pause', 'render.cancel'] as const)(
    'after %s goes on under the other render that wants it, once the vendor refused it',
    async (stop) => {
      let refused = false;
      const { studio, vendor } = await openGated(
        {
          refuse: (text, count) => {
            if (text !== texts(1)[0] || count > 0) return null;
            refused = true;
            return { status: 429, headers: { 'retry-after': '20' }, body: {} };
          },
        },
        { concurrency: 1 },
      );
      await learnPrice(studio);
      const first = await order(studio, 'a', texts(1));
      const second = await order(studio, 'b', texts(2));
      await until(studio, first.id, () => refused);
      await studio.client.call(stop, { renderId: first.id });
      expect((await studio.settled(second.id)).progress).toMatchObject({ succeeded: 2 });
      expect(vendor.posts).toHaveLength(3);
      expect(openHolds(studio)).toEqual([]);
    },
  );
});
