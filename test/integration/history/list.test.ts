/** Jumping anywhere in the whole list, and what is known of it without asking a vendor. */
import { afterEach, describe, expect, it } from 'vitest';
import { createListIndex } from '#engine/history/list-index.ts';
import { removeEntry } from '#engine/database/history-rows.ts';
import type { HistoryEntry } from '#contract/history.ts';
import { endAll, type HistoryScene, openHistory, order } from './setup.ts';
import { item, offline, past } from './listing-vendor.ts';

afterEach(endAll);

const startedAt = Date.UTC(2026, 4, 1, 12);
const step = 50;
/** Every page by its cursor, in the order of the list. */
const walk = async ({ studio }: HistoryScene): Promise<readonly (readonly HistoryEntry[])[]> => {
  const { cursors, newest } = await studio.client.call('history.index', { step });
  return Promise.all(
    cursors.map(async (after, page) => {
      const limit = page === 0 ? newest : step;
      const { entries } = await studio.client.call('history.search', { limit, ...(after === null ? {} : { after }) });
      return entries;
    }),
  );
};
const idsOf = (entries: readonly HistoryEntry[]): string[] => entries.map(({ id }) => id);

describe('the places of the list', () => {
  it('are none for an empty history', async () => {
    const { studio } = await openHistory();
    expect(await studio.client.call('history.index', { step })).toEqual({ total: 0, step, newest: 0, cursors: [] });
  });

  it('lead to pages that together are the whole list, once each', async () => {
    const scene = await openHistory({ pageSize: 1000 });
    scene.vendor.others.push(...past(230, startedAt));
    await scene.studio.client.call('history.sync', {});
    const pages = await walk(scene);
    expect(pages.map(({ length }) => length)).toEqual([30, 50, 50, 50, 50]);
    expect(pages.flatMap(idsOf)).toEqual(idsOf(await scene.search()));
  });

  it('stay where they are while new entries come on top', async () => {
    const scene = await openHistory({ pageSize: 1000 });
    scene.vendor.others.push(...past(230, startedAt));
    await scene.studio.client.call('history.sync', {});
    const before = await scene.studio.client.call('history.index', { step });
    await scene.studio.settled((await order(scene.studio, 'One', ['Hello there.'], { voice: 'main/Ava' })).id);
    const after = await scene.studio.client.call('history.index', { step });
    expect(after).toEqual({ ...before, total: 231, newest: 31 });
    scene.vendor.others.push(
      ...past(40, startedAt + 3_600_000).map((one) => ({ ...one, vendorItemId: `new-${one.at}` })),
    );
    await scene.studio.client.call('history.sync', {});
    const pages = await walk(scene);
    expect(pages.flatMap(idsOf)).toEqual(idsOf(await scene.search()));
    expect(pages.flat()).toHaveLength(271);
  });

  it('are found anew when older entries are filled in', async () => {
    const scene = await openHistory({ pageSize: 1000 });
    scene.vendor.others.push(...past(120, startedAt));
    await scene.studio.client.call('history.sync', {});
    await walk(scene);
    scene.vendor.others.push(item({ vendorItemId: 'late', at: startedAt - 50.5 * 60_000, text: 'Told late.' }));
    const cut = 12 * 3_600_000;
    scene.vendor.others.push(...past(60, startedAt - cut).map((one) => ({ ...one, vendorItemId: `old-${one.at}` })));
    await scene.studio.client.call('history.sync', { backfill: true });
    const pages = await walk(scene);
    expect(pages.flatMap(idsOf)).toEqual(idsOf(await scene.search()));
    expect(pages.slice(1).every(({ length }) => length === step)).toBe(true);
  });

  it('are right though the list changes while they are counted', async () => {
    const scene = await openHistory({ pageSize: 1000 });
    scene.vendor.others.push(...past(400, startedAt));
    await scene.studio.client.call('history.sync', {});
    const { database } = scene.studio.ports;
    let breaths = 0;
    const index = createListIndex({
      database,
      clock: {
        // Each look at the clock is long after the one before.
        monotonic: () => (breaths += 100),
        breathe: async () => {
          if (breaths < 500)
            database.transaction(() => {
              const oldest = database
                .prepare<{ seq: number }>('SELECT seq FROM history_entries ORDER BY id LIMIT 1')
                .get();
              if (oldest !== undefined) removeEntry(database, oldest.seq);
            });
        },
      },
    });
    const { total, newest, cursors } = await index(step);
    expect(total).toBeLessThan(400);
    expect(newest + (cursors.length - 1) * step).toBe(total);
  });
});

describe('what is known without asking a vendor', () => {
  it('says how far each history was read, and what the vendor answered instead', async () => {
    const { studio, vendor, workspace } = await openHistory({ pageSize: 1000 });
    const state = async () => (await studio.client.call('history.state', {}))[0];
    expect(await state()).toMatchObject({ workspaceId: workspace.id, state: 'never', complete: false });
    vendor.others.push(...past(3, startedAt));
    await studio.client.call('history.sync', {});
    expect(await state()).toMatchObject({ state: 'idle', message: null, oldestAt: startedAt - 120_000 });
    vendor.refuse(() => offline());
    await studio.client.call('history.sync', {});
    expect(await state()).toMatchObject({ state: 'closed', message: expect.stringContaining('cannot be reached') });
    vendor.refuse(null);
    await studio.client.call('history.sync', {});
    expect(await state()).toMatchObject({ state: 'idle', message: null });
  });

  it('names what the filters can be set to', async () => {
    const { studio, vendor } = await openHistory({ pageSize: 1000 });
    vendor.others.push(
      ...past(30, startedAt),
      item({
        vendorItemId: 'flow',
        at: startedAt + 1,
        source: 'Flows',
        voiceId: 'sam',
        voiceName: 'Sam',
        model: 'turbo',
      }),
    );
    await studio.client.call('history.sync', {});
    await studio.settled((await order(studio, 'One', ['Hello there.'], { voice: 'main/Ava' })).id);
    expect(await studio.client.call('history.choices', {})).toMatchObject({
      voices: expect.arrayContaining([
        { id: 'rachel-id', name: 'Rachel', provider: 'elevenlabs' },
        { id: 'sam', name: 'Sam', provider: 'elevenlabs' },
      ]),
      models: ['multilingual', 'turbo'],
      statuses: ['remote', 'stored'],
      vendorSources: ['Flows', 'TTS'],
      people: ['tester'],
    });
  });
});
