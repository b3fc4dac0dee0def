/** Reading a vendor's history: what is new, what is past, and what an interruption leaves. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Ports } from '#engine/ports.ts';
import { ProviderError } from '#engine/providers/provider.ts';
import { createClock } from '#node/clock.ts';
import { item, offline, past } from './listing-vendor.ts';
import { endAll, openHistory, type HistoryScene } from './setup.ts';

afterEach(endAll);

const day = 86_400_000;
const startedAt = Date.UTC(2026, 4, 1, 12);
const ids = async (scene: HistoryScene): Promise<(string | null)[]> =>
  (await scene.search()).map(({ vendorItemId }) => vendorItemId);
const newestFirst = (scene: HistoryScene): string[] =>
  scene.vendor.others.toSorted((a, b) => b.at - a.at).map(({ vendorItemId }) => vendorItemId);
const sync = (scene: HistoryScene, order: { backfill?: boolean; pages?: number } = {}) =>
  scene.studio.client.call('history.sync', order);
const open = (pageSize = 50) => openHistory({ pageSize });

describe('history.sync', () => {
  it('reads the newest page first and goes on into the past on wish', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(330, startedAt));
    const [first] = await sync(scene);
    expect(first).toMatchObject({ workspaceName: 'main', added: 50, linked: 0, complete: false, message: null });
    expect(first?.oldestAt).toBe(startedAt - 49 * 60_000);
    expect(await ids(scene)).toEqual(newestFirst(scene).slice(0, 50));
    const [second] = await sync(scene, { backfill: true });
    expect(second).toMatchObject({ added: 280, complete: true, oldestAt: startedAt - 329 * 60_000 });
    expect(await ids(scene)).toEqual(newestFirst(scene));
  });

  it('asks for no more pages than it may, and goes on from there the next time', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(330, startedAt));
    expect(await sync(scene, { backfill: true, pages: 3 })).toMatchObject([{ added: 150, complete: false }]);
    expect(scene.vendor.asked).toHaveLength(3);
    expect(await sync(scene, { backfill: true, pages: 3 })).toMatchObject([{ added: 100, complete: false }]);
    expect(await sync(scene, { backfill: true })).toMatchObject([{ added: 80, complete: true }]);
    expect(await ids(scene)).toEqual(newestFirst(scene));
  });

  it('reads only what is new once the rest is here', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(120, startedAt));
    await sync(scene, { backfill: true });
    scene.vendor.asked.length = 0;
    scene.vendor.others.push(item({ vendorItemId: 'new', at: startedAt + day }));
    expect(await sync(scene)).toMatchObject([{ added: 1, complete: true }]);
    expect(scene.vendor.asked).toEqual([null]);
    expect((await ids(scene))[0]).toBe('new');
  });

  it.each(Array.from({ length: 6 }, (_, index) => index + 1))(
    'loses nothing and has nothing twice when page %i of a reading is the last that comes',
    async (cutAfter) => {
      const scene = await open();
      scene.vendor.others.push(...past(300, startedAt));
      let pages = 0;
      scene.vendor.refuse(() => (++pages > cutAfter ? offline() : null));
      const [cut] = await sync(scene, { backfill: true });
      expect(cut?.message === null).toBe(cutAfter >= 6);
      scene.vendor.refuse(null);
      // Meanwhile more was made than fits on a page, and the reading of that is cut off as well.
      scene.vendor.others.push(
        ...past(170, startedAt + day).map((one) => ({ ...one, vendorItemId: `later-${one.vendorItemId}` })),
      );
      pages = 0;
      scene.vendor.refuse(() => (++pages > 2 ? offline() : null));
      await sync(scene, { backfill: true });
      scene.vendor.refuse(null);
      const [done] = await sync(scene, { backfill: true });
      expect(done).toMatchObject({ complete: true, message: null });
      expect(await ids(scene)).toEqual(newestFirst(scene));
      expect(scene.count('SELECT count(*) FROM vendor_items')).toBe(470);
    },
  );

  it('loses nothing when the program ends in the middle of a page', async () => {
    const quiet = (ports: Ports): Partial<Ports> => ({ logger: { ...ports.logger, error: () => undefined } });
    const scene = await openHistory({ pageSize: 1000 }, { over: quiet });
    scene.vendor.others.push(...past(450, startedAt));
    const { database, clock } = scene.studio.ports;
    let commits = 0;
    const { transaction } = database;
    Object.assign(database, {
      transaction: (run: () => never) => {
        if (++commits > 3) throw new Error('killed');
        return transaction(run);
      },
    });
    await expect(sync(scene)).rejects.toThrow();
    Object.assign(database, { transaction });
    expect(scene.count('SELECT count(*) FROM vendor_items')).toBeGreaterThan(0);
    expect(scene.count('SELECT count(*) FROM history_syncs')).toBe(0);
    await clock.breathe();
    expect(await sync(scene)).toMatchObject([{ complete: true }]);
    expect(await ids(scene)).toEqual(newestFirst(scene));
    expect((await scene.search({ text: 'elsewhere' })).map(({ vendorItemId }) => vendorItemId)).toEqual(
      newestFirst(scene),
    );
  });

  it('finds what the vendor wrote down late', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(20, startedAt));
    scene.vendor.hide('past-12');
    await sync(scene);
    expect(await ids(scene)).toHaveLength(19);
    scene.vendor.show('past-12');
    expect(await sync(scene)).toMatchObject([{ added: 1 }]);
    expect(await ids(scene)).toEqual(newestFirst(scene));
  });

  it('looks again at what the vendor was still working on', async () => {
    const scene = await open();
    scene.vendor.others.push(
      item({ vendorItemId: 'slow', at: startedAt - 3_600_000, state: 'processing', credits: null }),
      ...past(10, startedAt),
    );
    await sync(scene);
    expect(await scene.search({ status: 'processing' })).toMatchObject([{ vendorItemId: 'slow', credits: null }]);
    scene.vendor.others[0] = item({ vendorItemId: 'slow', at: startedAt - 3_600_000, credits: 40 });
    expect(await sync(scene)).toMatchObject([{ added: 0 }]);
    expect(await scene.search({ status: 'processing' })).toEqual([]);
    expect(await scene.search({ text: 'slow' })).toMatchObject([{ status: 'remote', credits: 40 }]);
  });

  it('starts a stretch anew when the item that its cursor names was deleted', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(200, startedAt));
    await sync(scene, { backfill: true, pages: 2 });
    scene.vendor.hide('past-101');
    expect(await sync(scene, { backfill: true })).toMatchObject([{ complete: true }]);
    expect(await ids(scene)).toEqual(newestFirst(scene));
  });

  it('starts a stretch anew when its cursor is refused', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(200, startedAt));
    await sync(scene, { backfill: true, pages: 2 });
    scene.vendor.refuse((cursor) =>
      cursor === 'past-101' && scene.vendor.asked.length < 5
        ? new ProviderError('not_found', 'No such item.', { phase: 'headers', charged: 'no', disposition: 'permanent' })
        : null,
    );
    expect(await sync(scene, { backfill: true })).toMatchObject([{ complete: true, message: null }]);
    expect(await ids(scene)).toEqual(newestFirst(scene));
  });

  it('says in words why it stopped, and keeps what it has', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(120, startedAt));
    scene.vendor.refuse((cursor) => (cursor === null ? null : offline()));
    expect(await sync(scene, { backfill: true })).toMatchObject([
      { added: 50, message: expect.stringContaining('cannot be reached') },
    ]);
    scene.vendor.refuse(
      () =>
        new ProviderError('missing_permission', 'The key lacks speech_history_read.', {
          phase: 'headers',
          charged: 'no',
          disposition: 'permanent',
        }),
    );
    expect(await sync(scene)).toMatchObject([{ added: 0, message: 'The key lacks speech_history_read.' }]);
    expect(await ids(scene)).toHaveLength(50);
  });

  it('without a key says so and asks nothing', async () => {
    const scene = await openHistory({ needsKey: true });
    expect(await sync(scene)).toMatchObject([
      { complete: false, oldestAt: null, message: expect.stringContaining('no API key') },
    ]);
    expect(scene.vendor.asked).toEqual([]);
  });

  it('tells that the history changed after each page', async () => {
    const scene = await open();
    scene.vendor.others.push(...past(120, startedAt));
    const added: number[] = [];
    scene.studio.client.on('history.changed', (change) => added.push(change.added));
    await sync(scene, { backfill: true });
    expect(added.filter((count) => count > 0)).toEqual([50, 50, 20]);
  });

  it('keeps two vendors in one list in the order of time', async () => {
    const scene = await open(40);
    await scene.studio.client.call('workspace.add', {
      provider: 'elevenlabs',
      name: 'second',
      baseUrl: 'http://127.0.0.1:2',
    });
    scene.vendor.others.push(...past(130, startedAt));
    expect(await sync(scene, { backfill: true })).toMatchObject([{ added: 130 }, { added: 130 }]);
    const entries = await scene.search({ text: 'elsewhere' });
    expect(entries).toHaveLength(260);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted((a, b) => b - a));
    const [first] = await scene.studio.client
      .call('workspace.list', {})
      .then((all) => all.filter(({ name }) => name === 'second'));
    const ofSecond = await scene.search({ text: 'elsewhere', workspaceIds: first === undefined ? [] : [first.id] });
    expect(ofSecond).toHaveLength(130);
  });

  it('refuses a library that is open for reading only', async () => {
    const scene = await openHistory({}, { start: false, engine: { readOnly: true } });
    await expect(sync(scene)).rejects.toMatchObject({ code: 'library_read_only' });
  });
});

describe('the quiet reading', () => {
  it('reads what is new by itself, and a refusal is not repeated every time', async () => {
    const clock = createClock({ speed: 20_000 });
    const scene = await openHistory({ clock });
    scene.vendor.others.push(...past(30, clock.now()));
    await scene.studio.event('history.changed', ({ added }) => added === 30);
    const { asked } = scene.vendor;
    scene.vendor.refuse(
      () =>
        new ProviderError('missing_permission', 'No.', { phase: 'headers', charged: 'no', disposition: 'permanent' }),
    );
    const before = asked.length;
    const hours = 10;
    await new Promise<void>((resolve) => clock.after(hours * 3_600_000, resolve));
    expect(asked.length - before).toBeGreaterThan(0);
    expect(asked.length - before).toBeLessThan(hours);
    scene.vendor.refuse(null);
    scene.vendor.others.push(item({ vendorItemId: 'after', at: clock.now() }));
    expect(await scene.studio.client.call('history.sync', {})).toMatchObject([{ message: null }]);
  });

  it('is called off with the studio', async () => {
    const scene = await openHistory({ clock: createClock({ speed: 1000 }) });
    await scene.studio.close();
    const asked = scene.vendor.asked.length;
    await new Promise<void>((resolve) => scene.clock.after(60_000, resolve));
    expect(scene.vendor.asked).toHaveLength(asked);
  });
});
