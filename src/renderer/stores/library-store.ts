import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import type { MessageStore } from './message-store.ts';

export type Library = MethodOutput<'library.get'>;
export type Notice = Library['notices'][number];
export interface LibraryState {
  readonly library: Library | null;
  readonly notices: readonly Notice[];
  readonly report: MethodOutput<'library.doctor'> | null;
  readonly busy: 'idle' | 'checking' | 'backing-up';
}

/** The library that is open: where it lies, what it warns about, and its two services. */
export const createLibraryStore = (client: Client, messages: MessageStore) => {
  const store = createStore<LibraryState>(() => ({ library: null, notices: [], report: null, busy: 'idle' }));

  const refresh = async (): Promise<void> => {
    try {
      const library = await client.call('library.get', {});
      store.setState({ library, notices: library.notices });
    } catch (error) {
      messages.fail(error);
    }
  };
  client.on('library.notice', (notice) => {
    store.setState((state) => ({
      notices: [...state.notices.filter((known) => known.message !== notice.message), notice],
    }));
    messages.show(notice.level, notice.message);
  });

  return Object.assign(store, {
    refresh,
    check: async (repair: boolean): Promise<void> => {
      store.setState({ busy: 'checking' });
      try {
        store.setState({ report: await client.call('library.doctor', { repair }) });
      } catch (error) {
        messages.fail(error);
      } finally {
        store.setState({ busy: 'idle' });
      }
    },
    backUp: async (): Promise<void> => {
      store.setState({ busy: 'backing-up' });
      try {
        const backup = await client.call('library.backup', {});
        messages.show('notice', `Backed up to ${backup.file}.`);
      } catch (error) {
        messages.fail(error);
      } finally {
        store.setState({ busy: 'idle' });
      }
    },
  });
};
