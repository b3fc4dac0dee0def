/** The vendors' own histories as they were read. */
import type { VoiceSettings } from '#contract/entities.ts';
import type { Timings } from '#contract/history.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import type { VendorItem } from '../vendor.ts';

export interface VendorItemRow extends VendorItem {
  readonly seq: number;
  readonly workspaceSeq: number;
  readonly generationSeq: number | null;
}
interface Raw {
  readonly seq: number;
  readonly workspace_seq: number;
  readonly item_id: string;
  readonly at: number;
  readonly request_id: string | null;
  readonly voice: string;
  readonly voice_name: string | null;
  readonly model: string | null;
  readonly text: string;
  readonly credits: number | null;
  readonly source: string | null;
  readonly state: string;
  readonly format: string | null;
  readonly settings: string;
  readonly timings: string | null;
  readonly generation_seq: number | null;
}
const columns =
  'seq, workspace_seq, item_id, at, request_id, voice, voice_name, model, text, credits, source, state, format, settings, timings, generation_seq';
const fromRaw = (raw: Raw): VendorItemRow => ({
  seq: raw.seq,
  workspaceSeq: raw.workspace_seq,
  vendorItemId: raw.item_id,
  at: raw.at,
  requestId: raw.request_id,
  voiceId: raw.voice,
  voiceName: raw.voice_name,
  model: raw.model,
  text: raw.text,
  credits: raw.credits,
  source: raw.source,
  state: raw.state,
  format: raw.format,
  settings: JSON.parse(raw.settings) as VoiceSettings,
  timings: raw.timings === null ? null : (JSON.parse(raw.timings) as Timings),
  generationSeq: raw.generation_seq,
});

export const getItem = (database: ReadableDatabase, seq: number): VendorItemRow | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM vendor_items WHERE seq = +?`).get(seq);
  return raw === undefined ? null : fromRaw(raw);
};
export const findItem = (
  database: ReadableDatabase,
  workspaceSeq: number,
  vendorItemId: string,
): VendorItemRow | null => {
  const raw = database
    .prepare<Raw>(`SELECT ${columns} FROM vendor_items WHERE item_id = +? AND workspace_seq = +?`)
    .get(vendorItemId, workspaceSeq);
  return raw === undefined ? null : fromRaw(raw);
};
/** Items that a call of ours made, its own workspace's first; not those that are linked to another one. */
export const findItemsOf = (
  database: ReadableDatabase,
  call: {
    readonly seq: number;
    readonly provider: string;
    readonly vendorId: string | null;
    readonly requestId: string | null;
  },
  workspaceSeq: number,
): { readonly seq: number; readonly state: string }[] =>
  call.vendorId === null && call.requestId === null
    ? []
    : database
        .prepare<{ seq: number; state: string }>(
          `SELECT v.seq, v.state FROM vendor_items v JOIN workspaces w ON w.seq = v.workspace_seq AND w.provider = +?1
           WHERE (v.item_id = +?2 OR v.request_id = +?3) AND coalesce(v.generation_seq, ?4) = +?4
           ORDER BY v.workspace_seq = +?5 DESC, v.seq`,
        )
        .all(call.provider, call.vendorId, call.requestId, call.seq, workspaceSeq);

export const insertItem = (
  database: WritableDatabase,
  workspaceSeq: number,
  item: VendorItem,
  generationSeq: number | null,
): number =>
  database
    .prepare(
      `INSERT INTO vendor_items (workspace_seq, item_id, at, request_id, voice, voice_name, model, text, credits, source, state, format, settings, timings, generation_seq)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      workspaceSeq,
      item.vendorItemId,
      item.at,
      item.requestId,
      item.voiceId,
      item.voiceName,
      item.model,
      item.text,
      item.credits,
      item.source,
      item.state,
      item.format,
      JSON.stringify(item.settings),
      item.timings === null ? null : JSON.stringify(item.timings),
      generationSeq,
    ).lastInsertRowid;
/** What may change of an item that is known: it was still being made, or the vendor tells more now. False: nothing did. */
export const updateItem = (database: WritableDatabase, known: VendorItemRow, item: VendorItem): boolean => {
  if (
    known.state === item.state &&
    (known.credits === item.credits || item.credits === null) &&
    (known.requestId !== null || item.requestId === null) &&
    (known.timings !== null || item.timings === null)
  )
    return false;
  database
    .prepare(
      `UPDATE vendor_items SET state = ?, credits = coalesce(?, credits), request_id = coalesce(request_id, ?), format = coalesce(format, ?),
         timings = coalesce(timings, ?) WHERE seq = +?`,
    )
    .run(
      item.state,
      item.credits,
      item.requestId,
      item.format,
      item.timings === null ? null : JSON.stringify(item.timings),
      known.seq,
    );
  return true;
};
export const setItemCall = (database: WritableDatabase, seq: number, generationSeq: number): void => {
  database.prepare('UPDATE vendor_items SET generation_seq = ? WHERE seq = +?').run(generationSeq, seq);
};
/** The newest items that no call of ours claimed yet, to look again: a call's id may have become known since. */
export const listUnclaimed = (database: ReadableDatabase, workspaceSeq: number, limit: number): VendorItemRow[] =>
  database
    .prepare<Raw>(
      `SELECT ${columns} FROM (SELECT * FROM vendor_items WHERE workspace_seq = +? ORDER BY at DESC LIMIT +?) WHERE generation_seq IS NULL`,
    )
    .all(workspaceSeq, limit)
    .map(fromRaw);
/** When the oldest item was made, since `from`, that the vendor was still working on; epoch ms. */
export const oldestOpenAt = (database: ReadableDatabase, workspaceSeq: number, from: number): number | null =>
  database
    .prepare<{ at: number | null }>(
      "SELECT min(at) AS at FROM vendor_items WHERE workspace_seq = +? AND at >= +? AND lower(state) = 'processing'",
    )
    .get(workspaceSeq, from)?.at ?? null;
