/** The append-only books. Every entry names generation, render, project, person, machine and time. */
import type {
  GenerationId,
  GenerationState,
  LedgerRow,
  ProviderId,
  RecipeHash,
  RenderId,
  TakeId,
} from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export type EntryKind = 'hold' | 'release' | 'charge' | 'refund' | 'adjustment';
/** Person, machine and project are copied from the render on whose account it goes. */
export const appendEntry = (
  database: WritableDatabase,
  entry: {
    readonly kind: EntryKind;
    readonly credits: number;
    readonly jobSeq: number;
    readonly generationId: string | null;
    readonly renderSeq: number;
    readonly at: number;
    readonly note?: string;
  },
): void => {
  database
    .prepare(
      `INSERT INTO ledger (kind, credits, job_seq, generation_id, render_seq, project_id, person, machine, at, note)
       SELECT ?1, ?2, ?3, ?4, seq, project_id, person, machine, ?6, ?7 FROM renders WHERE seq = ?5`,
    )
    .run(entry.kind, entry.credits, entry.jobSeq, entry.generationId, entry.renderSeq, entry.at, entry.note ?? null);
};

export interface Balance {
  readonly spent: number;
  readonly held: number;
}
/** What a render has been charged net of refunds, and what the queue still holds for it. */
export const renderBalance = (database: ReadableDatabase, renderSeq: number): Balance => {
  const rows = database
    .prepare<{ kind: EntryKind; credits: number }>(
      'SELECT kind, total(credits) AS credits FROM ledger WHERE render_seq = ? GROUP BY kind',
    )
    .all(renderSeq);
  const of = (kind: EntryKind): number => rows.find((row) => row.kind === kind)?.credits ?? 0;
  return { spent: of('charge') - of('refund') + of('adjustment'), held: of('hold') - of('release') };
};

/** What was charged since `from`, net of refunds, for lines that this render waits for and another one ordered first. */
export const spentForAttached = (database: ReadableDatabase, renderSeq: number, from: number): number =>
  database
    .prepare<{ credits: number }>(
      `SELECT total(CASE l.kind WHEN 'refund' THEN -l.credits ELSE l.credits END) AS credits
       FROM render_attachments a JOIN jobs j ON j.seq = a.job_seq AND j.render_seq <> a.render_seq
         JOIN generations g ON g.job_seq = a.job_seq JOIN ledger l ON l.generation_id = g.id
       WHERE a.render_seq = ? AND l.at >= ? AND l.kind IN ('charge', 'refund', 'adjustment')`,
    )
    .get(renderSeq, from)?.credits ?? 0;

interface Raw {
  readonly generation_id: string;
  readonly workspace: string;
  readonly provider: string;
  readonly hash: string;
  readonly idempotency_key: string | null;
  readonly vendor_id: string | null;
  readonly estimate_credits: number | null;
  readonly charged: number;
  readonly state: GenerationState;
  readonly take_id: string | null;
  readonly render_id: string;
  readonly project: string;
  readonly person: string;
  readonly machine: string;
  readonly submitted_at: number | null;
  readonly settled_at: number | null;
}
/** One row a generation, oldest first; `after` is the last generation of the page before. */
export const listLedger = (
  database: ReadableDatabase,
  filter: { readonly renderId: string | null; readonly after: string | null; readonly limit: number },
): LedgerRow[] =>
  database
    .prepare<Raw>(
      `SELECT g.id AS generation_id, w.name AS workspace, w.provider, c.hash, g.idempotency_key, g.vendor_id, g.estimate_credits,
         coalesce((SELECT sum(CASE l.kind WHEN 'charge' THEN l.credits WHEN 'refund' THEN -l.credits WHEN 'adjustment' THEN l.credits ELSE 0 END)
                   FROM ledger l WHERE l.generation_id = g.id), 0) AS charged,
         g.state, (SELECT t.id FROM takes t WHERE t.recipe_id = j.recipe_id AND t.take_no = j.take_no AND t.generation_id = g.id) AS take_id,
         r.id AS render_id, p.name AS project, r.person, r.machine, g.submitted_at, g.settled_at
       FROM generations g JOIN jobs j ON j.seq = g.job_seq JOIN workspaces w ON w.seq = j.workspace_seq
         JOIN recipes c ON c.id = j.recipe_id JOIN renders r ON r.seq = g.render_seq JOIN projects p ON p.id = r.project_id
       WHERE (?1 IS NULL OR r.id = ?1) AND g.seq > coalesce((SELECT seq FROM generations WHERE id = ?2), 0)
       ORDER BY g.seq LIMIT ?3`,
    )
    .all(filter.renderId, filter.after, filter.limit)
    .map((raw) => ({
      generationId: raw.generation_id as GenerationId,
      workspace: raw.workspace,
      provider: raw.provider as ProviderId,
      recipeHash: raw.hash as RecipeHash,
      idempotencyKey: raw.idempotency_key,
      vendorId: raw.vendor_id,
      estimateCredits: raw.estimate_credits,
      chargedCredits: raw.charged,
      state: raw.state,
      takeId: raw.take_id as TakeId | null,
      renderId: raw.render_id as RenderId,
      project: raw.project,
      person: raw.person,
      machine: raw.machine,
      submittedAt: raw.submitted_at,
      settledAt: raw.settled_at,
    }));
