/** Finding what was made: words, filters and pages over both origins. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '#contract/history.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import { registryOf } from '#engine/providers/registry.ts';
import { createClock } from '#node/clock.ts';
import { openStudio, type Studio } from '#test/builders/studio.ts';
import { order } from '../queue/setup.ts';
import { createListingVendor, item, past } from './listing-vendor.ts';

const startedAt = Date.UTC(2026, 4, 1, 12);
const day = 86_400_000;
let studio: Studio;
const page = (query: MethodInput<'history.search'>) => studio.client.call('history.search', query);
const search = async (query: MethodInput<'history.search'>): Promise<HistoryEntry[]> =>
  (await page({ limit: 500, ...query })).entries;
const texts = async (query: MethodInput<'history.search'>): Promise<string[]> =>
  (await search(query)).map(({ text }) => text);

beforeAll(async () => {
  const clock = createClock();
  const vendor = createListingVendor({ clock, pageSize: 1000 });
  studio = await openStudio({ clock, engine: { providers: registryOf([vendor.provider]) } });
  await studio.client.call('workspace.add', { provider: 'elevenlabs', name: 'main', baseUrl: 'http://127.0.0.1:1' });
  vendor.others.push(
    ...past(300, startedAt, { text: 'The quick brown fox jumps over the lazy dog.' }),
    item({
      vendorItemId: 'spring',
      at: startedAt + day,
      text: 'Spring sale in Düsseldorf, half-price lamps!',
      credits: 44,
    }),
    item({ vendorItemId: 'price', at: startedAt + 2 * day, text: 'Price half the lamps in spring.', credits: 30 }),
    item({
      vendorItemId: 'flow',
      at: startedAt + 3 * day,
      text: 'Made by a flow.',
      source: 'Flows',
      voiceId: 'sam-id',
      voiceName: 'Sam',
    }),
    item({
      vendorItemId: 'model',
      at: startedAt + 4 * day,
      text: 'Made by another model.',
      model: 'turbo',
      credits: null,
    }),
    item({ vendorItemId: 'slow', at: startedAt + 5 * day, text: 'Still being made.', state: 'processing' }),
    item({ vendorItemId: 'odd', at: startedAt + 6 * day, text: '日本語のテキスト, Привет мир', state: 'Archived' }),
  );
  await studio.client.call('history.sync', {});
  await studio.settled(
    (await order(studio, 'Harbour', ['Spring is here at Harbour Lights.'], { voice: 'main/Ava' })).id,
  );
}, 60_000);
afterAll(() => studio.remove());

describe('words', () => {
  it.each([
    ['spring', 3],
    ['SPRING', 3],
    ['spr', 3],
    ['spring lamps', 2],
    ['lamp half', 2],
    ['"half price"', 1],
    ['"half-price" spring', 1],
    ['"price half"', 1],
    ['"half lamps"', 0],
    ['"spring sal"', 0],
    ['dusseldorf', 1],
    ['DÜSSEL', 1],
    ['日本語の', 1],
    ['приве', 1],
    ['rachel spring', 2],
    ['tester', 1],
    ['test harbour', 1],
    ['fox', 300],
    ['quick brown', 300],
    ['"quick brown fox"', 300],
    ['spring fox', 0],
    ['... !!! -', 307],
    ['""', 307],
  ])('%s finds %i', async (text, count) => {
    expect(await search({ text })).toHaveLength(count);
  });

  it.each([
    '" OR 1',
    'text:spring',
    'spring*',
    '^spring',
    'NEAR(spring lamps)',
    '(spring',
    'spring AND OR NOT',
    '\u0000spring',
    '- - "',
    "'; DROP TABLE takes",
  ])('are never syntax: %s', async (text) => {
    await expect(search({ text })).resolves.toBeInstanceOf(Array);
  });

  it('are found in a text that was pasted in as a whole', async () => {
    const whole = 'The quick brown fox jumps over the lazy dog. '.repeat(15).trim();
    expect(await search({ text: whole })).toHaveLength(300);
    expect(
      await search({ text: `${whole} and one two three four five six seven eight nine ten eleven twelve` }),
    ).toEqual([]);
  });
});

describe('filters', () => {
  it.each<[string, MethodInput<'history.search'>, number]>([
    ['origin ours', { origin: 'cuebooth' }, 1],
    ['origin theirs', { origin: 'vendor' }, 306],
    ['voice by id', { voice: 'sam-id' }, 1],
    ['voice by a part of its name', { voice: 'rach' }, 305],
    ['voice and words', { voice: 'Ava', text: 'spring' }, 1],
    ['no such voice', { voice: 'nobody' }, 0],
    ['model', { model: 'Turbo' }, 1],
    ['status', { status: 'processing' }, 1],
    ['a status that only the vendor knows', { status: 'archived' }, 1],
    ['status stored', { status: 'stored' }, 1],
    ["the vendor's product", { vendorSource: 'flows' }, 1],
    ['project', { project: 'tes' }, 1],
    ['person', { person: 'tester' }, 1],
    ['least credits', { minCredits: 40, origin: 'vendor' }, 1],
    ['credits between', { minCredits: 30, maxCredits: 44, origin: 'vendor' }, 2],
    ['from', { from: startedAt + day }, 7],
    ['to, without the moment itself', { to: startedAt + day }, 300],
    ['from and to', { from: startedAt + day, to: startedAt + 3 * day }, 2],
    ['from, to and words', { from: startedAt + 2 * day, to: startedAt + 3 * day, text: 'spring' }, 1],
    ['no workspace', { workspaceIds: [] }, 0],
  ])('%s', async (_name, query, count) => {
    expect(await search(query)).toHaveLength(count);
  });

  it('by workspace', async () => {
    const workspaces = await studio.client.call('workspace.list', {});
    const [main] = workspaces.filter(({ name }) => name === 'main');
    expect(await search({ workspaceIds: main === undefined ? [] : [main.id] })).toHaveLength(307);
  });

  it('treat signs of a pattern as letters', async () => {
    expect(await search({ project: '%' })).toEqual([]);
    expect(await search({ person: '_ester' })).toEqual([]);
  });
});

describe('pages', () => {
  it.each<[string, MethodInput<'history.search'>]>([
    ['of everything', {}],
    ['of words', { text: 'quick' }],
    ['of words in two stretches', { text: 'the' }],
    ['of a voice', { voice: 'rachel' }],
    ['through a filter', { vendorSource: 'TTS' }],
    ['of words through a filter', { text: 'brown', minCredits: 1 }],
    ['of a phrase', { text: '"lazy dog"' }],
    ['of the best', { text: 'fox', order: 'best' }],
  ])('%s come once each, in order', async (_name, query) => {
    const all = await search(query);
    const seen: HistoryEntry[] = [];
    let cursor: string | null = null;
    do {
      const next: Awaited<ReturnType<typeof page>> = await page({
        ...query,
        limit: 37,
        ...(cursor === null ? {} : { after: cursor }),
      });
      seen.push(...next.entries);
      ({ cursor } = next);
    } while (cursor !== null);
    expect(seen.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(200);
    if (query.order !== 'best')
      expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => b - a));
  });

  it('that end exactly at the end say so', async () => {
    expect(await page({ text: 'quick', limit: 300 })).toMatchObject({ cursor: null });
    expect((await page({ text: 'quick', limit: 299 })).cursor).not.toBeNull();
  });

  it('of another search are refused', async () => {
    await expect(page({ after: 'best:1:2' })).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(page({ after: 'nonsense', text: 'fox', order: 'best' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

describe('the best', () => {
  it('are those that say it whole and often', async () => {
    expect(await texts({ text: 'spring', order: 'best' })).toEqual([
      'Spring is here at Harbour Lights.',
      'Price half the lamps in spring.',
      'Spring sale in Düsseldorf, half-price lamps!',
    ]);
    expect((await texts({ text: 'lamp', order: 'best' })).length).toBe(2);
  });

  it('without words are the newest', async () => {
    expect(await texts({ order: 'best' })).toEqual(await texts({}));
  });
});
