import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { Problem, ScriptId, VariantTable } from '#contract/entities.ts';
import type { MessageStore } from './message-store.ts';
import type { NavigationStore } from './navigation-store.ts';
import { createRefresher } from './refresher.ts';

export interface VariantState {
  readonly table: VariantTable | null;
  /** Why the last file was not taken; the table stayed as it was. */
  readonly refused: { readonly file: string; readonly problems: readonly Problem[] } | null;
  readonly importing: boolean;
}

/** The open script's variants. */
export const createVariantStore = (client: Client, messages: MessageStore, navigation: NavigationStore) => {
  const store = createStore<VariantState>(() => ({ table: null, refused: null, importing: false }));
  const openScript = (): ScriptId | null => navigation.getState().scriptId;

  const load = async (): Promise<void> => {
    const scriptId = openScript();
    if (scriptId === null) return store.setState({ table: null, refused: null });
    try {
      const table = await client.call('variant.list', { scriptId });
      if (openScript() === scriptId) store.setState({ table });
    } catch (error) {
      messages.fail(error);
    }
  };
  const refresher = createRefresher(load, { delayMs: 80, pace: 'steady' });
  const ifOpen = ({ scriptId }: { readonly scriptId: ScriptId }): void => {
    if (scriptId === openScript()) refresher.ask();
  };
  client.on('variant.changed', ifOpen);
  client.on('script.changed', ifOpen);
  navigation.subscribe((now, before) => {
    if (now.scriptId === before.scriptId) return;
    store.setState({ table: null, refused: null });
    void refresher.now();
  });

  return Object.assign(store, {
    refresh: refresher.now,
    importFile: async (file: File): Promise<void> => {
      const scriptId = openScript();
      if (scriptId === null) return;
      store.setState({ importing: true, refused: null });
      try {
        const blobId = await client.upload(file);
        const { saved, ...table } = await client.call('variant.import', { scriptId, source: { kind: 'blob', blobId } });
        if (saved) {
          store.setState({ table });
          messages.show('notice', `${file.name}: ${table.variants.length.toLocaleString()} variants imported.`);
        } else store.setState({ refused: { file: file.name, problems: table.problems } });
      } catch (error) {
        messages.fail(error);
      } finally {
        store.setState({ importing: false });
      }
    },
    clear: async (): Promise<void> => {
      const scriptId = openScript();
      if (scriptId === null) return;
      try {
        store.setState({ table: await client.call('variant.clear', { scriptId }), refused: null });
      } catch (error) {
        messages.fail(error);
      }
    },
    forgetRefused: () => store.setState({ refused: null }),
  });
};
