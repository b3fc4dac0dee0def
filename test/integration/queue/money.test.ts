/** What is held, charged, given back and capped, to the credit. */
import { describe, expect, it } from 'vitest';
import {
  endAll,
  entries,
  learnPrice,
  openGated,
  openHolds,
  openScene,
  order,
  saveScript,
  startStudio,
  sum,
  texts,
  until,
} from './setup.ts';

endAll();

describe('a workspace whose price nobody knows', () => {
  it('runs one line alone until its debit is known, then holds for the rest at that price', async () => {
    const { studio, vendor } = await openGated({ gate: 'shut' }, { concurrency: 4 });
    const lines = texts(6);
    const script = await saveScript(studio, 'a', lines);
    expect((await studio.client.call('render.estimate', { scriptId: script.id })).credits).toBeNull();
    const render = await order(studio, 'a', lines);
    await vendor.arrived(1);
    expect(
      (await studio.client.call('queue.lanes', {})).lanes.find(({ workspaceName }) => workspaceName === 'chosen'),
    ).toMatchObject({
      inFlight: 1,
      concurrency: 1,
      reason: 'One line first: its debit tells the price of the rest.',
    });
    expect(entries(studio)).toEqual([]);
    vendor.open();
    const done = await studio.settled(render.id);
    expect(done.progress).toMatchObject({ spentCredits: lines.join('').length, heldCredits: 0 });
    expect(sum(studio, 'hold')).toBeGreaterThanOrEqual(lines.slice(1).join('').length);
    expect(sum(studio, 'hold')).toBe(sum(studio, 'release'));
    expect(openHolds(studio)).toEqual([]);
  });

  it('does not stay with one line at a time when the vendor never names a debit', async () => {
    const { studio, vendor } = await openGated({ extra: () => ({}) }, { concurrency: 4 });
    await learnPrice(studio);
    vendor.shut();
    const render = await order(studio, 'a', texts(8));
    await vendor.arrived(5);
    expect(vendor.waiting()).toBe(4);
    vendor.open();
    expect((await studio.settled(render.id)).progress.succeeded).toBe(8);
    expect((await studio.client.call('ledger.list', {})).every(({ state }) => state === 'stored')).toBe(true);
  });

  it('remembers the price when it is opened again, and tells it in the estimate', async () => {
    const first = await openScene();
    await learnPrice(first.studio);
    await first.studio.close();
    const { studio } = {
      studio: await startStudio({
        folder: first.studio.folder,
        vault: first.studio.vault,
        clock: first.clock,
        start: false,
      }),
    };
    const render = await order(studio, 'a', texts(3));
    const held = texts(3).join('').length;
    expect(render.progress.heldCredits).toBe(held);
    const other = await order(studio, 'b', texts(2, 4));
    expect(
      (await studio.client.call('render.estimate', { scriptId: other.scriptId ?? ('' as never), retake: true }))
        .credits,
    ).toBe(texts(2, 4).join('').length);
  });

  it('holds at the highest price per character that was seen', async () => {
    let price = 3;
    const { studio, workspace } = await openGated({ extra: (text) => ({ credits: text.length * price }) });
    await learnPrice(studio);
    price = 1;
    await studio.settled((await order(studio, 'cheap', ['A cheap line for once.'])).id);
    await studio.client.call('queue.pause', { workspaceId: workspace.id });
    const render = await order(studio, 'a', texts(1));
    expect(render.progress.heldCredits).toBe((texts(1)[0] ?? '').length * 3);
    await studio.client.call('queue.resume', { workspaceId: workspace.id });
    expect((await studio.settled(render.id)).progress).toMatchObject({
      spentCredits: (texts(1)[0] ?? '').length,
      heldCredits: 0,
    });
  });
});

describe('a budget', () => {
  it('refuses an order up front whose estimate is over it, and queues nothing', async () => {
    const { studio, vendor } = await openGated();
    await learnPrice(studio);
    await expect(order(studio, 'a', texts(5), { budgetCredits: 60 })).rejects.toMatchObject({ code: 'over_budget' });
    expect((await studio.client.call('render.list', {})).map(({ title }) => title)).toEqual(['price']);
    expect(vendor.posts).toHaveLength(1);
  });

  it('stops a render when it is reached, says so once, and goes on with a higher one', async () => {
    let price = 1;
    const { studio, vendor } = await openGated(
      { extra: (text) => ({ credits: text.length * price }) },
      { concurrency: 2 },
    );
    await learnPrice(studio);
    price = 2;
    const lines = texts(12);
    const single = (lines[0] ?? '').length;
    const notices: string[] = [];
    studio.client.on('library.notice', ({ code }) => notices.push(code));
    const render = await order(studio, 'a', lines, { budgetCredits: lines.join('').length });
    const stopped = await studio.settled(render.id);
    expect(stopped.state).toBe('over_budget');
    // What was in flight when the price rose may pass it, nothing else.
    expect(stopped.progress.spentCredits).toBeLessThanOrEqual(lines.join('').length + 2 * 2 * (single + 1));
    expect(stopped.progress.queued).toBeGreaterThan(0);
    expect(notices).toEqual(['over_budget']);
    const before = vendor.posts.length;
    await studio.client.call('render.resume', { renderId: render.id, budgetCredits: null });
    expect((await studio.settled(render.id)).progress.succeeded).toBe(12);
    expect(before).toBeLessThan(vendor.posts.length);
    expect(openHolds(studio)).toEqual([]);
  });

  it('counts retried lines before they are sent', async () => {
    let rejects = true;
    const { studio, vendor } = await openGated({
      refuse: () => (rejects ? { status: 422, body: { error: { code: 'CONTENT_REJECTED' } } } : null),
    });
    rejects = false;
    await learnPrice(studio);
    rejects = true;
    const lines = texts(6);
    const render = await order(studio, 'a', lines, { budgetCredits: lines.join('').length });
    await until(studio, render.id, ({ state }) => state === 'done');
    expect(openHolds(studio)).toEqual([]);
    rejects = false;
    vendor.shut();
    await studio.client.call('render.retry', { renderId: render.id });
    await vendor.arrived(2);
    expect((await studio.client.call('render.get', { renderId: render.id })).progress.heldCredits).toBe(
      lines.join('').length,
    );
    vendor.open();
    expect((await studio.settled(render.id)).progress).toMatchObject({
      succeeded: 6,
      spentCredits: lines.join('').length,
      heldCredits: 0,
    });
  });

  it('lets one line run, then no more than that, where the price is not known', async () => {
    const { studio, vendor } = await openGated({}, { concurrency: 4 });
    const render = await order(studio, 'a', texts(8), { budgetCredits: 50 });
    expect((await studio.settled(render.id)).state).toBe('over_budget');
    expect(vendor.posts).toHaveLength(1);
  });
});

describe('a generation that the vendor reports as failed', () => {
  it('is charged and given back in the books, and tried anew with another key', async () => {
    const { studio, vendor } = await openScene({ faults: { failed: 1 }, mode: 'processing' });
    const render = await order(studio, 'a', texts(2));
    const done = await studio.settled(render.id);
    expect(done.progress).toMatchObject({ succeeded: 2, failed: 0 });
    const rows = vendor.ledger();
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(6);
    expect(sum(studio, 'refund')).toBe(rows.reduce((total, row) => total + row.refundedCredits, 0));
    expect(sum(studio, 'charge') - sum(studio, 'refund')).toBe(texts(2).join('').length);
    const ledger = await studio.client.call('ledger.list', {});
    expect(ledger.map(({ chargedCredits }) => chargedCredits).filter((credits) => credits === 0)).toHaveLength(4);
    expect(ledger.every(({ state }) => state === 'settled')).toBe(true);
    expect(openHolds(studio)).toEqual([]);
  });

  it('fails its line at the third time and leaves no hold', async () => {
    const { studio } = await openGated({
      extra: (text) => ({ status: 'FAILED', credits: text.length, refund: text.length }),
    });
    const render = await order(studio, 'a', texts(1));
    const done = await studio.settled(render.id);
    expect(done.progress).toMatchObject({ failed: 1, spentCredits: 0, heldCredits: 0 });
    expect(done.errors).toMatchObject([{ code: 'provider_failed', count: 1 }]);
    expect(await studio.client.call('ledger.list', {})).toHaveLength(3);
  });
});
