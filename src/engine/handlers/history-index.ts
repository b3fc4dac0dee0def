import { AppError } from '#contract/errors.ts';
import { type EntryRow, entryOfTake, readEntry } from '../database/history-pages.ts';
import { setEntryProject } from '../database/history-rows.ts';
import { listSavedSearches, putSavedSearch, removeSavedSearch, savedSearchNamed } from '../database/saved-searches.ts';
import type { ProjectId } from '#contract/entities.ts';
import { findChoices } from '../history/choices.ts';
import { createListIndex } from '../history/list-index.ts';
import { createPresenter } from '../history/present.ts';
import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { requireProject } from './lookups.ts';

/** Entries of one commit, each indexed anew: a few milliseconds. */
const assignedAtOnce = 100;

export const historyIndexHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  | 'history.index'
  | 'history.choices'
  | 'history.state'
  | 'history.ofTake'
  | 'history.assign'
  | 'savedSearch.list'
  | 'savedSearch.save'
  | 'savedSearch.remove'
> => {
  const { ports, publish } = context;
  const { database, clock, ids } = ports;
  const index = createListIndex(ports);
  const rowOf = (id: string): EntryRow | null => (/^\d{1,16}$/.test(id) ? readEntry(database, Number(id)) : null);

  return {
    'history.index': async ({ step }) => {
      const { cursors, ...sizes } = await index(step);
      return { ...sizes, cursors: [...cursors] };
    },
    'history.choices': () => findChoices(ports),
    'history.state': () => context.history.state(),
    'history.ofTake': ({ takeId }) => {
      const row = entryOfTake(database, takeId);
      return row === null ? null : createPresenter(database).entry(row);
    },
    'history.assign': async ({ ids: wanted, projectId }) => {
      if (projectId !== null) requireProject(database, projectId);
      const rows = wanted.flatMap((id) => rowOf(id) ?? []);
      if (rows.length === 0)
        throw new AppError('not_found', 'These entries are not in the history (any more). Nothing was changed.');
      const others = rows.filter(({ recipeId }) => recipeId === null);
      if (others.length === 0) {
        throw new AppError(
          'conflict',
          'What was rendered here belongs to the project that it was rendered for. Nothing was changed.',
        );
      }
      const changed = others.filter((row) => row.projectId !== projectId);
      for (let at = 0; at < changed.length; at += assignedAtOnce) {
        database.transaction(() => {
          for (const { seq } of changed.slice(at, at + assignedAtOnce)) setEntryProject(database, seq, projectId);
        });
        await clock.breathe();
      }
      if (changed.length > 0) publish('history.changed', { workspaceId: null, added: 0 });
      return { before: changed.map((row) => ({ id: String(row.id), projectId: row.projectId as ProjectId | null })) };
    },
    'savedSearch.list': () => listSavedSearches(database),
    'savedSearch.save': ({ id, name, query }) => {
      const taken = savedSearchNamed(database, name);
      if (taken !== null && taken.id !== id) {
        throw new AppError(
          'conflict',
          `There is a saved search "${taken.name}" already. Nothing was changed; choose another name.`,
        );
      }
      const saved = { id: id ?? ids.next(), name, query };
      database.transaction(() => putSavedSearch(database, saved, clock.now()));
      publish('savedSearch.changed', {});
      return saved;
    },
    'savedSearch.remove': ({ id }) => {
      database.transaction(() => removeSavedSearch(database, id));
      publish('savedSearch.changed', {});
      return {};
    },
  };
};
