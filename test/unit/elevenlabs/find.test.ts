import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameSpeech } from '#engine/providers/elevenlabs/same-text.ts';
import type { Findings, LostCall } from '#engine/providers/provider.ts';
import { setUp } from './setup.ts';

const now = Date.UTC(2026, 10, 22, 12);
const sentAt = now - 10_000;
type Item = Record<string, unknown> & { history_item_id: string; date_unix: number };
const item = (id: string, rest: Record<string, unknown> = {}): Item => ({
  history_item_id: id,
  voice_id: 'voice1',
  model_id: 'eleven_multilingual_v2',
  text: 'Hello there.',
  date_unix: Math.floor(sentAt / 1000),
  character_count_change_from: 100,
  character_count_change_to: 112,
  content_type: 'audio/mpeg',
  state: 'created',
  source: 'TTS',
  output_format: 'mp3_44100_128',
  settings: { stability: 0.5 },
  ...rest,
});

interface World {
  readonly items: readonly Item[];
  readonly settings?: Record<string, string | number | boolean>;
  readonly lost?: Partial<LostCall>;
  readonly recipeSettings?: Record<string, string | number | boolean>;
  readonly text?: string;
  /** The vendor's clock less ours. */
  readonly skewMs?: number;
  readonly pageSize?: number;
}
/** Filters and pages as the vendor does. */
const look = async ({
  items,
  settings = {},
  lost = {},
  recipeSettings = {},
  text = 'Hello there.',
  skewMs = 0,
  pageSize = 100,
}: World) => {
  const date = new Date(now + skewMs).toUTCString();
  const { elevenlabs, context, workspace, recipe, requests } = setUp(
    (_request, url) => {
      if (url.pathname === '/v1/user/subscription') return { body: { character_count: 512 } };
      const query = url.searchParams;
      const from = Number(query.get('date_after_unix'));
      const to = Number(query.get('date_before_unix') ?? Infinity);
      const voice = query.get('voice_id');
      const all = items
        .filter((one) => (voice === null || one['voice_id'] === voice) && one.date_unix >= from && one.date_unix < to)
        .toSorted((a, b) => b.date_unix - a.date_unix);
      const at = all.findIndex((one) => one.history_item_id === query.get('start_after_history_item_id')) + 1;
      const page = all.slice(at, at + pageSize);
      return {
        headers: { date },
        body: {
          history: page,
          has_more: at + pageSize < all.length,
          last_history_item_id: page.at(-1)?.history_item_id,
        },
      };
    },
    settings,
    () => now,
  );
  const spoken = recipe({ settings: recipeSettings, text });
  const found = await elevenlabs.find?.(context, {
    request: elevenlabs.request(workspace, spoken),
    recipe: spoken,
    submittedAt: sentAt,
    requestId: null,
    estimateCredits: 12,
    balanceBefore: 500,
    isTaken: () => false,
    twinIds: [],
    ...lost,
  });
  if (found === undefined) throw new Error('It cannot look.');
  return { found, requests };
};
const idOf = (found: Findings) => (found.kind === 'found' ? found.status.vendorId : null);

describe('a lost call', () => {
  it('is the item with its exact text, voice and model, with the credits that were moved', async () => {
    const { found, requests } = await look({ items: [item('other', { text: 'Hello there!' }), item('h1')] });
    expect(found).toEqual({
      kind: 'found',
      status: {
        kind: 'completed',
        vendorId: 'h1',
        chargedCredits: 12,
        audioUrl: 'https://api.elevenlabs.io/v1/history/h1/audio#mp3_44100_128',
      },
    });
    const query = new URL(requests[0]?.url ?? '').searchParams;
    expect(Object.fromEntries(query)).toEqual({
      page_size: '100',
      voice_id: 'voice1',
      source: 'TTS',
      date_after_unix: String((sentAt - 120_000) / 1000),
      date_before_unix: String((sentAt + 300_000) / 1000),
      sort_direction: 'desc',
    });
  });

  it('is the oldest of several that nobody owns', async () => {
    const at = Math.floor(sentAt / 1000);
    const items = [item('c', { date_unix: at + 2 }), item('b', { date_unix: at + 1 }), item('a')];
    expect(idOf((await look({ items })).found)).toBe('a');
    expect(idOf((await look({ items, lost: { isTaken: (id) => id === 'a' } })).found)).toBe('b');
    const all = await look({ items, lost: { isTaken: () => true } });
    expect(all.found).toMatchObject({
      kind: 'absent',
      message: expect.stringContaining('3 of them known to belong to other lines'),
    });
  });

  it('is the last of the list where several are of the same second', async () => {
    const items = [item('newest'), item('middle'), item('oldest')];
    expect(idOf((await look({ items })).found)).toBe('oldest');
  });

  it('by the flows route is only found beyond the items that our other flows of the same text must have', async () => {
    const flow = { source: 'Flows' };
    const at = Math.floor(sentAt / 1000);
    const items = [item('b', { ...flow, date_unix: at + 1 }), item('a', flow)];
    const settings = { route: 'flows' };
    expect(idOf((await look({ items, settings, lost: { twinIds: ['flow1'] } })).found)).toBe('a');
    expect((await look({ items, settings, lost: { twinIds: ['flow1', 'flow2'] } })).found.kind).toBe('absent');
    // An id of the history is told apart by itself.
    const owned = { twinIds: ['a', 'flow1'], isTaken: (id: string) => id === 'a' };
    expect((await look({ items, settings, lost: owned })).found.kind).toBe('absent');
  });

  it('by the direct route is found though a later one of the same text is not in the history yet', async () => {
    expect(idOf((await look({ items: [item('h1')], lost: { twinIds: ['not-written-yet'] } })).found)).toBe('h1');
  });

  it('is known by its request id alone where one was seen', async () => {
    const items = [
      item('same-text', { request_id: 'r2' }),
      item('ours', { request_id: 'r1', text: 'rewritten', voice_id: 'another' }),
    ];
    expect(idOf((await look({ items, lost: { requestId: 'r1' } })).found)).toBe('ours');
    expect((await look({ items, lost: { requestId: 'r9' } })).found).toMatchObject({ kind: 'absent', candidates: [] });
  });

  it('that is still being made is waited for', async () => {
    expect((await look({ items: [item('h1', { state: 'processing' })] })).found).toEqual({
      kind: 'found',
      status: { kind: 'processing', vendorId: 'h1', chargedCredits: 12, retryAfterMs: null },
    });
  });

  it('is found where the item tells little', async () => {
    const bare = {
      history_item_id: 'h1',
      voice_id: 'voice1',
      text: 'Hello there.',
      date_unix: Math.floor(sentAt / 1000),
    };
    expect((await look({ items: [bare], recipeSettings: { stability: 0.3 } })).found).toMatchObject({
      kind: 'found',
      status: { vendorId: 'h1', chargedCredits: null },
    });
  });

  it.each([
    ['another model', { model_id: 'eleven_v3' }, {}, 'the same text, but another model (eleven_v3)'],
    ['another format', { output_format: 'mp3_22050_32' }, {}, 'the same text, but another audio format (mp3_22050_32)'],
    ['other settings', {}, { stability: 0.9 }, 'the same text, but other settings (stability)'],
    ['no audio any more', { state: 'deleted' }, {}, 'the same text, but deleted from the history, its audio is gone'],
    ['its text in another spelling', { text: ' hello,  THERE' }, {}, 'the text is written differently'],
  ] as const)('is only a candidate with %s', async (_name, rest, recipeSettings, note) => {
    const { found } = await look({ items: [item('h1', rest)], recipeSettings });
    expect(found).toMatchObject({
      kind: 'absent',
      balanceNow: 512,
      candidates: [{ item: { vendorItemId: 'h1', credits: 12 }, note }],
    });
  });

  it('is the same with settings that come back rounded', async () => {
    const rounded = item('h1', { settings: { stability: 0.333, use_speaker_boost: true } });
    expect(idOf((await look({ items: [rounded], recipeSettings: { stability: 0.3333 } })).found)).toBe('h1');
  });

  it('is looked for in the time of the vendor, however far its clock is from ours', async () => {
    for (const skewMs of [-3_600_000, 7_200_000]) {
      const items = [item('h1', { date_unix: Math.floor((sentAt + skewMs) / 1000) }), item('early')];
      expect(idOf((await look({ items, skewMs })).found)).toBe('h1');
    }
  });

  it('is looked for on every page of the window', async () => {
    const items = [
      ...Array.from({ length: 25 }, (_, index) =>
        item(`x${index}`, { text: 'else', date_unix: Math.floor(sentAt / 1000) + 5 }),
      ),
      item('h1'),
    ];
    const { found, requests } = await look({ items, pageSize: 10 });
    expect(idOf(found)).toBe('h1');
    expect(requests).toHaveLength(3);
  });

  it('that is nowhere is absent, with what was looked at', async () => {
    const { found } = await look({ items: [item('x', { text: 'else' })] });
    expect(found).toEqual({
      kind: 'absent',
      message: 'The history from 11:57:50 UTC to 12:04:50 UTC holds 1 item of this voice and not this line.',
      balanceNow: 512,
      candidates: [],
    });
  });

  it('is absent at once where the vendor keeps nothing', async () => {
    const { found, requests } = await look({ items: [item('h1')], settings: { zeroRetention: true } });
    expect(found).toMatchObject({
      kind: 'absent',
      message: expect.stringContaining('Zero retention'),
      balanceNow: 512,
    });
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/user/subscription']);
  });

  it('of several alike is claimed one item each, oldest first, until none is left', async () => {
    await assert(
      asyncProperty(
        array(record({ second: integer({ min: -100, max: 200 }), alike: boolean() }), { maxLength: 8 }),
        constantFrom(2, 3, 100),
        async (made, pageSize) => {
          const items = made.map(({ second, alike }, index) =>
            item(`h${index}`, { date_unix: Math.floor(sentAt / 1000) + second, ...(alike ? {} : { text: 'else' }) }),
          );
          const taken = new Set<string>();
          const dates: number[] = [];
          for (;;) {
            const { found } = await look({ items, pageSize, lost: { isTaken: (id) => taken.has(id) } });
            const id = idOf(found);
            if (id === null) break;
            expect(taken.has(id)).toBe(false);
            taken.add(id);
            dates.push(items.find((one) => one.history_item_id === id)?.date_unix ?? 0);
          }
          expect(dates).toEqual(dates.toSorted((a, b) => a - b));
          expect(taken.size).toBe(made.filter(({ alike }) => alike).length);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('two texts', () => {
  it.each([
    ['From 9.99 euros, only today.', 'From nine point ninety-nine euros, only today', true],
    ['Call 5 5 now', 'call five five now', true],
    ['Call 5 5 now', 'call five now', false],
    ['Stop. <break time="1.0s" /> Go.', 'stop go', true],
    ['Now in Köln', 'Now in Bonn', false],
    ['Sale ends 5', 'Sale ends', false],
    ['', '', true],
  ])('%j and %j are the same speech: %s', (sent, found, same) => {
    expect(isSameSpeech(sent, found)).toBe(same);
  });
});
