import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Workspace } from '#contract/entities.ts';
import type {
  HistoryChoices,
  HistoryDetails,
  HistoryEntry,
  HistoryState as ReadState,
  SavedSearch,
} from '#contract/history.ts';
import { createHistoryReads } from './history-reads.ts';
import { createHistoryActions } from './history-actions.ts';
import { filterOf, type FilterName, type HistoryFilter, isWhole, sameFilter, searchOf } from './history-filter.ts';
import { type FoundRows, searchAgain, searchFirst, searchMore } from './history-found.ts';
import { createWholeList } from './history-whole.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';

/** The rows to draw. A new object whenever one of them may be another. */
export interface HistoryList {
  readonly kind: 'whole' | 'found';
  readonly total: number;
  /** Undefined: on its way. */
  readonly rowAt: (row: number) => HistoryEntry | undefined;
  /** False: a search that has not come to its end. */
  readonly isEnd: boolean;
  /** Rows that came on top since `turn`: who looks at older ones moves by as many. */
  readonly grown: number;
  /** Counts searches: another list begins at its top. */
  readonly turn: number;
}

export interface HistoryStoreState {
  readonly status: 'closed' | 'loading' | 'ready';
  readonly filter: HistoryFilter;
  /** A search is under way; the rows are still those of the one before. */
  readonly isSearching: boolean;
  readonly list: HistoryList;
  /** The row that keys and buttons are about; -1: none. */
  readonly active: number;
  /** The other end of the selected rows. */
  readonly anchor: number;
  /** Settings and times of the active entry, once they are here. */
  readonly details: HistoryDetails | null;
  /** Entries whose audio is on its way. */
  readonly fetching: ReadonlySet<string>;
  readonly choices: HistoryChoices;
  readonly saved: readonly SavedSearch[];
  readonly readings: readonly ReadState[];
}

const emptyList: HistoryList = { kind: 'whole', total: 0, rowAt: () => undefined, isEnd: true, grown: 0, turn: 0 };
const noChoices: HistoryChoices = { voices: [], models: [], statuses: [], vendorSources: [], people: [] };
/** The engine files so many at once. */
const mostSelected = 1000;

export interface HistoryStoreDoors {
  readonly navigation: NavigationStore;
  readonly undo: UndoStore;
  readonly workspaces: () => Promise<readonly Workspace[]>;
}

/** One list over what was rendered here and what vendors know. It is read when its room is first opened. */
export const createHistoryStore = (client: Client, messages: MessageStore, doors: HistoryStoreDoors) => {
  const { navigation, undo, workspaces } = doors;
  const store = createStore<HistoryStoreState>(() => ({
    status: 'closed',
    filter: {},
    isSearching: false,
    list: emptyList,
    active: -1,
    anchor: -1,
    details: null,
    fetching: new Set(),
    choices: noChoices,
    saved: [],
    readings: [],
  }));
  const isOpen = (): boolean => store.getState().status !== 'closed';

  let found: FoundRows | null = null;
  let grown = 0;
  let turn = 0;
  let isLoadingMore = false;
  const show = (added = 0): void => {
    grown += added;
    const common = { grown, turn };
    const list: HistoryList =
      found === null
        ? { ...common, kind: 'whole', total: whole.total(), rowAt: whole.rowAt, isEnd: true }
        : {
            ...common,
            kind: 'found',
            total: found.rows.length,
            rowAt: rowOfFound(found),
            isEnd: found.cursor === null,
          };
    const { active, anchor } = store.getState();
    const moved = (row: number): number => (row < 0 ? row : Math.min(row + added, list.total - 1));
    store.setState({ list, active: moved(active), anchor: moved(anchor) });
  };
  const rowOfFound =
    ({ rows }: FoundRows) =>
    (row: number): HistoryEntry | undefined =>
      rows[row];
  const whole = createWholeList(client, {
    onChange: (added) => {
      if (found === null) show(added);
    },
    onError: messages.fail,
  });

  const load = async (): Promise<void> => {
    const { filter } = store.getState();
    const isWanted = (): boolean => store.getState().filter === filter;
    try {
      if (isWhole(filter)) {
        if (!whole.hasIndex()) await whole.measure();
        if (!isWanted()) return;
        found = null;
      } else {
        const known = filter.workspace === undefined ? [] : await workspaces();
        const next = await searchFirst(client, searchOf(filter, known, Date.now()), isWanted);
        if (!isWanted()) return;
        found = next;
      }
      grown = 0;
      turn += 1;
      store.setState({ status: 'ready', isSearching: false, active: -1, anchor: -1, details: null });
      show();
    } catch (error) {
      store.setState({ status: 'ready', isSearching: false });
      messages.fail(error);
    }
  };
  const typing = createRefresher(load, { delayMs: 40, pace: 'settle' });

  const { readChoices, readSaved, readState } = createHistoryReads({
    client,
    messages,
    isOpen,
    show: (part) => store.setState(part),
  });
  /** The list as it is now, without losing the place. */
  const follow = async (): Promise<void> => {
    const { filter, status } = store.getState();
    if (status !== 'ready') return;
    try {
      const added = await whole.measure();
      whole.mistrust();
      if (found === null) {
        show(added);
        return;
      }
      const before = found;
      const again = await searchAgain(client, before);
      if (store.getState().filter !== filter || found !== before) return;
      found = again.found;
      show(again.added);
    } catch (error) {
      messages.fail(error);
    }
  };
  const changes = createRefresher(
    async () => {
      await Promise.all([follow(), readState()]);
    },
    { delayMs: 400, pace: 'steady' },
  );
  const changed = (): void => {
    if (!isOpen()) return;
    changes.ask();
    readChoices.ask();
  };
  client.on('history.changed', changed);
  client.on('take.added', changed);
  client.on('savedSearch.changed', readSaved.ask);

  const setFilter = (filter: HistoryFilter, address: 'write' | 'keep'): void => {
    if (sameFilter(filter, store.getState().filter)) return;
    store.setState({ filter, isSearching: true });
    if (address === 'write' && navigation.getState().room === 'history')
      navigation.go({ room: 'history', query: filterOf(filter) as Record<string, string> }, 'replace');
    if (isOpen()) typing.ask();
  };
  navigation.subscribe(({ room, query }, before) => {
    if (room !== 'history' || (query === before.query && before.room === 'history')) return;
    const asked = filterOf(query);
    // Coming back without a wish finds what was left here.
    if (before.room !== 'history' && Object.keys(asked).length === 0) return;
    setFilter(asked, 'keep');
  });

  const put = (entry: HistoryEntry): void => {
    whole.put(entry);
    if (found !== null) found = { ...found, rows: found.rows.map((row) => (row.id === entry.id ? entry : row)) };
    const { details } = store.getState();
    if (details?.id === entry.id) store.setState({ details: { ...details, ...entry } });
    show();
  };
  const actions = createHistoryActions({
    client,
    messages,
    undo,
    put,
    filter: () => store.getState().filter,
    saved: () => store.getState().saved,
    readSaved: readSaved.now,
    fetching: {
      has: (id) => store.getState().fetching.has(id),
      add: (id) => store.setState(({ fetching }) => ({ fetching: new Set([...fetching, id]) })),
      remove: (id) =>
        store.setState(({ fetching }) => ({ fetching: new Set([...fetching].filter((one) => one !== id)) })),
    },
  });

  const readDetails = createRefresher(
    async () => {
      const entry = activeEntry();
      if (entry === undefined || store.getState().details?.id === entry.id) return;
      try {
        const details = await client.call('history.get', { id: entry.id });
        if (activeEntry()?.id === details.id) store.setState({ details });
      } catch {
        // The row says what is known; the rest is asked for again with the next move.
      }
    },
    { delayMs: 80, pace: 'settle' },
  );
  const activeEntry = (): HistoryEntry | undefined => {
    const { list, active } = store.getState();
    return active < 0 ? undefined : list.rowAt(active);
  };
  const selected = (): readonly HistoryEntry[] => {
    const { list, active, anchor } = store.getState();
    if (active < 0) return [];
    const [from, to] = [Math.min(active, anchor), Math.max(active, anchor)];
    return Array.from({ length: Math.min(mostSelected, to - from + 1) }, (_, index) => list.rowAt(from + index)).filter(
      (entry) => entry !== undefined,
    );
  };

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      if (isOpen()) await Promise.all([changes.now(), readChoices.now(), readSaved.now()]);
    },
    /** The room is shown: from now on its list is kept up to date. */
    open: (): void => {
      if (isOpen()) return;
      const asked = filterOf(navigation.getState().query);
      store.setState({ status: 'loading', ...(Object.keys(asked).length === 0 ? {} : { filter: asked }) });
      void Promise.all([load(), readState(), readChoices.now(), readSaved.now()]);
    },
    filter: (part: Partial<Record<FilterName, string | undefined>>): void => {
      const { filter } = store.getState();
      const next = Object.fromEntries(
        Object.entries({ ...filter, ...part }).filter(([, value]) => value !== undefined && value !== ''),
      );
      setFilter(next as HistoryFilter, 'write');
    },
    /** Everything else is taken away. */
    only: (filter: HistoryFilter): void => setFilter(filter, 'write'),
    want: (first: number, last: number): void => {
      if (found === null) whole.want(first, last);
      else if (last >= found.rows.length - 60) void more();
    },
    activate: (row: number, mode: 'only' | 'extend' = 'only'): void => {
      const { list, anchor } = store.getState();
      if (list.total === 0) return;
      const active = Math.max(0, Math.min(row, list.total - 1));
      store.setState({ active, anchor: mode === 'only' || anchor < 0 ? active : anchor });
      readDetails.ask();
    },
    activeEntry,
    selected,
    ...actions,
  });

  async function more(): Promise<void> {
    const before = found;
    if (before === null || before.cursor === null || isLoadingMore) return;
    isLoadingMore = true;
    try {
      const next = await searchMore(client, before, () => found === before);
      if (found !== before) return;
      found = next;
      show();
    } catch (error) {
      messages.fail(error);
    } finally {
      isLoadingMore = false;
    }
  }
};
