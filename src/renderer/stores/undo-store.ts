import { createStore } from 'zustand/vanilla';
import { wordsOf } from '../words/words.ts';
import type { MessageStore } from './message-store.ts';

/** Something a person did that can be taken back. */
export interface Edit {
  /** As the person would call it: "approved 12 takes". */
  readonly what: string;
  readonly undo: () => Promise<unknown>;
  readonly redo: () => Promise<unknown>;
}
export interface UndoState {
  readonly done: readonly Edit[];
  readonly undone: readonly Edit[];
}

const mostKept = 200;

/** One line of edits over all rooms, newest last. Text being typed has its editor's own. */
export const createUndoStore = (messages: MessageStore) => {
  const store = createStore<UndoState>(() => ({ done: [], undone: [] }));
  // One after the other: two quick presses must not meet in the engine.
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    turn = turn.then(work).catch(messages.fail);
    return turn;
  };
  const t = () => wordsOf('shell');

  return Object.assign(store, {
    /** Call after the edit succeeded. */
    note: (edit: Edit): void => store.setState(({ done }) => ({ done: [...done, edit].slice(-mostKept), undone: [] })),
    undo: (): Promise<void> =>
      inTurn(async () => {
        const edit = store.getState().done.at(-1);
        if (edit === undefined) return messages.show('notice', t()('nothingToUndo'));
        await edit.undo();
        store.setState(({ done, undone }) => ({ done: done.filter((one) => one !== edit), undone: [...undone, edit] }));
        messages.show('notice', t()('undone', { what: edit.what }));
      }),
    redo: (): Promise<void> =>
      inTurn(async () => {
        const edit = store.getState().undone.at(-1);
        if (edit === undefined) return messages.show('notice', t()('nothingToRedo'));
        await edit.redo();
        store.setState(({ done, undone }) => ({ done: [...done, edit], undone: undone.filter((one) => one !== edit) }));
        messages.show('notice', t()('redone', { what: edit.what }));
      }),
  });
};
export type UndoStore = ReturnType<typeof createUndoStore>;
