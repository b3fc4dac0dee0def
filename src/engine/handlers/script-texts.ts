/** What happens to whole texts: names, earlier revisions, searching, taking in from other formats. */
import type { ProjectId, Script } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { getProject, getProjectByName, renameProject } from '../database/projects.ts';
import { getRevision, listRevisions } from '../database/script-revisions.ts';
import {
  getAnyScript,
  getScriptByPath,
  listSources,
  renameScript,
  restoreScript,
  type ScriptRow,
} from '../database/scripts.ts';
import type { Handlers } from '../router.ts';
import { convertScript } from '../scripts/convert/convert-script.ts';
import { matchTask, placesIn, type Wanted } from '../scripts/find-text.ts';
import { parseScript } from '../scripts/parse-script.ts';
import { setTitle } from '../scripts/set-title.ts';
import type { EngineContext } from './context.ts';
import { requireProject, requireScript } from './lookups.ts';
import { readSource } from './read-source.ts';
import { createScriptDesk, titleOf } from './save-script.ts';

/** An expression that takes longer than this is ended: some never end. */
const matchPatienceMs = 5_000;

const pathTaken = (path: string): AppError =>
  new AppError(
    'conflict',
    `Another script of this project is called ${path}. Nothing was changed. Give one of them another file name first.`,
  );

export const scriptTextsHandlers = (
  context: EngineContext,
): Pick<
  Handlers,
  | 'script.restore'
  | 'script.rename'
  | 'script.revisions'
  | 'script.revision'
  | 'script.revert'
  | 'script.find'
  | 'script.replace'
  | 'script.convert'
  | 'project.rename'
> => {
  const { database, clock, compute, archive } = context.ports;
  const desk = createScriptDesk(context);

  const sourcesOf = (projectId: ProjectId, scriptIds: readonly string[] | undefined): readonly ScriptRow[] => {
    requireProject(database, projectId);
    const wanted = scriptIds === undefined ? null : new Set(scriptIds);
    return listSources(database, projectId).filter(({ id }) => wanted === null || wanted.has(id));
  };
  const match = async (wanted: Wanted, rows: readonly ScriptRow[], replacement: string | null) => {
    const patience = new AbortController();
    const endPatience = clock.after(matchPatienceMs, () => patience.abort());
    try {
      return await compute.match(
        matchTask(
          wanted,
          rows.map(({ source }) => source),
          replacement,
        ),
        patience.signal,
      );
    } catch (error) {
      if (!patience.signal.aborted) throw error;
      throw new AppError(
        'invalid_input',
        'This expression takes too long to search with; it was ended after five seconds. Nothing was changed. Write it without repetitions inside repetitions.',
      );
    } finally {
      endPatience();
    }
  };
  const earlier = (scriptId: string, revision: number): string => {
    const source = getRevision(database, scriptId, revision);
    if (source === null)
      throw new AppError('not_found', `The script has no revision ${revision} in this library. Nothing was changed.`);
    return source;
  };

  return {
    'script.restore': ({ scriptId }) => {
      const found = getAnyScript(database, scriptId);
      if (found === null) throw new AppError('not_found', 'This script is not in the library. Nothing was changed.');
      if (!found.isRemoved) return desk.show(found.row);
      if (getScriptByPath(database, found.row.projectId, found.row.path) !== null) throw pathTaken(found.row.path);
      database.transaction(() => restoreScript(database, scriptId));
      desk.tell(found.row);
      return desk.show(found.row);
    },
    'script.rename': ({ scriptId, path, title }) => {
      const row = requireScript(database, scriptId);
      const newPath = path ?? row.path;
      const other = getScriptByPath(database, row.projectId, newPath);
      if (other !== null && other.id !== row.id) throw pathTaken(newPath);
      const source = title === undefined ? row.source : setTitle(row.source, title);
      database.transaction(() => {
        renameScript(database, row.id, newPath, titleOf(parseScript(source), newPath));
        desk.write(row.projectId, newPath, source);
      });
      const renamed = requireScript(database, scriptId);
      desk.tell(renamed);
      return desk.show(renamed);
    },
    'script.revisions': ({ scriptId }) => listRevisions(database, requireScript(database, scriptId).id),
    'script.revision': ({ scriptId, revision }) => ({
      revision,
      source: earlier(requireScript(database, scriptId).id, revision),
    }),
    'script.revert': ({ scriptId, revision }): Script => {
      const row = requireScript(database, scriptId);
      return desk.save(row.projectId, row.path, earlier(row.id, revision));
    },
    'script.find': async ({ projectId, scriptIds, limit, ...wanted }) => {
      const rows = sourcesOf(projectId, scriptIds);
      const found = await match(wanted, rows, null);
      let left = limit;
      const scripts = rows.flatMap((row, index) => {
        const matches = placesIn(row.source, found[index]?.places ?? [], left);
        left -= matches.length;
        return matches.length === 0 ? [] : [{ scriptId: row.id, title: row.title, matches: [...matches] }];
      });
      return { total: found.reduce((sum, { places }) => sum + places.length / 2, 0), scripts };
    },
    'script.replace': async ({ projectId, scriptIds, replacement, ...wanted }) => {
      const rows = sourcesOf(projectId, scriptIds);
      const found = await match(wanted, rows, replacement);
      const written = database.transaction(() =>
        rows.flatMap((row, index) => {
          const { places = [], replaced = null } = found[index] ?? {};
          if (replaced === null || replaced === row.source) return [];
          if (requireScript(database, row.id).revision !== row.revision) {
            throw new AppError(
              'conflict',
              `"${row.title}" was changed while its text was being searched. Nothing was replaced; try again.`,
            );
          }
          const next = desk.write(row.projectId, row.path, replaced);
          return next === null ? [] : [{ before: row, next, matches: places.length / 2 }];
        }),
      );
      for (const { next } of written) desk.tell(next);
      return written.map(({ before, next, matches }) => ({
        scriptId: next.id,
        title: next.title,
        matches,
        before: before.revision,
        revision: next.revision,
      }));
    },
    'script.convert': async ({ fileName, source }) =>
      convertScript(fileName, await readSource(context, source), { unpack: archive.unpack }),
    'project.rename': ({ projectId, name }) => {
      requireProject(database, projectId);
      const other = getProjectByName(database, name);
      if (other !== null && other.id !== projectId)
        throw new AppError('conflict', `There is a project called "${name}" already. Nothing was changed.`);
      database.transaction(() => renameProject(database, projectId, name));
      context.publish('project.changed', { projectId });
      const project = getProject(database, projectId);
      if (project === null) throw new AppError('internal', 'The project was renamed but cannot be read back.');
      return project;
    },
  };
};
