import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { EventPayload } from '#contract/events.ts';
import type { MethodInput, MethodOutput } from '#contract/methods/index.ts';
import { formatBytes } from '../components/format.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';

export type Library = MethodOutput<'library.get'>;
export type Storage = MethodOutput<'library.storage'>;
export type Notice = Library['notices'][number];
export type Progress = Omit<EventPayload<'library.progress'>, 'task'>;
export type CleanUp = MethodInput<'library.cleanUp'>['what'][number];

/** What is being done to the library as a whole; one thing at a time. */
export type Work =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' | 'backing-up' | 'cleaning' | 'sending' | 'exchanging' }
  | { readonly kind: 'exporting' | 'unpacking'; readonly progress: Progress | null };
export interface LibraryState {
  readonly library: Library | null;
  readonly notices: readonly Notice[];
  readonly report: MethodOutput<'library.doctor'> | null;
  /** Null until Settings asked for it. */
  readonly storage: Storage | null;
  readonly work: Work;
  /** The file that was made last, to be downloaded. */
  readonly exported: MethodOutput<'library.export'> | null;
}

/** The library that is open: where it lies, what it warns about and takes up, and what can be done with all of it. */
export const createLibraryStore = (client: Client, messages: MessageStore, page: Pick<Window, 'location'>) => {
  const store = createStore<LibraryState>(() => ({
    library: null,
    notices: [],
    report: null,
    storage: null,
    work: { kind: 'idle' },
    exported: null,
  }));

  const look = async (): Promise<void> => {
    try {
      store.setState({ storage: await client.call('library.storage', {}) });
    } catch (error) {
      messages.fail(error);
    }
  };
  const refresh = async (): Promise<void> => {
    try {
      const library = await client.call('library.get', {});
      store.setState({ library, notices: library.notices });
    } catch (error) {
      messages.fail(error);
    }
    if (store.getState().storage !== null) await look();
  };
  client.on('library.progress', ({ task, ...progress }) => {
    const kind = task === 'export' ? 'exporting' : 'unpacking';
    const done = kind === 'unpacking' && progress.doneBytes >= progress.totalBytes;
    if (store.getState().work.kind !== 'idle')
      store.setState({ work: done ? { kind: 'exchanging' } : { kind, progress } });
  });
  client.on('library.notice', (notice) => {
    // Nothing that this page holds is of the library that is open now.
    if (notice.code === 'library_replaced') return page.location.reload();
    store.setState((state) => ({
      notices: [...state.notices.filter((known) => known.message !== notice.message), notice],
    }));
    messages.show(notice.level, notice.message);
  });

  const during = async (work: Work, run: () => Promise<void>): Promise<void> => {
    if (store.getState().work.kind !== 'idle') return;
    store.setState({ work });
    try {
      await run();
    } catch (error) {
      messages.fail(error);
    } finally {
      store.setState({ work: { kind: 'idle' } });
    }
  };

  return Object.assign(store, {
    refresh,
    /** Sizes are counted anew each time: call it when they are shown. */
    look,
    check: (repair: boolean): Promise<void> =>
      during({ kind: 'checking' }, async () => {
        store.setState({ report: await client.call('library.doctor', { repair }) });
      }),
    backUp: (): Promise<void> =>
      during({ kind: 'backing-up' }, async () => {
        const { file } = await client.call('library.backup', {});
        messages.show('notice', wordsOf('settings')('backedUp', { file }));
        await look();
      }),
    cleanUp: (what: readonly CleanUp[]): Promise<void> =>
      during({ kind: 'cleaning' }, async () => {
        const { files, bytes } = await client.call('library.cleanUp', { what: [...what] });
        if (what.includes('exports')) store.setState({ exported: null });
        messages.show('notice', wordsOf('settings')('cleaned', { count: files, size: formatBytes(bytes) }));
        await look();
      }),
    exportFile: (): Promise<void> =>
      during({ kind: 'exporting', progress: null }, async () => {
        store.setState({ exported: await client.call('library.export', {}) });
        await look();
      }),
    exportUrl: (exportId: string): string => client.exportUrl(exportId),
    /** When it succeeded, the page starts anew. */
    restore: (file: File): Promise<void> =>
      during({ kind: 'sending' }, async () => {
        const blobId = await client.upload(file);
        store.setState({ work: { kind: 'unpacking', progress: null } });
        await client.call('library.restore', { blobId });
      }),
    goBack: (file: string): Promise<void> =>
      during({ kind: 'exchanging' }, async () => {
        await client.call('library.goBack', { file });
      }),
  });
};
