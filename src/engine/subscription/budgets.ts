/** Budgets with what was spent under them. */
import type { Budget } from '#contract/account.ts';
import { listBudgets, spentUnder, type BudgetRow } from '../database/budgets.ts';
import { listHeld } from '../database/holds.ts';
import { tailFacts } from '../database/usage-days.ts';
import { getWorkspaceBySeq } from '../database/workspaces.ts';
import type { ReadableDatabase } from '../ports.ts';

export type BudgetView = Budget & { readonly workspaceSeq: number | null };

const stateOf = ({ warnCredits, stopCredits }: BudgetRow, spent: number): Budget['state'] => {
  if (stopCredits !== null && spent >= stopCredits) return 'stop';
  return warnCredits !== null && spent >= warnCredits ? 'warn' : 'ok';
};

/** In the order they were made. `at` decides the month. */
export const budgetViews = (database: ReadableDatabase, at: number): BudgetView[] => {
  const rows = listBudgets(database);
  if (rows.length === 0) return [];
  const held = listHeld(database);
  const tail = tailFacts(database);
  return rows.map((row) => {
    const spentCredits = spentUnder(database, row, at, tail);
    return {
      ...row,
      workspaceId: row.workspaceSeq === null ? null : (getWorkspaceBySeq(database, row.workspaceSeq)?.id ?? null),
      spentCredits,
      heldCredits: held.reduce(
        (sum, { workspaceSeq, projectId, person, credits }) =>
          (row.projectId === null || row.projectId === projectId) &&
          (row.person === null || row.person === person) &&
          (row.workspaceSeq === null || row.workspaceSeq === workspaceSeq)
            ? sum + credits
            : sum,
        0,
      ),
      state: stateOf(row, spentCredits),
    };
  });
};
