/** Rows by the id a caller gave, or an error that says so. */
import { AppError } from '#contract/errors.ts';
import { getProject } from '../database/projects.ts';
import { getRender, type RenderRow } from '../database/renders.ts';
import { getScript, type ScriptRow } from '../database/scripts.ts';
import { getWorkspace, type WorkspaceRow } from '../database/workspaces.ts';
import type { ReadableDatabase } from '../ports.ts';

const missing = (what: string): AppError =>
  new AppError('not_found', `This ${what} is not in the library (any more). Nothing was changed.`);

export const requireWorkspace = (database: ReadableDatabase, id: string): WorkspaceRow => {
  const row = getWorkspace(database, id);
  if (row === null) throw missing('workspace');
  return row;
};
export const requireProject = (database: ReadableDatabase, id: string): void => {
  if (getProject(database, id) === null) throw missing('project');
};
export const requireScript = (database: ReadableDatabase, id: string): ScriptRow => {
  const row = getScript(database, id);
  if (row === null) throw missing('script');
  return row;
};
export const requireRender = (database: ReadableDatabase, id: string): RenderRow => {
  const row = getRender(database, id);
  if (row === null) throw missing('render');
  return row;
};
