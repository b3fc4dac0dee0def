/** The vendors' own usage days, kept so that they can be read offline and only gaps are asked for. */
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export type Breakdown = 'voice' | 'model' | 'product' | 'total';
/** Of one day. Rows of one breakdown add up to the day; those of another tell the same usage in another way. */
export interface VendorUsage {
  readonly breakdown: Breakdown;
  readonly voice: string;
  readonly style: string;
  readonly language: string;
  readonly model: string;
  readonly product: string;
  readonly voiceName: string | null;
  readonly credits: number | null;
  readonly characters: number | null;
  readonly minutes: number | null;
}
export type VendorUsageDay = VendorUsage & { readonly workspaceSeq: number; readonly day: number };

/** Replaces what was known of these days; days without usage are remembered as read. */
export const replaceVendorDays = (
  database: WritableDatabase,
  workspaceSeq: number,
  range: { readonly from: number; readonly to: number },
  rows: readonly (VendorUsage & { readonly day: number })[],
  at: number,
): void => {
  database
    .prepare('DELETE FROM usage_vendor WHERE workspace_seq = ? AND day BETWEEN ? AND ?')
    .run(workspaceSeq, range.from, range.to);
  const insert = database.prepare(
    `INSERT INTO usage_vendor (workspace_seq, day, breakdown, voice, style, language, model, product, voice_name, credits, characters, minutes)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const row of rows) {
    insert.run(
      workspaceSeq,
      row.day,
      row.breakdown,
      row.voice,
      row.style,
      row.language,
      row.model,
      row.product,
      row.voiceName,
      row.credits,
      row.characters,
      row.minutes,
    );
  }
  const mark = database.prepare(
    `INSERT INTO usage_vendor_days (workspace_seq, day, fetched_at) VALUES (?1, ?2, ?3)
     ON CONFLICT (workspace_seq, day) DO UPDATE SET fetched_at = ?3`,
  );
  for (let day = range.from; day <= range.to; day += 1) mark.run(workspaceSeq, day, at);
};

/** When each day was last fetched; days that never were are missing. */
export const fetchedDays = (
  database: ReadableDatabase,
  workspaceSeq: number,
  from: number,
  to: number,
): ReadonlyMap<number, number> =>
  new Map(
    database
      .prepare<{ day: number; fetched_at: number }>(
        'SELECT day, fetched_at FROM usage_vendor_days WHERE workspace_seq = ? AND day BETWEEN ? AND ?',
      )
      .all(workspaceSeq, from, to)
      .map(({ day, fetched_at }) => [day, fetched_at]),
  );

export const listVendorUsage = (
  database: ReadableDatabase,
  workspaceSeq: number,
  from: number,
  to: number,
): VendorUsageDay[] =>
  database
    .prepare<VendorUsageDay>(
      `SELECT workspace_seq AS workspaceSeq, day, breakdown, voice, style, language, model, product, voice_name AS voiceName, credits, characters, minutes
       FROM usage_vendor WHERE workspace_seq = ? AND day BETWEEN ? AND ?`,
    )
    .all(workspaceSeq, from, to);
