/** Rows of the history as the contract shows them. Workspaces and orders are read once for all rows of a page. */
import type { GenerationId, ProjectId, ProviderId, ScriptId, TakeId } from '#contract/entities.ts';
import type { HistoryEntry } from '#contract/history.ts';
import { atOfId } from '../database/history-order.ts';
import { type EntryRow, type OrderRow, readOrder } from '../database/history-pages.ts';
import { getWorkspaceBySeq, type WorkspaceRow } from '../database/workspaces.ts';
import type { ReadableDatabase } from '../ports.ts';
import { type Columns, wordsOf } from './query-words.ts';

/** Each number once. */
const remembered = <Row>(read: (seq: number) => Row): ((seq: number) => Row) => {
  const known = new Map<number, Row>();
  return (seq) => {
    const row = known.get(seq) ?? read(seq);
    known.set(seq, row);
    return row;
  };
};

export const createPresenter = (database: ReadableDatabase) => {
  const workspace = remembered((seq): WorkspaceRow | null => getWorkspaceBySeq(database, seq));
  const order = remembered((seq): OrderRow | null => readOrder(database, seq));
  const orderOf = ({ renderSeq }: EntryRow): OrderRow | null => (renderSeq === null ? null : order(renderSeq));

  const entry = (row: EntryRow): HistoryEntry => {
    const own = orderOf(row);
    const at = workspace(row.workspaceSeq);
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
      projectId: (own?.projectId ?? null) as ProjectId | null,
      project: own?.project ?? null,
      scriptId: (own?.scriptId ?? null) as ScriptId | null,
      script: own?.script ?? null,
      person: own?.person ?? null,
      note: row.note,
      status: row.status,
      vendorSource: row.vendorSource,
      credits: row.credits,
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
        wordsOf(own?.project ?? ''),
        wordsOf(own?.person ?? ''),
        wordsOf(row.note),
      ];
    },
  };
};
export type Presenter = ReturnType<typeof createPresenter>;
