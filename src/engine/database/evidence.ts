/** What was found out about a call whose outcome nobody knows. */
import type { Evidence } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';

export const addEvidence = (database: WritableDatabase, generationId: string, evidence: Evidence): void => {
  database
    .prepare(
      'INSERT INTO generation_evidence (generation_id, at, message, balance_before, balance_now, candidates) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(
      generationId,
      evidence.at,
      evidence.message,
      evidence.balanceBefore,
      evidence.balanceNow,
      JSON.stringify(evidence.candidates),
    );
};

/** Oldest first. */
export const listEvidence = (database: ReadableDatabase, generationId: string): Evidence[] =>
  database
    .prepare<{
      at: number;
      message: string;
      balance_before: number | null;
      balance_now: number | null;
      candidates: string;
    }>(
      'SELECT at, message, balance_before, balance_now, candidates FROM generation_evidence WHERE generation_id = ? ORDER BY seq',
    )
    .all(generationId)
    .map((raw) => ({
      at: raw.at,
      message: raw.message,
      balanceBefore: raw.balance_before,
      balanceNow: raw.balance_now,
      candidates: JSON.parse(raw.candidates) as Evidence['candidates'],
    }));
