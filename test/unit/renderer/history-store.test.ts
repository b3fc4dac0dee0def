/** The history's list: jumping about in a million entries with few of them here, and searching without losing the place. */
import { describe, expect, it, vi } from 'vitest';
import type { HistoryEntry } from '#contract/history.ts';
import { createHistoryStore } from '#renderer/stores/history-store.ts';
import { createWholeList } from '#renderer/stores/history-whole.ts';
import { createMessageStore } from '#renderer/stores/message-store.ts';
import { createNavigationStore } from '#renderer/stores/navigation-store.ts';
import { createUndoStore } from '#renderer/stores/undo-store.ts';
import { createEngineStandIn, createPlace } from './engine-stand-in.ts';

const entryAt = (id: number, given: Partial<HistoryEntry> = {}): HistoryEntry =>
  ({
    id: String(id),
    at: id,
    text: `Entry ${id}`,
    origin: 'vendor',
    note: '',
    takeId: null,
    status: 'remote',
    credits: 1,
    projectId: null,
    suspect: null,
    ...given,
  }) as HistoryEntry;

/** An engine whose entries are numbered from the oldest, 1, to the newest. */
const open = async (total: number, hash = '#/history') => {
  let newest = total;
  let hits = (id: number): boolean => id % 1000 === 0;
  const search = (input: Record<string, unknown>) => {
    const limit = Number(input['limit']);
    const isWhole = Object.keys(input).every((name) => name === 'limit' || name === 'after');
    const from = input['after'] === undefined ? newest : Number(input['after']) - 1;
    const entries: HistoryEntry[] = [];
    for (let id = from; id > 0 && entries.length < limit; id -= 1) if (isWhole || hits(id)) entries.push(entryAt(id));
    const last = Number(entries.at(-1)?.id ?? 0);
    return { entries, cursor: last > 1 ? String(last) : null };
  };
  const engine = createEngineStandIn({
    'history.index': (input) => {
      const step = Number(input['step']);
      const anchors: string[] = [];
      for (let id = step + 1; id <= newest; id += step) anchors.push(String(id));
      return { total: newest, step, newest: newest - anchors.length * step, cursors: [null, ...anchors.toReversed()] };
    },
    'history.search': search,
    'history.state': () => [],
    'history.choices': () => ({ voices: [], models: [], statuses: [], vendorSources: [], people: [] }),
    'savedSearch.list': () => [],
    'history.get': (input) => ({
      ...entryAt(Number(input['id'])),
      settings: {},
      format: null,
      requestId: null,
      timings: null,
    }),
    'history.setNote': (input) => entryAt(Number(input['id']), { note: String(input['note']) }),
    'history.assign': (input) => ({
      before: (input['ids'] as string[]).map((id) => ({ id, projectId: null })),
    }),
    'history.fetchAudio': (input) => ({ id: `take-${String(input['id'])}`, durationMs: 1000, suspect: null }),
  });
  const messages = createMessageStore();
  const place = createPlace(hash);
  const navigation = createNavigationStore(place);
  const undo = createUndoStore(messages);
  const store = createHistoryStore(engine.client, messages, { navigation, undo, workspaces: async () => [] });
  store.open();
  await vi.waitFor(() => expect(store.getState().status).toBe('ready'));
  const list = () => store.getState().list;
  return {
    engine,
    store,
    navigation,
    undo,
    place,
    list,
    growQuietly: (by: number) => {
      newest += by;
    },
    grow: (by: number) => {
      newest += by;
      engine.push('history.changed', { workspaceId: null, added: by });
    },
    find: (predicate: (id: number) => boolean) => {
      hits = predicate;
    },
    shown: async (row: number): Promise<HistoryEntry> => {
      await vi.waitFor(() => expect(list().rowAt(row)).toBeDefined(), { interval: 1 });
      return list().rowAt(row) as HistoryEntry;
    },
  };
};

describe('the whole list', () => {
  it('is as long as the history, and jumps to its middle with one question', async () => {
    const { store, list, shown, engine } = await open(1_000_000);
    expect(list()).toMatchObject({ kind: 'whole', total: 1_000_000, isEnd: true });
    expect(list().rowAt(500_000)).toBeUndefined();
    await shown(0);
    store.want(500_000, 500_030);
    expect(await shown(500_000)).toMatchObject({ id: '500000' });
    expect(engine.called('history.search')).toHaveLength(2);
  });

  it('shows every row where it belongs, over all borders of pages', async () => {
    const { store, shown } = await open(1_030);
    for (const row of [0, 29, 30, 229, 230, 829, 830, 1_029]) {
      store.want(row, row);
      expect(await shown(row)).toMatchObject({ id: String(1_030 - row) });
    }
  });

  it('keeps a few pages however far one goes', async () => {
    const { store, list, shown } = await open(100_000);
    for (let row = 0; row < 8_000; row += 200) {
      store.want(row, row + 30);
      await shown(row);
    }
    const kept = Array.from({ length: 100_000 }, (_, row) => list().rowAt(row)).filter((row) => row !== undefined);
    expect(kept.length).toBeLessThanOrEqual(30 * 200);
    expect(list().rowAt(0)).toBeUndefined();
    store.want(0, 30);
    expect(await shown(0)).toMatchObject({ id: '100000' });
  });

  it('passes over pages that a dragged scrollbar has left already', async () => {
    const { store, shown, engine } = await open(1_000_000);
    for (let row = 0; row < 900_000; row += 9_000) store.want(row, row + 30);
    store.want(950_000, 950_030);
    expect(await shown(950_000)).toMatchObject({ id: '50000' });
    expect(engine.called('history.search').length).toBeLessThan(6);
  });

  it('moves the place along when entries come on top', async () => {
    const { store, list, shown, grow } = await open(1_000);
    store.want(400, 430);
    const before = await shown(400);
    store.activate(400);
    grow(3);
    await vi.waitFor(() => expect(list().total).toBe(1_003));
    expect(list().grown).toBe(3);
    expect(store.getState().active).toBe(403);
    expect(list().rowAt(403)).toEqual(before);
    store.want(0, 30);
    await vi.waitFor(() => expect(list().rowAt(0)).toMatchObject({ id: '1003' }));
  });
});

it('counts what came between the measuring of the list and its first page', async () => {
  const { engine, growQuietly } = await open(1_100);
  const grown: number[] = [];
  const whole = createWholeList(engine.client, {
    onChange: (added) => grown.push(added),
    onError: (error) => expect(error).toBeUndefined(),
  });
  const measured = whole.measure();
  // The question for the first page leaves when the list was measured.
  growQuietly(5);
  await measured;
  await vi.waitFor(() => expect(grown).toEqual([5]));
  expect(whole.total()).toBe(1_105);
  expect(whole.rowAt(0)).toMatchObject({ id: '1105' });
  expect(whole.find('1100')).toBe(5);
});

describe('a search', () => {
  it('keeps the old rows until the new ones are here, and begins at its top', async () => {
    const { store, list, shown, place } = await open(100_000);
    store.want(0, 30);
    await shown(0);
    const { turn } = list();
    store.filter({ text: 'thou' });
    expect(store.getState().isSearching).toBe(true);
    expect(list().rowAt(0)).toBeDefined();
    await vi.waitFor(() => expect(list().kind).toBe('found'));
    expect(list()).toMatchObject({ total: 100, isEnd: false });
    expect(list().turn).toBeGreaterThan(turn);
    expect(place.location.hash).toBe('#/history?text=thou');
  });

  it('loads on as its end comes in sight, to the last', async () => {
    const { store, list, find } = await open(100_000);
    find((id) => id % 400 === 0);
    store.filter({ text: 'four' });
    await vi.waitFor(() => expect(list().total).toBe(100));
    store.want(70, 99);
    await vi.waitFor(() => expect(list().total).toBe(250));
    store.want(240, 249);
    await vi.waitFor(() => expect(list().isEnd).toBe(true));
    expect(list().rowAt(249)).toMatchObject({ id: '400' });
  });

  it('takes in what comes on top without losing the place', async () => {
    const { store, list, grow } = await open(100_000);
    store.filter({ text: 'thou' });
    await vi.waitFor(() => expect(list().kind).toBe('found'));
    store.activate(5);
    grow(1_000);
    await vi.waitFor(() => expect(list().grown).toBe(1));
    expect(list().rowAt(0)).toMatchObject({ id: '101000' });
    expect(store.getState().active).toBe(6);
  });

  it('is opened by an address, and coming back without a wish finds what was left', async () => {
    const { store, list, navigation } = await open(10_000, '#/history?voice=Rachel&from=2026-04-01&unknown=1');
    expect(store.getState().filter).toEqual({ voice: 'Rachel', from: '2026-04-01' });
    expect(list().kind).toBe('found');
    navigation.go({ room: 'scripts' });
    navigation.go({ room: 'history' });
    expect(store.getState().filter).toMatchObject({ voice: 'Rachel' });
    navigation.go({ room: 'usage' });
    navigation.go({ room: 'history', query: { person: 'Mara' } });
    expect(store.getState().filter).toEqual({ person: 'Mara' });
  });
});

describe('an entry', () => {
  it('shows its new note at once, and the old one again when it is undone', async () => {
    const { store, shown, undo, list } = await open(100);
    store.want(0, 30);
    const entry = await shown(3);
    await store.setNote(entry, 'The good one.');
    expect(list().rowAt(3)).toMatchObject({ note: 'The good one.' });
    await undo.undo();
    expect(list().rowAt(3)).toMatchObject({ note: '' });
  });

  it('is filed with those selected around it, and goes back', async () => {
    const { store, shown, undo, engine } = await open(100);
    store.want(0, 30);
    await shown(0);
    store.activate(2);
    store.activate(4, 'extend');
    expect(store.selected().map(({ id }) => id)).toEqual(['98', '97', '96']);
    await store.assign(store.selected(), 'project' as never);
    await undo.undo();
    expect(engine.called('history.assign').map(({ input }) => input)).toEqual([
      { ids: ['98', '97', '96'], projectId: 'project' },
      { ids: ['98', '97', '96'], projectId: null },
    ]);
  });

  it('has its audio fetched once, however often it is asked for', async () => {
    const { store, shown, engine, list } = await open(100);
    store.want(0, 30);
    const entry = await shown(0);
    const [first, second] = await Promise.all([store.withAudio(entry), store.withAudio(entry)]);
    expect([first?.takeId, second]).toEqual(['take-100', undefined]);
    expect(engine.called('history.fetchAudio')).toHaveLength(1);
    expect(list().rowAt(0)).toMatchObject({ takeId: 'take-100', status: 'stored' });
  });
});
