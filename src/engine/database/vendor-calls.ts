/** Our paid calls as the books have them, for comparing with a vendor's list. */
import type { GenerationState } from '#contract/entities.ts';
import type { ReadableDatabase } from '../ports.ts';
import { dayMs } from './utc-day.ts';

export interface BookedCall {
  readonly generationId: string;
  /** Epoch ms of its first entry within the period, else of when it was sent. */
  readonly at: number;
  /** Net of refunds, within the period. */
  readonly credits: number;
  /** What the newest entry says of itself. */
  readonly note: string | null;
  readonly state: GenerationState;
  readonly estimateCredits: number | null;
  readonly vendorId: string | null;
  readonly requestId: string | null;
  readonly voice: string;
  readonly text: string;
  readonly takeId: string | null;
}
const ofCall = `g.id AS generationId, g.state, g.estimate_credits AS estimateCredits, g.vendor_id AS vendorId, g.request_id AS requestId,
  c.voice, c.text, (SELECT t.id FROM takes t WHERE t.recipe_id = j.recipe_id AND t.generation_id = g.id) AS takeId`;
const booked = `CASE l.kind WHEN 'refund' THEN -l.credits ELSE l.credits END`;

/** Calls that were charged or refunded within [from, to), a day of the ledger at a time; one that was booked on several days comes several times. */
export function* bookedCalls(
  database: ReadableDatabase,
  workspaceSeq: number,
  from: number,
  to: number,
): Generator<BookedCall[]> {
  const slice = database.prepare<BookedCall>(
    `SELECT min(l.at) AS at, total(${booked}) AS credits, max(l.note) AS note, ${ofCall}
     FROM ledger l INDEXED BY ledger_money_at CROSS JOIN jobs j ON j.seq = l.job_seq CROSS JOIN generations g ON g.id = l.generation_id
       CROSS JOIN recipes c ON c.id = j.recipe_id
     WHERE l.kind IN ('charge', 'refund', 'adjustment') AND l.at >= ? AND l.at < ? AND j.workspace_seq = ? GROUP BY g.id ORDER BY at`,
  );
  for (let start = from; start < to; start += dayMs) yield slice.all(start, Math.min(to, start + dayMs), workspaceSeq);
}

/** Calls that left within [from, to) and whose books are not closed. */
export const openCalls = (database: ReadableDatabase, workspaceSeq: number, from: number, to: number): BookedCall[] =>
  database
    .prepare<BookedCall>(
      `SELECT g.submitted_at AS at, 0.0 AS credits, NULL AS note, ${ofCall}
       FROM generations g INDEXED BY generations_unsettled JOIN jobs j ON j.seq = g.job_seq JOIN recipes c ON c.id = j.recipe_id
       WHERE g.state NOT IN ('settled', 'created') AND g.state <> 'settled' AND j.workspace_seq = ? AND g.submitted_at >= ? AND g.submitted_at < ?
       ORDER BY g.submitted_at`,
    )
    .all(workspaceSeq, from, to);

/** The call of ours that a vendor's item is the record of, with what was booked for it within [from, to). */
export const findBookedCall = (
  database: ReadableDatabase,
  workspaceSeq: number,
  item: { readonly vendorItemId: string; readonly requestId: string | null },
  period: { readonly from: number; readonly to: number },
): BookedCall | null => {
  const select = (column: 'vendor_id' | 'request_id'): string =>
    `SELECT coalesce(g.submitted_at, g.created_at) AS at, (SELECT total(${booked}) FROM ledger l WHERE l.generation_id = g.id AND l.at >= ?1 AND l.at < ?2) AS credits,
       (SELECT max(l.note) FROM ledger l WHERE l.generation_id = g.id) AS note, ${ofCall}
     FROM generations g JOIN jobs j ON j.seq = g.job_seq JOIN recipes c ON c.id = j.recipe_id WHERE g.${column} = ?3 AND j.workspace_seq = ?4`;
  return (
    database.prepare<BookedCall>(select('vendor_id')).get(period.from, period.to, item.vendorItemId, workspaceSeq) ??
    (item.requestId === null
      ? null
      : (database.prepare<BookedCall>(select('request_id')).get(period.from, period.to, item.requestId, workspaceSeq) ??
        null))
  );
};
