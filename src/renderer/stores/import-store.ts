import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { BlobId, ProjectId, ScriptId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { wordsOf } from '../words/words.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import type { UndoStore } from './undo-store.ts';

export type Understood = MethodOutput<'script.convert'>;
export interface ImportItem {
  readonly id: number;
  readonly file: File;
  readonly blobId: BlobId | null;
  /** `variants`: of the open script; only a table can be that. */
  readonly use: 'script' | 'variants' | 'leave';
  readonly understood: Understood | null;
  /** Why it cannot be a script. */
  readonly failure: string | null;
  /** Its name in the project. */
  readonly path: string;
}
export interface ImportState {
  readonly items: readonly ImportItem[];
  readonly saving: boolean;
}

export const isTable = (file: File): boolean => /\.(csv|tsv)$/i.test(file.name) || file.type === 'text/csv';
export const isOwnFormat = (file: File): boolean => /\.cue(\.txt)?$/i.test(file.name);
export const importedPath = (fileName: string): string =>
  isOwnFormat({ name: fileName } as File) ? fileName : `${fileName.replace(/\.[^.]+$/, '')}.cue.txt`;

/** Files on their way in: what was understood of each is shown before anything is saved. */
export const createImportStore = (
  client: Client,
  messages: MessageStore,
  navigation: NavigationStore,
  undo: UndoStore,
) => {
  const store = createStore<ImportState>(() => ({ items: [], saving: false }));
  let lastId = 0;
  const change = (id: number, part: Partial<ImportItem>): void =>
    store.setState(({ items }) => ({ items: items.map((item) => (item.id === id ? { ...item, ...part } : item)) }));

  const understand = async ({ id, file }: ImportItem): Promise<void> => {
    try {
      const blobId = await client.upload(file);
      change(id, { blobId });
      const understood = await client.call('script.convert', { fileName: file.name, source: { kind: 'blob', blobId } });
      change(id, { understood });
    } catch (error) {
      change(id, { failure: failureOf(error).message, use: 'leave' });
    }
  };

  return Object.assign(store, {
    /** Several files at once; one by one, so that a big one does not hold up the page. */
    take: async (files: readonly File[]): Promise<void> => {
      const items = files.map((file): ImportItem => {
        lastId += 1;
        const path = importedPath(file.name);
        return { id: lastId, file, blobId: null, use: 'script', understood: null, failure: null, path };
      });
      store.setState({ items, saving: false });
      navigation.show('import');
      for (const item of items) await understand(item);
    },
    change,
    /** Saves what was chosen, and goes to the first script of it. */
    save: async (
      /** Null: there is none yet, one is made. */
      project: ProjectId | null,
      variants: { readonly scriptId: ScriptId; importFile(file: File): Promise<unknown> } | null,
    ): Promise<void> => {
      const { items } = store.getState();
      store.setState({ saving: true });
      const saved: { id: ScriptId; revision: number; source: string; path: string }[] = [];
      try {
        const projectId =
          project ?? (await client.call('project.ensure', { name: wordsOf('scripts')('firstCampaign') })).id;
        for (const { use, understood, path } of items) {
          if (use !== 'script' || understood === null) continue;
          const source = { kind: 'text', text: understood.source } as const;
          saved.push(await client.call('script.save', { projectId, path, source }));
        }
        const table = items.find(({ use }) => use === 'variants');
        if (table !== undefined && variants !== null) await variants.importFile(table.file);
        navigation.show(null);
        store.setState({ items: [], saving: false });
        const first = saved[0];
        if (first !== undefined) navigation.openScript(first.id, 'script');
        if (saved.length === 0) return;
        const what = wordsOf('scripts')('importedWhat', { count: saved.length });
        messages.show('notice', wordsOf('scripts')('imported', { count: saved.length }));
        const forEach = async (run: (one: (typeof saved)[number]) => Promise<unknown>): Promise<void> => {
          for (const one of saved) await run(one);
        };
        undo.note({
          what,
          undo: () =>
            forEach(({ id, revision }) =>
              revision === 1
                ? client.call('script.remove', { scriptId: id })
                : client.call('script.revert', { scriptId: id, revision: revision - 1 }),
            ),
          redo: () =>
            forEach(({ id, revision }) =>
              revision === 1
                ? client.call('script.restore', { scriptId: id })
                : client.call('script.revert', { scriptId: id, revision }),
            ),
        });
      } catch (error) {
        store.setState({ saving: false });
        messages.fail(error);
      }
    },
  });
};
