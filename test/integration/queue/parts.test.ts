/** Texts over the vendor's limit: parts are recipes of their own, and the engine joins them. */
import { describe, expect, it } from 'vitest';
import { endAll, jobsOf, openGated, openHolds, order, until } from './setup.ts';

endAll();

const first = 'The first half of this offer is about the price.';
const second = 'The second half of it is about the parking lot.';
const settings = { concurrency: 4, textLimit: 60 };

describe('a text over the limit', () => {
  it('is sent in parts, joined when all of them are stored, and owned as one take', async () => {
    const { studio, vendor } = await openGated({}, settings);
    const render = await order(studio, 'long', [`${first} ${second}`]);
    expect((await studio.settled(render.id)).state).toBe('done');
    expect(vendor.posts.map(({ text }) => text)).toEqual([first, second]);
    const [item] = await studio.client.call('render.items', { renderId: render.id });
    expect(item).toMatchObject({ state: 'succeeded', text: `${first} ${second}` });
    const { takes } = await studio.client.call('take.list', {});
    const joined = takes.find(({ id }) => id === item?.takeId);
    const parts = takes.filter(({ text }) => text === first || text === second);
    expect(joined?.durationMs).toBeCloseTo(
      parts.reduce((sum, { durationMs }) => sum + durationMs, 0),
      0,
    );
    expect(openHolds(studio)).toEqual([]);
    const ledger = await studio.client.call('ledger.list', {});
    expect(ledger.map(({ chargedCredits }) => chargedCredits)).toEqual([first.length, second.length]);
  });

  it('pays nothing for a part that is owned as a line, and the part serves as a line', async () => {
    const { studio, vendor } = await openGated({}, settings);
    await studio.settled((await order(studio, 'short', [first])).id);
    await studio.settled((await order(studio, 'long', [`${first} ${second}`])).id);
    const again = await studio.settled((await order(studio, 'other', [second])).id);
    expect(again.progress).toMatchObject({ owned: 1, spentCredits: 0 });
    expect(vendor.posts).toHaveLength(2);
  });

  it('keeps silence where a pause stood', async () => {
    const { studio } = await openGated({}, settings);
    const render = await order(studio, 'pause', [`${first} [pause 700ms] ${second}`]);
    await studio.settled(render.id);
    const { takes } = await studio.client.call('take.list', {});
    const parts = takes.filter(({ text }) => text === first || text === second);
    const whole = takes.find(({ text }) => text !== first && text !== second);
    expect((whole?.durationMs ?? 0) - parts.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBeCloseTo(700, 0);
  });

  it('takes part in retakes with parts of the same take number', async () => {
    const { studio, vendor } = await openGated({}, settings);
    const lines = [`${first} ${second}`];
    await studio.settled((await order(studio, 'long', lines)).id);
    await studio.settled((await order(studio, 'long', lines, { retake: true })).id);
    expect(vendor.posts).toHaveLength(4);
    const { takes } = await studio.client.call('take.list', {});
    expect(takes.map(({ takeNo }) => takeNo).sort()).toEqual([1, 1, 1, 2, 2, 2]);
  });
});

describe('a part that fails', () => {
  const failing = async () => {
    let rejects = true;
    const scene = await openGated(
      {
        refuse: (text) =>
          rejects && text === second ? { status: 422, body: { error: { code: 'CONTENT_REJECTED' } } } : null,
      },
      settings,
    );
    const render = await order(scene.studio, 'long', [`${first} ${second}`]);
    await scene.studio.settled(render.id);
    return { ...scene, render, relent: () => (rejects = false) };
  };

  it('fails its join with words, and the other part is kept', async () => {
    const { studio, vendor } = await failing();
    const jobs = await jobsOf(studio);
    expect(jobs.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
      'join failed',
      'speech failed',
      'speech succeeded',
    ]);
    expect(jobs.find(({ kind }) => kind === 'join')?.error).toMatchObject({ code: 'part_failed' });
    expect(vendor.posts).toHaveLength(1);
    expect(openHolds(studio)).toEqual([]);
  });

  it('is retried with its join, and only that part is paid for', async () => {
    const { studio, vendor, relent, render } = await failing();
    relent();
    const join = (await jobsOf(studio)).find(({ kind }) => kind === 'join');
    await studio.client.call('queue.retry', { jobIds: [join?.id ?? ('' as never)] });
    const done = await until(studio, render.id, ({ state, progress }) => state === 'done' && progress.failed === 0);
    expect(done.progress.succeeded).toBe(3);
    expect(vendor.posts.map(({ text }) => text)).toEqual([first, second]);
  });

  it('that came by another render meanwhile lets the join go on without waiting for it again', async () => {
    const { studio, vendor, relent, render } = await failing();
    relent();
    await studio.settled((await order(studio, 'other', [second])).id);
    await studio.client.call('render.retry', { renderId: render.id });
    const done = await until(studio, render.id, ({ state, progress }) => state === 'done' && progress.failed === 0);
    expect(done.progress).toMatchObject({ succeeded: 3, queued: 0 });
    expect(vendor.posts).toHaveLength(2);
  });

  it('under a render that is over runs again when a join of another render needs it', async () => {
    const { studio, vendor, relent, render } = await failing();
    relent();
    const done = await studio.settled((await order(studio, 'again', [`${first} ${second}`])).id);
    expect(done.progress).toMatchObject({ failed: 0, succeeded: 2 });
    expect(vendor.posts).toHaveLength(2);
    expect((await studio.client.call('render.items', { renderId: render.id }))[0]?.state).toBe('succeeded');
  });
});
