import {
  auditionsProjectId,
  getProjectByName,
  insertProject,
  listLexicon,
  listProjects,
  replaceLexicon,
} from '../database/projects.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { requireProject } from './lookups.ts';
import { AppError } from '#contract/errors.ts';

export const projectHandlers = (
  context: EngineContext,
): Pick<Handlers, 'project.list' | 'project.ensure' | 'lexicon.get' | 'lexicon.set'> => {
  const { database, ids, clock } = context.ports;
  return {
    'project.list': () => listProjects(database).filter((project) => project.id !== auditionsProjectId),
    'project.ensure': ({ name }) => {
      const known = getProjectByName(database, name.trim());
      if (known !== null) return known;
      database.transaction(() => insertProject(database, ids.next(), name.trim(), clock.now()));
      const made = getProjectByName(database, name.trim());
      if (made === null) throw new AppError('internal', 'The project was written but cannot be read back.');
      context.publish('project.changed', { projectId: made.id });
      return made;
    },
    'lexicon.get': ({ projectId }) => {
      requireProject(database, projectId);
      return listLexicon(database, projectId);
    },
    'lexicon.set': ({ projectId, entries }) => {
      requireProject(database, projectId);
      database.transaction(() => replaceLexicon(database, projectId, entries));
      context.publish('lexicon.changed', { projectId });
      return listLexicon(database, projectId);
    },
  };
};
