/** Generations: what was sent, durable before it is sent. */
import type { GenerationId, GenerationState } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import type { VendorRequest } from '../vendor.ts';

export interface GenerationRow {
  readonly id: GenerationId;
  readonly jobSeq: number;
  readonly renderSeq: number;
  readonly state: GenerationState;
  readonly method: string;
  readonly url: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly idempotencyKey: string | null;
  readonly baseUrl: string;
  readonly keyFingerprint: string | null;
  readonly vendorId: string | null;
  readonly estimateCredits: number | null;
  readonly chargedCredits: number | null;
  readonly submittedAt: number | null;
  readonly requestId: string | null;
  /** Times it was looked for in the vendor's history. */
  readonly looks: number;
  /** The account's figures as last read before it was sent. */
  readonly balanceBefore: number | null;
}
interface Raw {
  readonly id: string;
  readonly job_seq: number;
  readonly render_seq: number;
  readonly state: GenerationState;
  readonly method: string;
  readonly url: string;
  readonly content_type: string;
  readonly body: Uint8Array;
  readonly idempotency_key: string | null;
  readonly base_url: string;
  readonly key_fingerprint: string | null;
  readonly vendor_id: string | null;
  readonly estimate_credits: number | null;
  readonly charged_credits: number | null;
  readonly submitted_at: number | null;
  readonly request_id: string | null;
  readonly looks: number;
  readonly balance_before: number | null;
}
const columns =
  'request_id, looks, balance_before, id, job_seq, render_seq, state, method, url, content_type, body, idempotency_key, base_url, key_fingerprint, vendor_id, estimate_credits, charged_credits, submitted_at';
const fromRaw = (raw: Raw): GenerationRow => ({
  id: raw.id as GenerationId,
  jobSeq: raw.job_seq,
  renderSeq: raw.render_seq,
  state: raw.state,
  method: raw.method,
  url: raw.url,
  contentType: raw.content_type,
  body: raw.body,
  idempotencyKey: raw.idempotency_key,
  baseUrl: raw.base_url,
  keyFingerprint: raw.key_fingerprint,
  vendorId: raw.vendor_id,
  estimateCredits: raw.estimate_credits,
  chargedCredits: raw.charged_credits,
  submittedAt: raw.submitted_at,
  requestId: raw.request_id,
  looks: raw.looks,
  balanceBefore: raw.balance_before,
});

/** What left, or will leave, as the adapter made it. */
export const requestOf = ({
  url,
  contentType,
  body,
}: Pick<GenerationRow, 'url' | 'contentType' | 'body'>): VendorRequest => ({ method: 'POST', url, contentType, body });

export const getGeneration = (database: ReadableDatabase, id: string): GenerationRow | null => {
  const raw = database.prepare<Raw>(`SELECT ${columns} FROM generations WHERE id = ?`).get(id);
  return raw === undefined ? null : fromRaw(raw);
};
/** All calls whose books are open, oldest first. */
export const listUnsettled = (database: ReadableDatabase): GenerationRow[] =>
  database
    .prepare<Raw>(
      `SELECT ${columns} FROM generations INDEXED BY generations_unsettled WHERE state <> 'settled' ORDER BY seq`,
    )
    .all()
    .map(fromRaw);

export type NewGeneration = Omit<
  GenerationRow,
  'vendorId' | 'chargedCredits' | 'submittedAt' | 'requestId' | 'looks' | 'balanceBefore'
> & {
  readonly balanceBefore?: number | null;
  readonly createdAt: number;
  readonly submittedAt: number | null;
};
export const insertGeneration = (database: WritableDatabase, row: NewGeneration): void => {
  database
    .prepare(
      `INSERT INTO generations (id, job_seq, render_seq, state, method, url, content_type, body, idempotency_key, base_url, key_fingerprint, estimate_credits, created_at, submitted_at, balance_before)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      row.id,
      row.jobSeq,
      row.renderSeq,
      row.state,
      row.method,
      row.url,
      row.contentType,
      row.body,
      row.idempotencyKey,
      row.baseUrl,
      row.keyFingerprint,
      row.estimateCredits,
      row.createdAt,
      row.submittedAt,
      row.balanceBefore ?? null,
    );
};

/** `submittedAt` of the first sending stays, as the key's age counts from there; without a key the last one counts. */
export const markSubmitted = (database: WritableDatabase, id: string, at: number): void => {
  database
    .prepare(
      `UPDATE generations SET state = 'submitted', submitted_at = CASE WHEN idempotency_key IS NULL THEN ?1 ELSE coalesce(submitted_at, ?1) END
       WHERE id = ?2`,
    )
    .run(at, id);
};
/** Another free look brought nothing. */
export const countLook = (database: WritableDatabase, id: string): void => {
  database.prepare('UPDATE generations SET looks = looks + 1 WHERE id = ?').run(id);
};
/** A person asks for one more look, or for all of them anew. */
export const setLooks = (database: WritableDatabase, id: string, looks: number): void => {
  database.prepare('UPDATE generations SET looks = ? WHERE id = ?').run(looks, id);
};
/** Whether another call of ours is this item of the vendor's history. */
export const isVendorIdTaken = (database: ReadableDatabase, vendorId: string, ownId: string): boolean =>
  database.prepare('SELECT 1 AS taken FROM generations WHERE vendor_id = ? AND id <> ?').get(vendorId, ownId) !==
  undefined;
/** A twin's item may lie in the window that is searched for the lost one, in ms around its sending. */
const twinWindowMs = 10 * 60_000;
/** Calls made around the same time lie near each other in the table. */
const twinReach = 5_000;
/** The vendor's ids of other calls with this text in this voice around the same time, those it says failed left out. */
export const listTwinIds = (database: ReadableDatabase, generation: Pick<GenerationRow, 'id'>): string[] =>
  database
    .prepare<{ id: string }>(
      `SELECT g.vendor_id AS id FROM
           (SELECT n.seq, n.submitted_at, j.workspace_seq, r.voice, r.text FROM generations n JOIN jobs j ON j.seq = n.job_seq
              JOIN recipes r ON r.id = j.recipe_id WHERE n.id = ?1) own
         JOIN generations g ON g.seq BETWEEN own.seq - ?2 AND own.seq + ?2
         JOIN jobs j ON j.seq = g.job_seq JOIN recipes c ON c.id = j.recipe_id
       WHERE g.id <> ?1 AND g.vendor_id IS NOT NULL AND abs(g.submitted_at - own.submitted_at) <= ?3
         AND j.workspace_seq = own.workspace_seq AND c.voice = own.voice AND c.text = own.text
         AND NOT (g.state = 'settled' AND NOT EXISTS (SELECT 1 FROM takes t WHERE t.generation_id = g.id))`,
    )
    .all(generation.id, twinReach, twinWindowMs)
    .map(({ id }) => id);
/** Whether the same text is on its way in the same voice, so that an item of the history may be that one's. */
export const hasTwinInFlight = (
  database: ReadableDatabase,
  generation: Pick<GenerationRow, 'id' | 'jobSeq'>,
): boolean =>
  database
    .prepare(
      `SELECT 1 AS twin FROM generations g INDEXED BY generations_unsettled
         JOIN jobs j ON j.seq = g.job_seq JOIN recipes c ON c.id = j.recipe_id,
         (SELECT o.workspace_seq, r.voice, r.text FROM jobs o JOIN recipes r ON r.id = o.recipe_id WHERE o.seq = ?1) own
       WHERE g.state <> 'settled' AND g.state = 'submitted' AND g.vendor_id IS NULL AND g.id <> ?2 AND j.state = 'running'
         AND j.workspace_seq = own.workspace_seq AND c.voice = own.voice AND c.text = own.text LIMIT 1`,
    )
    .get(generation.jobSeq, generation.id) !== undefined;
/** The vendor refused it, or it never left: nothing is outstanding. */
export const markNotSent = (database: WritableDatabase, id: string): void => {
  database
    .prepare(
      "UPDATE generations SET state = 'created', looks = 0 WHERE id = ? AND state IN ('submitted', 'unknown') AND vendor_id IS NULL",
    )
    .run(id);
};
export const markUnknown = (database: WritableDatabase, id: string): void => {
  database
    .prepare("UPDATE generations SET state = 'unknown' WHERE id = ? AND state IN ('submitted', 'accepted')")
    .run(id);
};
export const markAccepted = (
  database: WritableDatabase,
  id: string,
  told: {
    readonly vendorId: string | null;
    readonly chargedCredits: number | null;
    readonly requestId?: string | null;
  },
  at: number,
): void => {
  database
    .prepare(
      `UPDATE generations SET state = 'accepted', vendor_id = coalesce(?, vendor_id), charged_credits = coalesce(?, charged_credits),
         request_id = coalesce(?, request_id), accepted_at = coalesce(accepted_at, ?)
       WHERE id = ? AND state IN ('created', 'submitted', 'unknown', 'accepted')`,
    )
    .run(told.vendorId, told.chargedCredits, told.requestId ?? null, at, id);
};
/** Audio is a take. Without a known debit the books stay open. */
export const markStored = (
  database: WritableDatabase,
  id: string,
  vendorId: string | null,
  charged: number | null,
  at: number,
): void => {
  database
    .prepare(
      `UPDATE generations SET state = ?1, settled_at = ?2, vendor_id = coalesce(?3, vendor_id), charged_credits = coalesce(?4, charged_credits),
         submitted_at = coalesce(submitted_at, ?5) WHERE id = ?6`,
    )
    .run(charged === null ? 'stored' : 'settled', charged === null ? null : at, vendorId, charged, at, id);
};
/** Books closed without audio: refunded, never charged, or given up. */
export const markClosed = (
  database: WritableDatabase,
  id: string,
  charged: number,
  vendorId: string | null,
  at: number,
): void => {
  database
    .prepare(
      `UPDATE generations SET state = 'settled', settled_at = ?1, charged_credits = ?2, vendor_id = coalesce(?3, vendor_id),
         submitted_at = coalesce(submitted_at, ?1) WHERE id = ?4`,
    )
    .run(at, charged, vendorId, id);
};
