import type { Take } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { Timings, type HistoryDetails, type HistoryEntry } from '#contract/history.ts';
import { type EntryRow, readDetails, readEntry, timingsOfTake } from '../database/history-pages.ts';
import { setNote } from '../database/history-rows.ts';
import { getTake } from '../database/takes.ts';
import { getItem } from '../database/vendor-items.ts';
import { getWorkspaceBySeq, listWorkspaces } from '../database/workspaces.ts';
import { fetchItemAudio } from '../history/fetch-audio.ts';
import { createPresenter } from '../history/present.ts';
import { createHistorySearch } from '../history/search.ts';
import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { requireWorkspace } from './lookups.ts';

const recipeFields = (canonical: string | null): { settings: HistoryDetails['settings']; format: string | null } => {
  if (canonical === null) return { settings: {}, format: null };
  const recipe = JSON.parse(canonical) as { settings?: HistoryDetails['settings']; format?: string };
  return { settings: recipe.settings ?? {}, format: recipe.format ?? null };
};
const timingsOf = (json: string | null): Timings | null => {
  if (json === null) return null;
  const parsed = Timings.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : null;
};

export const historyHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  'history.search' | 'history.get' | 'history.setNote' | 'history.sync' | 'history.fetchAudio' | 'take.timings'
> => {
  const { ports, providers, history } = context;
  const { database } = ports;
  const search = createHistorySearch(ports);
  /** Audio that is being fetched, so that a second wish waits for the first. */
  const fetching = new Map<number, Promise<Take>>();

  const requireEntry = (id: string): EntryRow => {
    const row = /^\d{1,16}$/.test(id) ? readEntry(database, Number(id)) : null;
    if (row === null)
      throw new AppError('not_found', 'This entry is not in the history (any more). Nothing was changed.');
    return row;
  };
  const show = (id: string): HistoryEntry => createPresenter(database).entry(requireEntry(id));
  const takeOf = (row: EntryRow): Take | null => (row.takeId === null ? null : getTake(database, row.takeId));

  const fetchAudio = async (row: EntryRow): Promise<Take> => {
    const item = row.itemSeq === null ? null : getItem(database, row.itemSeq);
    const workspace = item === null ? null : getWorkspaceBySeq(database, item.workspaceSeq);
    if (item === null || workspace === null || !providers.has(workspace.provider)) {
      throw new AppError(
        'media_missing',
        'The vendor has no audio of this entry that could be fetched. Nothing was changed; render the line again.',
      );
    }
    const call = await history.callFor(workspace);
    const takeId = await fetchItemAudio(ports, providers.get(workspace.provider), call, row.seq, item);
    const take = takeOf(requireEntry(String(row.id)));
    if (take === null || take.id !== takeId) throw new AppError('internal', 'The fetched audio has no take.');
    context.publish('take.added', { takeId: take.id, recipeHash: take.recipeHash, takeNo: take.takeNo });
    context.publish('history.changed', { workspaceId: workspace.id, added: 0 });
    return take;
  };

  return {
    'history.search': (query) => search(query),
    'history.get': ({ id }) => {
      const row = requireEntry(id);
      const details = readDetails(database, row.seq);
      const own = recipeFields(details?.canonical ?? null);
      return {
        ...createPresenter(database).entry(row),
        settings:
          row.recipeId === null && details?.settings != null
            ? (JSON.parse(details.settings) as HistoryDetails['settings'])
            : own.settings,
        format: own.format ?? details?.format ?? null,
        requestId: details?.requestId ?? null,
        timings: timingsOf(details?.timings ?? null),
      };
    },
    'history.setNote': ({ id, note }) => {
      const row = requireEntry(id);
      database.transaction(() => setNote(database, row.seq, note.trim()));
      context.publish('history.changed', { workspaceId: null, added: 0 });
      return show(id);
    },
    'history.sync': ({ workspaceId, backfill, pages }) => {
      if (context.options.readOnly === true) {
        throw new AppError(
          'library_read_only',
          'The library is open for reading only, so nothing was read from the vendors. Open it for writing.',
        );
      }
      const rows = workspaceId === undefined ? listWorkspaces(database) : [requireWorkspace(database, workspaceId)];
      return history.sync(rows, { backfill, pages });
    },
    'history.fetchAudio': async ({ id }) => {
      const row = requireEntry(id);
      const known = takeOf(row);
      if (known !== null) return known;
      const underWay = fetching.get(row.seq);
      if (underWay !== undefined) return underWay;
      const fetched = fetchAudio(row).finally(() => fetching.delete(row.seq));
      fetching.set(row.seq, fetched);
      return fetched;
    },
    'take.timings': ({ takeId }) => {
      if (getTake(database, takeId) === null) throw new AppError('not_found', 'This take is not in the library.');
      return { timings: timingsOf(timingsOfTake(database, takeId)) };
    },
  };
};
