import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Take, TakeId } from '#contract/entities.ts';
import type { HistoryDetails } from '#contract/history.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { wordsOf } from '../words/words.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';
import type { UndoStore } from './undo-store.ts';

export type TakePlaces = MethodOutput<'take.places'>;
export type TakeFile = MethodOutput<'take.file'>;

export interface TakeState {
  readonly take: Take | null;
  /** Why it cannot be shown. */
  readonly problem: string | null;
  /** Every take of its recipe: what A/B goes through. */
  readonly siblings: readonly Take[];
  /** Its entry in the history, with settings; null: none, or not here yet. */
  readonly entry: HistoryDetails | null;
  /** Null: being looked for. */
  readonly places: TakePlaces | null;
}
const nothing: TakeState = { take: null, problem: null, siblings: [], entry: null, places: null };

/** The one take whose sheet is open, over whatever room. */
export const createTakeStore = (
  client: Client,
  messages: MessageStore,
  { navigation, undo }: { readonly navigation: NavigationStore; readonly undo: UndoStore },
) => {
  const store = createStore<TakeState>(() => nothing);
  const openId = (): TakeId | null => navigation.getState().takeId;
  const isOpen = (id: TakeId): boolean => openId() === id;

  const readSiblings = async (take: Take): Promise<void> => {
    const { takes } = await client.call('take.list', { recipeHash: take.recipeHash, limit: 200 });
    if (isOpen(take.id)) store.setState({ siblings: takes.toSorted((a, b) => a.takeNo - b.takeNo) });
  };
  const readEntry = async ({ id }: Take): Promise<void> => {
    const entry = await client.call('history.ofTake', { takeId: id });
    const details = entry === null ? null : await client.call('history.get', { id: entry.id });
    if (isOpen(id)) store.setState({ entry: details });
  };
  const readPlaces = async ({ id }: Take): Promise<void> => {
    const places = await client.call('take.places', { takeId: id });
    if (isOpen(id)) store.setState({ places });
  };
  const load = async (): Promise<void> => {
    const id = openId();
    if (id === null) return store.setState(nothing);
    try {
      // One of the same line is known already: its waveform may be drawn at once.
      const known = store.getState().siblings.find((sibling) => sibling.id === id);
      if (known === undefined) store.setState(nothing);
      else store.setState({ take: known, problem: null, entry: null });
      const take = await client.call('take.get', { takeId: id });
      if (!isOpen(id)) return;
      store.setState({ take, problem: null });
      await Promise.all([readSiblings(take), readEntry(take), known === undefined ? readPlaces(take) : null]);
    } catch (error) {
      if (store.getState().take?.id === id) messages.fail(error);
      else if (isOpen(id)) store.setState({ ...nothing, problem: failureOf(error).message });
    }
  };
  const refresher = createRefresher(load, { delayMs: 200, pace: 'steady' });
  navigation.subscribe(({ takeId }, before) => {
    if (takeId !== before.takeId) void load();
  });
  const ofOpenLine = (recipeHash: string): void => {
    if (store.getState().take?.recipeHash === recipeHash) refresher.ask();
  };
  client.on('take.added', ({ recipeHash }) => ofOpenLine(recipeHash));
  client.on('take.selected', ({ recipeHash }) => ofOpenLine(recipeHash));

  const selectNow = async (takeId: TakeId): Promise<void> => {
    const take = await client.call('take.select', { takeId });
    const mark = (one: Take): Take =>
      one.id === takeId ? take : one.recipeHash === take.recipeHash ? { ...one, selected: false } : one;
    store.setState((state) => ({
      take: state.take === null ? null : mark(state.take),
      siblings: state.siblings.map(mark),
    }));
  };

  return Object.assign(store, {
    refresh: async (): Promise<void> => {
      if (openId() !== null) await refresher.now();
    },
    select: async (takeId: TakeId): Promise<void> => {
      const before = store.getState().siblings.find(({ selected }) => selected)?.id;
      try {
        await selectNow(takeId);
        if (before !== undefined && before !== takeId)
          undo.note({
            what: wordsOf('history')('selectedTake'),
            undo: () => selectNow(before),
            redo: () => selectNow(takeId),
          });
        messages.announce(wordsOf('history')('selectedAnnounced'));
      } catch (error) {
        messages.fail(error);
      }
    },
    /** Path and name of its audio; undefined where it is not to be had, which is said. */
    file: async (takeId: TakeId): Promise<TakeFile | undefined> => {
      try {
        return await client.call('take.file', { takeId });
      } catch (error) {
        return messages.fail(error);
      }
    },
    /** Where the audio plays from. */
    urlOf: (takeId: TakeId): string => client.mediaUrl(takeId),
  });
};
