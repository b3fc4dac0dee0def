/** Audio of the vendor's items on demand, times, notes and details. */
import { afterEach, describe, expect, it } from 'vitest';
import { item } from './listing-vendor.ts';
import { endAll, openHistory, order } from './setup.ts';

afterEach(endAll);

const at = Date.UTC(2026, 4, 1, 12);
const timings = { unit: 'characters' as const, symbols: ['H', 'i'], startSeconds: [0, 0.1], endSeconds: [0.1, 0.2] };
const open = async (...given: Partial<Parameters<typeof item>[0]>[]) => {
  const scene = await openHistory();
  for (const [index, one] of given.entries())
    scene.vendor.others.push(item({ vendorItemId: `one-${index + 1}`, at: at + index * 1000, ...one }));
  await scene.studio.client.call('history.sync', {});
  return { ...scene, client: scene.studio.client };
};

describe('history.fetchAudio', () => {
  it('makes a take of an item, once, and charges nothing', async () => {
    const scene = await open({ text: 'Hello from the web app.', timings });
    const [entry] = await scene.search();
    const added: string[] = [];
    scene.client.on('take.added', ({ takeId }) => added.push(takeId));
    const [take, same] = await Promise.all([
      scene.client.call('history.fetchAudio', { id: entry?.id ?? '' }),
      scene.client.call('history.fetchAudio', { id: entry?.id ?? '' }),
    ]);
    expect(take).toMatchObject({
      provider: 'elevenlabs',
      voice: 'rachel-id',
      text: 'Hello from the web app.',
      format: 'wav',
      takeNo: 1,
      chargedCredits: null,
      hasTimings: true,
    });
    expect(take.durationMs).toBeGreaterThan(500);
    expect(same).toEqual(take);
    expect(await scene.client.call('history.fetchAudio', { id: entry?.id ?? '' })).toEqual(take);
    expect(scene.vendor.downloads).toEqual(['one-1']);
    expect(added).toEqual([take.id]);
    expect(await scene.search()).toMatchObject([{ origin: 'vendor', status: 'stored', takeId: take.id, credits: 7 }]);
    expect(scene.count('SELECT count(*) FROM ledger')).toBe(0);
    expect(scene.studio.engine.mediaOf(take.id)).not.toBeNull();
    expect(await scene.studio.ports.files.list('media/incoming')).toEqual([]);
    expect(await scene.client.call('take.timings', { takeId: take.id })).toEqual({ timings });
    expect(await scene.client.call('library.doctor', {})).toMatchObject({ takes: 1, missing: [], unreferenced: [] });
  });

  it('gives the same words at the same settings the next take number', async () => {
    const scene = await open({ text: 'Twice.' }, { text: 'Twice.' });
    const [newer, older] = await scene.search();
    const first = await scene.client.call('history.fetchAudio', { id: newer?.id ?? '' });
    const second = await scene.client.call('history.fetchAudio', { id: older?.id ?? '' });
    expect(second.recipeHash).toBe(first.recipeHash);
    expect([first.takeNo, second.takeNo]).toEqual([1, 2]);
  });

  it('says what is wrong when the vendor has it no more, and changes nothing', async () => {
    const scene = await open({ text: 'Gone.' });
    const [entry] = await scene.search();
    scene.vendor.hide('one-1');
    await expect(scene.client.call('history.fetchAudio', { id: entry?.id ?? '' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await scene.search()).toMatchObject([{ status: 'remote', takeId: null }]);
    expect(await scene.studio.ports.files.list('media/incoming')).toEqual([]);
    scene.vendor.show('one-1');
    expect(await scene.client.call('history.fetchAudio', { id: entry?.id ?? '' })).toMatchObject({ text: 'Gone.' });
  });

  it('of an entry of ours is its take, and of one without audio an error that says so', async () => {
    const scene = await open();
    await scene.studio.settled((await order(scene.studio, 'own', ['Our own line.'], { voice: 'main/Ava' })).id);
    const [entry] = await scene.search();
    expect(await scene.client.call('history.fetchAudio', { id: entry?.id ?? '' })).toMatchObject({ id: entry?.takeId });
    expect(scene.vendor.downloads).toEqual([]);
    await expect(scene.client.call('history.fetchAudio', { id: '12345' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(scene.client.call('history.fetchAudio', { id: 'no number' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('history.get', () => {
  it("tells an item's settings, format and times", async () => {
    const scene = await open({ text: 'Hello.', timings, requestId: 'req-9' });
    const [entry] = await scene.search();
    expect(await scene.client.call('history.get', { id: entry?.id ?? '' })).toEqual({
      ...entry,
      settings: { stability: 0.5 },
      format: 'mp3_44100_128',
      requestId: 'req-9',
      timings,
    });
  });

  it("tells a take's from its recipe", async () => {
    const scene = await open();
    await scene.studio.settled((await order(scene.studio, 'own', ['Our own line.'], { voice: 'main/Ava' })).id);
    const [entry] = await scene.search();
    expect(await scene.client.call('history.get', { id: entry?.id ?? '' })).toMatchObject({
      settings: {},
      format: 'wav',
      requestId: 'request-item-1',
      timings: null,
    });
  });
});

describe('history.setNote', () => {
  it('is found by its words, the old ones no longer', async () => {
    const scene = await open({ text: 'Hello.' }, { text: 'Something else.' });
    const [, entry] = await scene.search();
    const id = entry?.id ?? '';
    expect(await scene.client.call('history.setNote', { id, note: ' the client likes it ' })).toMatchObject({
      id,
      note: 'the client likes it',
    });
    expect(await scene.search({ text: 'client' })).toMatchObject([{ id }]);
    await scene.client.call('history.setNote', { id, note: 'rejected' });
    expect(await scene.search({ text: 'client' })).toEqual([]);
    expect(await scene.search({ text: 'reject hello' })).toMatchObject([{ id, text: 'Hello.' }]);
    await scene.client.call('history.setNote', { id, note: '' });
    expect(await scene.search({ text: 'rejected' })).toEqual([]);
    await expect(scene.client.call('history.setNote', { id: '1', note: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('take.timings', () => {
  it('of a take without any are null, and of no take an error', async () => {
    const scene = await open({ text: 'Hello.' });
    const [entry] = await scene.search();
    const take = await scene.client.call('history.fetchAudio', { id: entry?.id ?? '' });
    expect(await scene.client.call('take.timings', { takeId: take.id })).toEqual({ timings: null });
    await expect(scene.client.call('take.timings', { takeId: 'none' as typeof take.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
