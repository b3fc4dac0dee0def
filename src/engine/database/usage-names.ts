/** What the ids in usage are shown as; removed workspaces keep theirs, for their usage stays. */
import type { ProviderId, WorkspaceId } from '#contract/entities.ts';
import type { ReadableDatabase } from '../ports.ts';

export interface NamedWorkspace {
  readonly seq: number;
  readonly id: WorkspaceId;
  readonly name: string;
  readonly provider: ProviderId;
}
export const listEveryWorkspace = (database: ReadableDatabase): NamedWorkspace[] =>
  database
    .prepare<NamedWorkspace & { removed_at: number | null }>(
      'SELECT seq, id, name, provider, removed_at FROM workspaces ORDER BY seq',
    )
    .all()
    .map(({ removed_at, ...row }) => (removed_at === null ? row : { ...row, name: `${row.name} (removed)` }));
export const projectNames = (database: ReadableDatabase): ReadonlyMap<string, string> =>
  new Map(
    database
      .prepare<{ id: string; name: string }>('SELECT id, name FROM projects')
      .all()
      .map(({ id, name }) => [id, name]),
  );
