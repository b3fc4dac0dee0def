import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { ScriptId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';
import type { ScriptStore } from './script-store.ts';
import type { UndoStore } from './undo-store.ts';

export type Revision = MethodOutput<'script.revisions'>[number];
export interface RevisionState {
  readonly scriptId: ScriptId | null;
  readonly revisions: readonly Revision[];
  /** The one that is looked at, and its text; null while it is fetched. */
  readonly chosen: number | null;
  readonly source: string | null;
  /** The text of the revision before it, to compare with; null while it is fetched. */
  readonly before: string | null;
}

const nothing: RevisionState = { scriptId: null, revisions: [], chosen: null, source: null, before: null };

/** Earlier texts of the open script. */
export const createRevisionStore = (client: Client, messages: MessageStore, script: ScriptStore, undo: UndoStore) => {
  const store = createStore<RevisionState>(() => nothing);
  const textOf = async (scriptId: ScriptId, revision: number): Promise<string> =>
    (await client.call('script.revision', { scriptId, revision })).source;

  const choose = async (revision: number): Promise<void> => {
    const { scriptId } = store.getState();
    if (scriptId === null) return;
    store.setState({ chosen: revision, source: null, before: null });
    try {
      const { revisions } = store.getState();
      const previous = revisions[revisions.findIndex((one) => one.revision === revision) + 1];
      const [source, before] = await Promise.all([
        textOf(scriptId, revision),
        previous === undefined ? '' : textOf(scriptId, previous.revision),
      ]);
      if (store.getState().chosen === revision) store.setState({ source, before });
    } catch (error) {
      messages.fail(error);
    }
  };

  return Object.assign(store, {
    open: async (): Promise<void> => {
      await script.save();
      const scriptId = script.getState().script?.id ?? null;
      if (scriptId === null) return;
      store.setState({ ...nothing, scriptId });
      try {
        const revisions = await client.call('script.revisions', { scriptId });
        store.setState({ revisions });
        const start = revisions[0];
        if (start !== undefined) await choose(start.revision);
      } catch (error) {
        messages.fail(error);
      }
    },
    choose,
    revert: async (): Promise<void> => {
      const { scriptId, chosen, revisions } = store.getState();
      const now = revisions[0]?.revision;
      if (scriptId === null || chosen === null || now === undefined) return;
      const goBack = () => client.call('script.revert', { scriptId, revision: chosen });
      try {
        await goBack();
        const what = wordsOf('scripts')('revertedWhat', { revision: chosen });
        messages.show('notice', wordsOf('scripts')('reverted', { revision: chosen }));
        undo.note({ what, undo: () => client.call('script.revert', { scriptId, revision: now }), redo: goBack });
      } catch (error) {
        messages.fail(error);
      }
    },
  });
};
