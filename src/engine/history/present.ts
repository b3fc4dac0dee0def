/** Rows of the history as the contract shows them. Workspaces and orders are read once for all rows of a page. */
import type { GenerationId, ProjectId, ProviderId, ScriptId, TakeId } from '#contract/entities.ts';
import type { HistoryEntry } from '#contract/history.ts';
import { atOfId } from '../database/history-order.ts';
import { type EntryRow, type OrderRow, readOrder } from '../database/history-pages.ts';
import { getProject } from '../database/projects.ts';
import { getWorkspaceBySeq, type WorkspaceRow } from '../database/workspaces.ts';
import type { ReadableDatabase } from '../ports.ts';
import { type Columns, wordsOf } from './query-words.ts';

/** Each key once. */
const remembered = <Key, Row>(read: (key: Key) => Row): ((key: Key) => Row) => {
  const known = new Map<Key, Row>();
  return (key) => {
    const row = known.get(key) ?? read(key);
    known.set(key, row);
    return row;
  };
};

export const createPresenter = (database: ReadableDatabase) => {
  const workspace = remembered((seq: number): WorkspaceRow | null => getWorkspaceBySeq(database, seq));
  const order = remembered((seq: number): OrderRow | null => readOrder(database, seq));
  const orderOf = ({ renderSeq }: EntryRow): OrderRow | null => (renderSeq === null ? null : order(renderSeq));

  const project = remembered((id: string) => getProject(database, id)?.name ?? null);
  const projectOf = (row: EntryRow): { readonly id: string | null; readonly name: string | null } => {
    const own = orderOf(row);
    if (own !== null) return { id: own.projectId, name: own.project };
    return { id: row.projectId, name: row.projectId === null ? null : project(row.projectId) };
  };

  const entry = (row: EntryRow): HistoryEntry => {
    const own = orderOf(row);
    const at = workspace(row.workspaceSeq);
    const filed = projectOf(row);
    return {
      id: String(row.id),
      origin: row.recipeId === null ? 'vendor' : 'cuebooth',
      at: atOfId(row.id),
      workspaceId: (at?.id ?? '') as HistoryEntry['workspaceId'],
      workspaceName: at?.name ?? '',
      provider: (at?.provider ?? 'scratch') as ProviderId,
      voiceId: row.voice,
      voiceName: row.voiceName ?? row.voice,
      model: row.model === '' ? null : row.model,
      text: row.text,
      projectId: filed.id as ProjectId | null,
      project: filed.name,
      scriptId: (own?.scriptId ?? null) as ScriptId | null,
      script: own?.script ?? null,
      person: own?.person ?? null,
      note: row.note,
      status: row.status,
      vendorSource: row.vendorSource,
      credits: row.credits,
      suspect: row.suspect,
      durationMs: row.durationMs,
      takeId: row.takeId as TakeId | null,
      generationId: row.generationId as GenerationId | null,
      vendorItemId: row.vendorItemId,
    };
  };
  return {
    entry,
    entries: (rows: readonly EntryRow[]): HistoryEntry[] => rows.map(entry),
    /** What the row is found by. */
    columns: (row: EntryRow): Columns => {
      const own = orderOf(row);
      return [
        wordsOf(row.text),
        wordsOf(`${row.voice} ${row.voiceName ?? ''}`),
        wordsOf(projectOf(row).name ?? ''),
        wordsOf(own?.person ?? ''),
        wordsOf(row.note),
      ];
    },
  };
};
export type Presenter = ReturnType<typeof createPresenter>;
