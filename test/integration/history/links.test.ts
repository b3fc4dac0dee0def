/** What is ours and what the vendor tells of it are one entry, whichever side comes first. */
import { afterEach, describe, expect, it } from 'vitest';
import { completeHistory } from '#engine/history/tidy.ts';
import { endAll, openHistory, order, type HistoryScene } from './setup.ts';

afterEach(endAll);

const voice = 'main/Ava';
const lines = ['Spring is here at Harbour Lights.', 'Only until Sunday, every lamp is half price.', 'See in store.'];
const sync = (scene: HistoryScene) => scene.studio.client.call('history.sync', {});
const render = async (scene: HistoryScene, name: string, texts: readonly string[] = lines) =>
  scene.studio.settled((await order(scene.studio, name, texts, { voice })).id);

describe('a take of ours', () => {
  it('stands in the history at once, with its order', async () => {
    const scene = await openHistory();
    await render(scene, 'campaign');
    const found = await scene.search();
    expect(found).toHaveLength(3);
    expect(found.find(({ text }) => text === lines[1])).toMatchObject({
      origin: 'cuebooth',
      workspaceName: 'main',
      provider: 'elevenlabs',
      voiceId: 'Ava',
      project: 'Test',
      script: 'campaign',
      person: 'tester',
      status: 'stored',
      credits: lines[1]?.length,
      note: '',
    });
    expect(found.every(({ takeId, durationMs }) => takeId !== null && (durationMs ?? 0) > 0)).toBe(true);
  });

  it('gets what the vendor tells when the list is read later', async () => {
    const scene = await openHistory();
    await render(scene, 'campaign');
    expect(await sync(scene)).toMatchObject([{ added: 3, linked: 3, complete: true }]);
    const found = await scene.search();
    expect(found).toHaveLength(3);
    for (const entry of found) {
      expect(entry).toMatchObject({ origin: 'cuebooth', status: 'stored', vendorSource: 'TTS', project: 'Test' });
      expect(entry.vendorItemId).toMatch(/^item-/);
    }
    expect(await scene.search({ text: 'Ava' })).toHaveLength(3);
    expect(await scene.search({ origin: 'vendor' })).toEqual([]);
  });

  it('takes the place of what the list told first', async () => {
    // Its headers never came, so nobody knew whose the item in the list was.
    const scene = await openHistory({ ending: (_text, count) => (count === 0 ? 'after' : 'answer') });
    const { id } = await order(scene.studio, 'lost', ['The answer to this line is lost.'], { voice });
    await scene.studio.event('queue.changed', ({ lanes }) => lanes.some(({ uncertain }) => uncertain > 0));
    await sync(scene);
    const before = await scene.search();
    expect(before).toMatchObject([{ origin: 'vendor', status: 'remote', takeId: null, project: null }]);
    await scene.studio.settled(id);
    const after = await scene.search();
    expect(after).toMatchObject([
      { id: before[0]?.id, origin: 'cuebooth', status: 'stored', project: 'Test', vendorItemId: 'item-1' },
    ]);
    expect(after[0]?.takeId).not.toBeNull();
    expect(await scene.search({ text: 'tester' })).toHaveLength(1);
    expect(await scene.search({ text: 'lost', origin: 'vendor' })).toEqual([]);
  });

  it('keeps one entry and its note where both sides had one before they knew of each other', async () => {
    const scene = await openHistory();
    await render(scene, 'campaign', ['One line alone.']);
    const { database } = scene.studio.ports;
    // As a call whose id became known after its take was stored.
    database.prepare('UPDATE generations SET vendor_id = NULL, request_id = NULL').run();
    expect(await sync(scene)).toMatchObject([{ added: 1, linked: 0 }]);
    const [vendors] = await scene.search({ origin: 'vendor' });
    await scene.studio.client.call('history.setNote', { id: vendors?.id ?? '', note: 'the warm one' });
    expect(await scene.search()).toHaveLength(2);
    database.prepare("UPDATE generations SET vendor_id = 'item-1'").run();
    expect(await sync(scene)).toMatchObject([{ linked: 1 }]);
    expect(await scene.search()).toMatchObject([
      { origin: 'cuebooth', status: 'stored', vendorItemId: 'item-1', vendorSource: 'TTS', note: 'the warm one' },
    ]);
    expect(await scene.search({ text: 'warm' })).toHaveLength(1);
  });

  it('of a line in parts has one entry, and the parts have none', async () => {
    const scene = await openHistory();
    const { client } = scene.studio;
    const long = 'This is the first half. [pause 2s] This is the second half.';
    await render(scene, 'halves', [long, 'This is the second half.', 'Something else.']);
    const takes = (await client.call('take.list', {})).takes.length;
    const found = await scene.search();
    expect(takes).toBeGreaterThan(found.length);
    expect(found.map(({ text }) => text).toSorted()).toHaveLength(3);
    const joined = found.find(({ text }) => text.includes('first half'));
    expect(joined).toMatchObject({ status: 'stored', voiceId: 'Ava' });
    expect(joined?.credits).toBe('This is the first half.'.length + 'This is the second half.'.length);
    expect(await sync(scene)).toMatchObject([{ added: 3, linked: 3 }]);
    expect(await scene.search()).toHaveLength(3);
  });

  it('that came by another way than its job gets its entry afterwards', async () => {
    const scene = await openHistory();
    const { ports } = scene.studio;
    await render(scene, 'halves', ['This is the first half. [pause 2s] This is the second half.']);
    const half = 'This is the second half.';
    expect((await scene.search()).map(({ text }) => text)).not.toContain(half);
    // Its take is there already, so no job completes for it.
    await render(scene, 'alone', [half]);
    expect(await scene.search()).toHaveLength(1);
    const { signal } = new AbortController();
    expect(await completeHistory(ports, signal)).toBe(1);
    expect(await completeHistory(ports, signal)).toBe(0);
    expect((await scene.search()).map(({ text, status }) => [text, status])).toContainEqual([half, 'stored']);
  });

  it('that is gone leaves an entry which says so', async () => {
    const scene = await openHistory();
    await render(scene, 'campaign', ['One line alone.']);
    const { database } = scene.studio.ports;
    database.transaction(() => {
      database.exec('DELETE FROM selections; DELETE FROM take_peaks; DELETE FROM take_timings; DELETE FROM takes');
    });
    expect(await scene.search({ status: 'lost' })).toMatchObject([{ text: 'One line alone.', takeId: null }]);
  });
});
