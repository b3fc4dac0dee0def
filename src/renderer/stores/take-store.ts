import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { ScriptId, Take, TakeId } from '#contract/entities.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export interface TakeFilter {
  readonly search: string;
  readonly suspectOnly: boolean;
  readonly scriptId: ScriptId | null;
}

export interface TakeState {
  readonly status: 'loading' | 'ready';
  readonly filter: TakeFilter;
  readonly takes: readonly Take[];
  readonly cursor: string | null;
  readonly openId: TakeId | null;
  /** Every take of the open take's recipe: what A/B goes through. */
  readonly siblings: readonly Take[];
}

const pageSize = 200;

/** What was rendered, newest first. */
export const createTakeStore = (client: Client, messages: MessageStore) => {
  const store = createStore<TakeState>(() => ({
    status: 'loading',
    filter: { search: '', suspectOnly: false, scriptId: null },
    takes: [],
    cursor: null,
    openId: null,
    siblings: [],
  }));
  const queryOf = ({ search, suspectOnly, scriptId }: TakeFilter) => ({
    suspectOnly,
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(scriptId === null ? {} : { scriptId }),
  });

  const load = async (): Promise<void> => {
    const { filter } = store.getState();
    try {
      const page = await client.call('take.list', { ...queryOf(filter), limit: pageSize });
      if (store.getState().filter === filter) store.setState({ status: 'ready', ...page });
    } catch (error) {
      messages.fail(error);
    }
  };
  const arrivals = createRefresher(load, { delayMs: 500, pace: 'steady' });
  const typing = createRefresher(load, { delayMs: 160, pace: 'settle' });
  client.on('take.added', ({ recipeHash }) => {
    arrivals.ask();
    if (store.getState().siblings[0]?.recipeHash === recipeHash) siblings.ask();
  });

  const siblings = createRefresher(
    async () => {
      const { openId, takes } = store.getState();
      const open = takes.find((take) => take.id === openId);
      if (open === undefined) return;
      try {
        const { takes: found } = await client.call('take.list', { recipeHash: open.recipeHash, limit: 100 });
        if (store.getState().openId === openId) {
          store.setState({ siblings: found.toSorted((a, b) => a.takeNo - b.takeNo) });
        }
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 60, pace: 'settle' },
  );
  const put = (take: Take): void => {
    const mark = (known: Take): Take => {
      if (known.id === take.id) return take;
      return known.recipeHash === take.recipeHash && take.selected && known.selected
        ? { ...known, selected: false }
        : known;
    };
    store.setState((state) => ({ takes: state.takes.map(mark), siblings: state.siblings.map(mark) }));
  };
  client.on('take.selected', ({ takeId }) => {
    client.call('take.get', { takeId }).then(put, messages.fail);
  });

  return Object.assign(store, {
    refresh: arrivals.now,
    filter: (part: Partial<TakeFilter>): void => {
      store.setState((state) => ({ filter: { ...state.filter, ...part } }));
      typing.ask();
    },
    more: async (): Promise<void> => {
      const { filter, cursor } = store.getState();
      if (cursor === null) return;
      try {
        const page = await client.call('take.list', { ...queryOf(filter), after: cursor, limit: pageSize });
        if (store.getState().filter !== filter || store.getState().cursor !== cursor) return;
        store.setState((state) => ({ takes: [...state.takes, ...page.takes], cursor: page.cursor }));
      } catch (error) {
        messages.fail(error);
      }
    },
    open: (openId: TakeId): void => {
      const { siblings: shown } = store.getState();
      store.setState({ openId, ...(shown.some((take) => take.id === openId) ? {} : { siblings: [] }) });
      siblings.ask();
    },
    select: async (takeId: TakeId): Promise<void> => {
      try {
        put(await client.call('take.select', { takeId }));
        messages.announce('Take selected for the spot.');
      } catch (error) {
        messages.fail(error);
      }
    },
  });
};
