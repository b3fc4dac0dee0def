// What becomes of a call whose answer was lost at a vendor that takes no idempotency key.
import { afterEach, describe, expect, it } from 'vitest';
import type { Job } from '#contract/entities.ts';
import { registryOf } from '#engine/providers/registry.ts';
import { createHistoryVendor, type HistoryVendorOptions } from '#test/builders/history-vendor.ts';
import { endAll, fastClock, jobsOf, openHolds, order, startStudio, sum } from './setup.ts';

afterEach(endAll);

const open = async (options: Omit<HistoryVendorOptions, 'clock'>, speed = 200) => {
  const clock = fastClock(speed);
  const vendor = createHistoryVendor({ clock, ...options });
  const studio = await startStudio({ clock, engine: { providers: registryOf([vendor.provider]) } });
  await studio.client.call('workspace.add', { provider: 'elevenlabs', name: 'studio', baseUrl: 'http://127.0.0.1:1' });
  return { clock, vendor, studio };
};
const voice = 'studio/Ava';
const lines = ['The first line of it.', 'The second line of it.', 'The third line of it.'];
const asking = (jobs: readonly Job[]): readonly Job[] => jobs.filter(({ resolution }) => resolution === 'ask');

describe('a lost answer at a vendor with a history', () => {
  it('is found there, fetched free and charged once; nothing is sent twice', async () => {
    const { vendor, studio } = await open({ ending: (_text, count) => (count === 0 ? 'after' : 'answer') });
    const render = await studio.settled((await order(studio, 'lost', lines, { voice })).id);
    expect(render).toMatchObject({ state: 'done', progress: { succeeded: 3, asking: 0 } });
    expect(vendor.sends).toHaveLength(3);
    expect(sum(studio, 'charge')).toBe(vendor.calls.reduce((total, { credits }) => total + credits, 0));
    expect(openHolds(studio)).toEqual([]);
  });

  it('is found although the history is written half a minute late', async () => {
    const { vendor, studio } = await open({ ending: () => 'after', writtenAfterMs: 30_000 });
    const render = await studio.settled((await order(studio, 'late', lines, { voice })).id);
    expect(render.state).toBe('done');
    expect(vendor.sends).toHaveLength(3);
    expect(vendor.looks.length).toBeGreaterThan(3);
  });

  it('is fetched by its id where the headers were seen and the body was cut', async () => {
    const { vendor, studio } = await open({ ending: () => 'headers' });
    const render = await studio.settled((await order(studio, 'cut', lines, { voice })).id);
    expect(render.state).toBe('done');
    expect(vendor.looks).toEqual([]);
    expect(vendor.sends).toHaveLength(3);
  });

  it('gives each of two identical texts its own item', async () => {
    const { vendor, studio } = await open({ ending: (_text, count) => (count === 0 ? 'after' : 'answer') });
    const render = await studio.settled((await order(studio, 'twins', ['The same text.'], { voice, takes: 2 })).id);
    expect(render.state).toBe('done');
    expect(vendor.calls).toHaveLength(2);
    const ledger = await studio.client.call('ledger.list', {});
    expect(new Set(ledger.map(({ vendorId }) => vendorId))).toEqual(new Set(['item-1', 'item-2']));
  });

  it('leaves an item alone while the same text is still in flight beside it', async () => {
    const { clock, vendor, studio } = await open({ ending: (_text, count) => (count === 0 ? 'held' : 'before') });
    const { id } = await order(studio, 'beside', ['The same text.'], { voice, takes: 2 });
    await new Promise<void>((resolve) => clock.after(20_000, resolve));
    vendor.release();
    const render = await studio.settled(id);
    expect(render.progress).toMatchObject({ succeeded: 1, asking: 1 });
    expect(vendor.calls).toHaveLength(1);
    expect(sum(studio, 'charge')).toBe(vendor.calls[0]?.credits);
  });

  it('asks a person when it never shows, with what was looked at, and sends nothing by itself', async () => {
    const { vendor, studio } = await open({ ending: (text) => (text === lines[1] ? 'before' : 'answer') });
    const render = await studio.settled((await order(studio, 'gone', lines, { voice })).id);
    expect(render.progress).toMatchObject({ succeeded: 2, asking: 1 });
    const [job] = asking(await jobsOf(studio));
    expect(job?.generation?.evidence).toHaveLength(4);
    expect(job?.generation?.evidence[0]).toMatchObject({ message: 'It does not show there.', candidates: [] });
    expect(vendor.sends).toHaveLength(3);
  });

  it('looks once more when asked to, pays again only on that word, and keeps late audio as another take', async () => {
    const { vendor, studio } = await open({
      ending: (_text, count) => (count === 0 ? 'after' : 'answer'),
      writtenAfterMs: 10 * 60_000,
    });
    const { id } = await order(studio, 'again', [lines[0] ?? ''], { voice });
    await studio.settled(id);
    const [job] = asking(await jobsOf(studio));
    if (job === undefined) throw new Error('Nothing asks.');
    const looks = vendor.looks.length;
    await studio.client.call('queue.resolve', { jobIds: [job.id], decision: 'look_again' });
    await studio.settled(id);
    expect(vendor.looks).toHaveLength(looks + 1);
    expect(vendor.sends).toHaveLength(1);
    await studio.client.call('queue.resolve', { jobIds: [job.id], decision: 'pay_again' });
    expect((await studio.settled(id)).state).toBe('done');
    expect(vendor.sends).toHaveLength(2);
  });

  it('takes the item that a person recognises', async () => {
    let shout = true;
    const { vendor, studio } = await open({
      ending: () => {
        const ending = shout ? 'answer' : 'before';
        shout = false;
        return ending;
      },
    });
    // Somebody else made the same text in capitals: close, but not the same.
    await studio.settled((await order(studio, 'shout', ['HELLO THERE, LISTENERS.'], { voice })).id);
    const id = vendor.calls[0]?.id ?? '';
    studio.ports.database.transaction(() => {
      studio.ports.database.prepare('UPDATE generations SET vendor_id = NULL WHERE vendor_id = ?').run(id);
    });
    const render = await order(studio, 'whisper', ['Hello there, listeners.'], { voice });
    await studio.settled(render.id);
    const [job] = asking(await jobsOf(studio));
    if (job === undefined) throw new Error('Nothing asks.');
    expect(job.generation?.evidence.at(-1)?.candidates).toMatchObject([{ vendorItemId: id }]);
    await expect(studio.client.call('queue.adopt', { jobId: job.id, vendorItemId: 'item-99' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await studio.client.call('queue.adopt', { jobId: job.id, vendorItemId: id });
    expect((await studio.settled(render.id)).state).toBe('done');
    expect(vendor.sends).toHaveLength(2);
  });

  it('asks at once where the key may not read the history', async () => {
    const { vendor, studio } = await open({ ending: () => 'after', find: 'refused' });
    const render = await studio.settled((await order(studio, 'blind', lines, { voice })).id);
    expect(render.progress.asking).toBe(3);
    expect(vendor.looks).toHaveLength(3);
    expect(asking(await jobsOf(studio))[0]?.error).toMatchObject({ code: 'history_unavailable' });
  });
});

describe('a lost answer at a vendor without a history', () => {
  it('asks a person, and what was charged stands in the books once that person decides', async () => {
    const { vendor, studio } = await open({
      ending: (_text, count) => (count === 0 ? 'headers' : 'answer'),
      find: 'none',
    });
    // Without a history there is nothing to fetch the body from either.
    Object.assign(vendor.provider, { poll: undefined, download: undefined });
    const { id } = await order(studio, 'lost', [lines[0] ?? ''], { voice });
    expect((await studio.settled(id)).progress.asking).toBe(1);
    const [job] = asking(await jobsOf(studio));
    if (job === undefined) throw new Error('Nothing asks.');
    await studio.client.call('queue.resolve', { jobIds: [job.id], decision: 'pay_again' });
    expect((await studio.settled(id)).state).toBe('done');
    expect(vendor.calls).toHaveLength(2);
    expect(sum(studio, 'charge')).toBe(vendor.calls.reduce((total, { credits }) => total + credits, 0));
    expect(openHolds(studio)).toEqual([]);
  });
});

describe('requests at a time', () => {
  it('are what the headers allow, across two workspaces with one key', async () => {
    const { vendor, studio } = await open({ ending: () => 'answer', maximum: 3, serviceMs: 400, needsKey: true }, 20);
    const [workspace] = await studio.client.call('workspace.list', {});
    if (workspace === undefined) throw new Error('There is no workspace.');
    const key = 'one-key-for-both-0123456789';
    await studio.client.call('workspace.setKey', { workspaceId: workspace.id, key });
    await studio.client.call('workspace.add', {
      provider: 'elevenlabs',
      name: 'second',
      baseUrl: 'http://127.0.0.1:1',
      key,
    });
    const many = Array.from({ length: 20 }, (_, index) => `Line number ${index + 1} of many.`);
    const first = await order(studio, 'one', many, { voice });
    const second = await order(
      studio,
      'two',
      many.map((line) => `${line} Again.`),
      { voice: 'second/Ava' },
    );
    await studio.settled(first.id);
    await studio.settled(second.id);
    expect(vendor.calls).toHaveLength(40);
    expect(vendor.most()).toBe(3);
  });

  it('name the neighbours to the vendor when a joined line is re-done in place', async () => {
    const { vendor, studio } = await open({ ending: () => 'answer' }, 20);
    const body = [lines[0] ?? '', `NARRATOR {join: true}: ${lines[1] ?? ''}`, `NARRATOR: ${lines[2] ?? ''}`];
    const { id, scriptId } = await order(studio, 'place', [`NARRATOR: ${body[0] ?? ''}`, ...body.slice(1)], { voice });
    await studio.settled(id);
    if (scriptId === null) throw new Error('The render has no script.');
    const script = await studio.client.call('script.get', { scriptId });
    const line = script.lines[1]?.id ?? '';
    const again = await studio.client.call('render.enqueue', { scriptId, retake: true, lineIds: [line] });
    await studio.settled(again.id);
    expect(JSON.parse(vendor.calls.at(-1)?.body ?? '{}')).toEqual({
      text: lines[1],
      previousRequestIds: ['request-item-1'],
      nextRequestIds: ['request-item-3'],
    });
  });
});
