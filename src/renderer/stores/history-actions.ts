/** What people do with entries of the history and with searches they keep. */
import type { Client } from '#client/index.ts';
import type { ProjectId } from '#contract/entities.ts';
import type { HistoryEntry, SavedSearch } from '#contract/history.ts';
import { wordsOf } from '../words/words.ts';
import type { HistoryFilter } from './history-filter.ts';
import type { MessageStore } from './message-store.ts';
import type { UndoStore } from './undo-store.ts';

export interface HistoryActionDoors {
  readonly client: Pick<Client, 'call'>;
  readonly messages: MessageStore;
  readonly undo: UndoStore;
  /** The entry as it is now, wherever it is shown. */
  readonly put: (entry: HistoryEntry) => void;
  readonly filter: () => HistoryFilter;
  readonly saved: () => readonly SavedSearch[];
  readonly readSaved: () => Promise<void>;
  readonly fetching: {
    has(id: string): boolean;
    add(id: string): void;
    remove(id: string): void;
  };
}

export const createHistoryActions = ({
  client,
  messages,
  undo,
  put,
  filter,
  saved,
  readSaved,
  fetching,
}: HistoryActionDoors) => {
  const t = () => wordsOf('history');
  const setNote = async (entry: HistoryEntry, note: string): Promise<void> => {
    put(await client.call('history.setNote', { id: entry.id, note }));
  };
  const assignGroups = async (
    groups: readonly { readonly id: string; readonly projectId: ProjectId | null }[],
  ): Promise<void> => {
    const byProject = Map.groupBy(groups, ({ projectId }) => projectId);
    for (const [projectId, entries] of byProject)
      await client.call('history.assign', { ids: entries.map(({ id }) => id), projectId });
  };

  return {
    setNote: async (entry: HistoryEntry, note: string): Promise<void> => {
      const before = entry.note;
      if (note.trim() === before) return;
      try {
        await setNote(entry, note);
        undo.note({
          what: t()('noted'),
          undo: () => setNote(entry, before),
          redo: () => setNote(entry, note),
        });
      } catch (error) {
        messages.fail(error);
      }
    },
    /** Files what was made elsewhere under a project; our own entries among them keep theirs. */
    assign: async (entries: readonly HistoryEntry[], projectId: ProjectId | null): Promise<void> => {
      const ids = entries.map(({ id }) => id);
      try {
        const { before } = await client.call('history.assign', { ids, projectId });
        if (before.length === 0) return;
        const now = before.map(({ id }) => ({ id, projectId }));
        undo.note({
          what: t()('filed', { count: before.length }),
          undo: () => assignGroups(before),
          redo: () => assignGroups(now),
        });
        messages.show('notice', t()('filedNotice', { count: before.length }));
      } catch (error) {
        messages.fail(error);
      }
    },
    /** The entry with its take: fetched from the vendor (free) where it is not here yet; undefined where it failed. */
    withAudio: async (entry: HistoryEntry): Promise<HistoryEntry | undefined> => {
      if (entry.takeId !== null) return entry;
      if (fetching.has(entry.id)) return undefined;
      fetching.add(entry.id);
      try {
        const take = await client.call('history.fetchAudio', { id: entry.id });
        const stored = {
          ...entry,
          takeId: take.id,
          status: 'stored',
          durationMs: take.durationMs,
          suspect: take.suspect,
        };
        put(stored);
        return stored;
      } catch (error) {
        return messages.fail(error);
      } finally {
        fetching.remove(entry.id);
      }
    },
    /** Reads what vendors have that is not here; into the past, too. Free. */
    read: async (): Promise<void> => {
      try {
        await client.call('history.sync', { backfill: true });
      } catch (error) {
        messages.fail(error);
      }
    },
    save: async (name: string, id?: string): Promise<boolean> => {
      const query = saved().find((one) => one.id === id)?.query ?? filter();
      try {
        await client.call('savedSearch.save', {
          name,
          query: query as Record<string, string>,
          ...(id === undefined ? {} : { id }),
        });
        await readSaved();
        return true;
      } catch (error) {
        messages.fail(error);
        return false;
      }
    },
    forget: async (search: SavedSearch): Promise<void> => {
      const remove = () => client.call('savedSearch.remove', { id: search.id });
      try {
        await remove();
        undo.note({
          what: t()('forgotten', { name: search.name }),
          undo: () => client.call('savedSearch.save', search),
          redo: remove,
        });
      } catch (error) {
        messages.fail(error);
      }
    },
  };
};
