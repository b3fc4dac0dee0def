import { createStore } from 'zustand/vanilla';
import type { Client } from '#client/index.ts';
import type { ProjectId, ScriptId } from '#contract/entities.ts';
import type { ErrorShape } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { wordsOf } from '../words/words.ts';
import { failureOf } from './failure.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';
import type { ScriptStore } from './script-store.ts';
import type { UndoStore } from './undo-store.ts';

export type Found = MethodOutput<'script.find'>;
export interface FindQuery {
  readonly text: string;
  readonly replacement: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly regex: boolean;
}
export interface FindState {
  readonly projectId: ProjectId | null;
  readonly query: FindQuery;
  readonly found: Found | null;
  readonly failure: ErrorShape | null;
  readonly searching: boolean;
  readonly replacing: boolean;
  /** Scripts that a replacement leaves as they are. */
  readonly left: ReadonlySet<ScriptId>;
}

const emptyQuery: FindQuery = { text: '', replacement: '', matchCase: false, wholeWord: false, regex: false };

/** Searching and replacing over all scripts of a project. */
export const createFindStore = (client: Client, messages: MessageStore, script: ScriptStore, undo: UndoStore) => {
  const store = createStore<FindState>(() => ({
    projectId: null,
    query: emptyQuery,
    found: null,
    failure: null,
    searching: false,
    replacing: false,
    left: new Set(),
  }));
  const wantedOf = ({ text, matchCase, wholeWord, regex }: FindQuery) => ({ text, matchCase, wholeWord, regex });

  const refresher = createRefresher(
    async () => {
      const { projectId, query } = store.getState();
      if (projectId === null || query.text === '')
        return store.setState({ found: null, failure: null, searching: false });
      store.setState({ searching: true });
      try {
        const found = await client.call('script.find', { projectId, ...wantedOf(query) });
        if (store.getState().query.text === query.text) store.setState({ found, failure: null, searching: false });
      } catch (error) {
        store.setState({ found: null, failure: failureOf(error), searching: false });
      }
    },
    { delayMs: 180, pace: 'settle' },
  );
  client.on('script.changed', ({ projectId }) => {
    if (projectId === store.getState().projectId && store.getState().found !== null) refresher.ask();
  });

  return Object.assign(store, {
    /** What is being typed is saved first, so that it is found, too. */
    open: async (projectId: ProjectId, text: string): Promise<void> => {
      store.setState((state) => ({
        projectId,
        left: new Set(),
        query: text === '' ? state.query : { ...state.query, text, regex: false },
      }));
      await script.save();
      await refresher.now();
    },
    change: (part: Partial<FindQuery>): void => {
      store.setState((state) => ({ query: { ...state.query, ...part } }));
      if (Object.keys(part).some((name) => name !== 'replacement')) refresher.ask();
    },
    leave: (scriptId: ScriptId, isLeft: boolean): void =>
      store.setState(({ left }) => {
        const next = new Set(left);
        if (isLeft) next.add(scriptId);
        else next.delete(scriptId);
        return { left: next };
      }),
    /** Whether it was done; the reason is shown where it was not. */
    replaceAll: async (): Promise<boolean> => {
      const { projectId, query, found, left } = store.getState();
      if (projectId === null || found === null) return false;
      const scriptIds = found.scripts.map(({ scriptId }) => scriptId).filter((scriptId) => !left.has(scriptId));
      const t = wordsOf('scripts');
      store.setState({ replacing: true });
      try {
        await script.save();
        const order = { projectId, scriptIds, ...wantedOf(query), replacement: query.replacement };
        let done = await client.call('script.replace', order);
        const count = done.reduce((sum, { matches }) => sum + matches, 0);
        const what = t('replacedWhat', { count, text: query.text, replacement: query.replacement });
        messages.show('notice', t('replaced', { count, scripts: done.length }));
        if (done.length === 0) return true;
        undo.note({
          what,
          undo: async () => {
            for (const { scriptId, before } of done) await client.call('script.revert', { scriptId, revision: before });
          },
          redo: async () => {
            done = await client.call('script.replace', order);
          },
        });
        return true;
      } catch (error) {
        store.setState({ failure: failureOf(error) });
        return false;
      } finally {
        store.setState({ replacing: false });
        void refresher.now();
      }
    },
  });
};
