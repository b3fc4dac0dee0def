/** Comments at a place of a take. */
import type { ReviewComment } from '#contract/review.ts';
import { wordsOf } from '../../words/words.ts';
import { type Desk, takeIdOf } from './state.ts';

export const createRemarks = ({ client, messages, undo, store, player }: Desk, reload: () => void) => {
  const t = () => wordsOf('review');
  const remove = async (id: string, removed: boolean): Promise<void> => {
    await client.call('review.removeComment', { id, removed });
    reload();
  };
  return {
    /** At the place that is heard; playing waits meanwhile. */
    write: (): void => {
      const takeId = takeIdOf(store.getState());
      if (takeId === null) return;
      if (player.getState().phase !== 'stopped') player.pause();
      const { program, seconds, totalSeconds } = player.getState();
      const stands = program?.id === takeId && seconds > 0 && seconds < totalSeconds;
      store.setState({ writing: { takeId, atMs: stands ? Math.round(seconds * 1000) : null } });
    },
    stopWriting: () => store.setState({ writing: null }),
    comment: async (text: string): Promise<void> => {
      const { writing } = store.getState();
      if (writing === null || text.trim() === '') return store.setState({ writing: null });
      try {
        const { id } = await client.call('review.comment', { ...writing, text });
        store.setState({ writing: null });
        undo.note({ what: t()('didComment'), undo: () => remove(id, true), redo: () => remove(id, false) });
        messages.announce(t()('didComment'));
        reload();
      } catch (error) {
        messages.fail(error);
      }
    },
    resolve: async ({ id, resolvedAt }: ReviewComment): Promise<void> => {
      const set = async (resolved: boolean): Promise<void> => {
        await client.call('review.resolveComment', { id, resolved });
        reload();
      };
      try {
        await set(resolvedAt === null);
        undo.note({
          what: resolvedAt === null ? t()('didResolve') : t()('didUnresolve'),
          undo: () => set(resolvedAt !== null),
          redo: () => set(resolvedAt === null),
        });
      } catch (error) {
        messages.fail(error);
      }
    },
    removeComment: async (id: string): Promise<void> => {
      try {
        await remove(id, true);
        undo.note({ what: t()('didRemoveComment'), undo: () => remove(id, false), redo: () => remove(id, true) });
        messages.show('notice', `${t()('didRemoveComment')}. ${t()('undoHint')}`);
      } catch (error) {
        messages.fail(error);
      }
    },
  };
};
