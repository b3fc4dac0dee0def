/** Our user's own caps, and what is left under them. */
import type { Budget } from '#contract/account.ts';
import type { ProjectId } from '#contract/entities.ts';
import type { ReadableDatabase, WritableDatabase } from '../ports.ts';
import { tailFacts } from './usage-days.ts';
import { pairMark, type UsageFact } from './usage-facts.ts';
import { monthOf, monthOfDay } from './utc-day.ts';

export interface BudgetRow {
  readonly id: string;
  readonly name: string;
  readonly projectId: ProjectId | null;
  readonly person: string | null;
  readonly workspaceSeq: number | null;
  readonly period: Budget['period'];
  readonly warnCredits: number | null;
  readonly stopCredits: number | null;
  readonly createdAt: number;
}
const columns = `id, name, project_id AS projectId, person, workspace_seq AS workspaceSeq, period, warn_credits AS warnCredits,
  stop_credits AS stopCredits, created_at AS createdAt`;

export const listBudgets = (database: ReadableDatabase): BudgetRow[] =>
  database.prepare<BudgetRow>(`SELECT ${columns} FROM budgets ORDER BY created_at, id`).all();
export const getBudget = (database: ReadableDatabase, id: string): BudgetRow | null =>
  database.prepare<BudgetRow>(`SELECT ${columns} FROM budgets WHERE id = ?`).get(id) ?? null;

/** A new one, or other terms for one that is there; when it was made stays. */
export const saveBudget = (database: WritableDatabase, row: BudgetRow): void => {
  database
    .prepare(
      `INSERT INTO budgets (id, name, project_id, person, workspace_seq, period, warn_credits, stop_credits, created_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO UPDATE SET name = ?2, project_id = ?3, person = ?4,
         workspace_seq = ?5, period = ?6, warn_credits = ?7, stop_credits = ?8`,
    )
    .run(
      row.id,
      row.name,
      row.projectId,
      row.person,
      row.workspaceSeq,
      row.period,
      row.warnCredits,
      row.stopCredits,
      row.createdAt,
    );
};
export const deleteBudget = (database: WritableDatabase, id: string): number =>
  database.prepare('DELETE FROM budgets WHERE id = ?').run(id).changes;

type Terms = Pick<BudgetRow, 'projectId' | 'person' | 'workspaceSeq' | 'period'>;

const keyOfBudget = ({ projectId, person }: Terms): readonly [dimension: string, key: string] => {
  if (projectId !== null && person !== null) return ['project_person', `${projectId}${pairMark}${person}`];
  if (projectId !== null) return ['project', projectId];
  return person === null ? ['workspace', ''] : ['person', person];
};
/**
 * Charged net of refunds under these terms: in the calendar month (UTC) of `at`, or ever. Exact to the last entry,
 * from the roll-ups and the few entries that are not in them yet. Over several vendors their credits count one for one.
 */
export const spentUnder = (
  database: ReadableDatabase,
  terms: Terms,
  at: number,
  tail: readonly UsageFact[] = tailFacts(database),
): number => {
  const month = terms.period === 'month' ? monthOf(at) : null;
  const [dimension, key] = keyOfBudget(terms);
  const folded = database
    .prepare<{ credits: number }>(
      `SELECT total(u.credits) AS credits FROM usage_keys k CROSS JOIN usage_months u ON u.key_id = k.id
       WHERE k.dimension = ?1 AND k.key = ?2 AND (?3 IS NULL OR k.workspace_seq = ?3) AND (?4 IS NULL OR u.month = ?4)`,
    )
    .get(dimension, key, terms.workspaceSeq, month);
  return tail.reduce(
    (sum, fact) =>
      (terms.projectId === null || fact.project === terms.projectId) &&
      (terms.person === null || fact.person === terms.person) &&
      (terms.workspaceSeq === null || fact.workspace_seq === terms.workspaceSeq) &&
      (month === null || monthOfDay(fact.day) === month)
        ? sum + fact.credits
        : sum,
    folded?.credits ?? 0,
  );
};

/** What calls that are in flight or uncertain may still be charged: the vendor's own figure where it named one, else the hold. */
const inFlightUnder = (database: ReadableDatabase, { projectId, person, workspaceSeq }: Terms): number =>
  database
    .prepare<{ credits: number }>(
      `SELECT total(credits) AS credits FROM (
         SELECT j.workspace_seq, j.render_seq, coalesce(g.charged_credits, j.held_credits) AS credits
         FROM jobs j INDEXED BY jobs_running LEFT JOIN generations g ON g.id = j.generation_id AND g.state <> 'settled' WHERE j.state = 'running'
         UNION ALL
         SELECT j.workspace_seq, j.render_seq, coalesce(g.charged_credits, j.held_credits)
         FROM jobs j INDEXED BY jobs_uncertain LEFT JOIN generations g ON g.id = j.generation_id AND g.state <> 'settled' WHERE j.state = 'uncertain') o
         CROSS JOIN renders r ON r.seq = o.render_seq
       WHERE (?1 IS NULL OR r.project_id = ?1) AND (?2 IS NULL OR r.person = ?2) AND (?3 IS NULL OR o.workspace_seq = ?3)`,
    )
    .get(projectId, person, workspaceSeq)?.credits ?? 0;

export interface BudgetScope {
  readonly projectId: string;
  readonly person: string;
  readonly workspaceSeq: number;
  /** Now, epoch ms: decides the month. */
  readonly at: number;
}
export interface TightBudget {
  readonly id: string;
  readonly name: string;
  readonly stopCredits: number;
  /** May be below zero. */
  readonly roomCredits: number;
  /** What is in flight and counted in it, and may yet be charged less. */
  readonly inFlightCredits: number;
}
/**
 * The budget with a stop that leaves the least for a call of this project, person and workspace; null when none applies.
 * Its room is the stop less what was charged (net of refunds) and less what all running and uncertain jobs under
 * the same terms may still be charged, whatever render they belong to. A job that was claimed earlier in the same
 * transaction is running and therefore counted; queued ones are not. A running job without a known price counts as 0.
 */
export const tightestBudget = (database: ReadableDatabase, scope: BudgetScope): TightBudget | null => {
  const rows = database
    .prepare<BudgetRow & { stopCredits: number }>(
      `SELECT ${columns} FROM budgets INDEXED BY budgets_stop WHERE stop_credits IS NOT NULL
         AND (project_id IS NULL OR project_id = ?) AND (person IS NULL OR person = ?) AND (workspace_seq IS NULL OR workspace_seq = ?)`,
    )
    .all(scope.projectId, scope.person, scope.workspaceSeq);
  if (rows.length === 0) return null;
  const tail = tailFacts(database);
  return rows
    .map((row) => {
      const inFlightCredits = inFlightUnder(database, row);
      return {
        id: row.id,
        name: row.name,
        stopCredits: row.stopCredits,
        roomCredits: row.stopCredits - spentUnder(database, row, scope.at, tail) - inFlightCredits,
        inFlightCredits,
      };
    })
    .reduce((tightest, budget) => (budget.roomCredits < tightest.roomCredits ? budget : tightest));
};
/** Credits left under the tightest stop, as `tightestBudget` counts them; null when no budget stops. */
export const budgetRoom = (database: ReadableDatabase, scope: BudgetScope): number | null =>
  tightestBudget(database, scope)?.roomCredits ?? null;
