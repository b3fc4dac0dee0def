import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { LexiconEntry, ProjectId } from '#contract/entities.ts';
import type { MessageStore } from './message-store.ts';

export interface LexiconState {
  readonly projectId: ProjectId | null;
  readonly entries: readonly LexiconEntry[];
}

/** How a project's words are said. */
export const createLexiconStore = (client: Client, messages: MessageStore) => {
  const store = createStore<LexiconState>(() => ({ projectId: null, entries: [] }));

  const load = async (): Promise<void> => {
    const { projectId } = store.getState();
    if (projectId === null) return;
    try {
      const entries = await client.call('lexicon.get', { projectId });
      if (store.getState().projectId === projectId) store.setState({ entries });
    } catch (error) {
      messages.fail(error);
    }
  };
  const put = async (change: (entries: readonly LexiconEntry[]) => LexiconEntry[]): Promise<boolean> => {
    const { projectId, entries } = store.getState();
    if (projectId === null) return false;
    try {
      store.setState({ entries: await client.call('lexicon.set', { projectId, entries: change(entries) }) });
      return true;
    } catch (error) {
      messages.fail(error);
      return false;
    }
  };
  client.on('lexicon.changed', ({ projectId }) => {
    if (projectId === store.getState().projectId) void load();
  });

  return Object.assign(store, {
    refresh: load,
    open: async (projectId: ProjectId): Promise<void> => {
      if (store.getState().projectId === projectId) return;
      store.setState({ projectId, entries: [] });
      await load();
    },
    add: (entry: LexiconEntry) => put((entries) => [entry, ...entries]),
    replace: (index: number, entry: LexiconEntry) =>
      put((entries) => entries.map((old, at) => (at === index ? entry : old))),
    remove: (index: number) => put((entries) => entries.filter((_, at) => at !== index)),
  });
};
