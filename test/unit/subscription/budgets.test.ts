import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { budgetRoom, saveBudget, tightestBudget, type BudgetRow } from '#engine/database/budgets.ts';
import { listHeld } from '#engine/database/holds.ts';
import { foldUsage } from '#engine/database/usage-days.ts';
import { budgetViews } from '#engine/subscription/budgets.ts';
import { openUsageRows, type Call, type Spoken, type UsageRows } from '#test/unit/usage/usage-rows.ts';

let rows: UsageRows;
beforeEach(() => {
  rows = openUsageRows();
});
afterEach(() => rows.remove());

const march = Date.UTC(2026, 2, 10);
const april = Date.UTC(2026, 3, 1);
const budget = (given: Partial<BudgetRow>): void =>
  saveBudget(rows.database, {
    id: given.name ?? 'b',
    name: 'b',
    projectId: null,
    person: null,
    workspaceSeq: null,
    period: 'all',
    warnCredits: null,
    stopCredits: 100,
    createdAt: 1,
    ...given,
  });
const scope = (given: Partial<Pick<Spoken, 'project' | 'person' | 'workspace'>> = {}, at = march) => ({
  projectId: given.project ?? 'p1',
  person: given.person ?? 'Mia',
  workspaceSeq: given.workspace ?? 1,
  at,
});
const spend = (credits: number, of: Partial<Spoken> = {}, at = march): void => rows.charge(rows.call(of), credits, at);
/** A job's state and hold, as a claim would leave them. */
const put = (
  { jobSeq, generationId }: Call,
  state: string,
  held: number | null,
  charged: number | null = null,
): void => {
  const extra =
    state === 'running' ? ", claim_id = 'c'" : state === 'uncertain' ? ", claim_id = NULL, resolution = 'ask'" : '';
  rows.database
    .prepare(`UPDATE jobs SET state = ?, held_credits = ?, generation_id = ?${extra} WHERE seq = ?`)
    .run(state, held, generationId, jobSeq);
  rows.database.prepare('UPDATE generations SET charged_credits = ? WHERE id = ?').run(charged, generationId);
};

describe('the room under budgets', () => {
  it('is unlimited where no budget stops', () => {
    budget({ stopCredits: null, warnCredits: 5 });
    budget({ name: 'other', projectId: 'p2' as never });
    spend(500);
    expect(budgetRoom(rows.database, scope())).toBeNull();
    expect(budgetRoom(rows.database, scope({ project: 'p2' }))).toBe(100);
  });

  it.each([false, true])(
    'counts charges less refunds of the project, person and workspace it names (folded: %s)',
    (folds) => {
      budget({ name: 'project', projectId: 'p1' as never, stopCredits: 1000 });
      budget({ name: 'person', person: 'Mia', stopCredits: 1000 });
      budget({ name: 'both', projectId: 'p1' as never, person: 'Mia', stopCredits: 1000 });
      budget({ name: 'workspace', workspaceSeq: 2, stopCredits: 1000 });
      spend(1);
      spend(2, { project: 'p2' });
      spend(4, { person: 'Noor' });
      spend(8, { workspace: 2 });
      rows.refund(rows.call(), 32, 16, march);
      if (folds) rows.database.transaction(() => foldUsage(rows.database));
      const spent = Object.fromEntries(
        budgetViews(rows.database, march).map(({ name, spentCredits }) => [name, spentCredits]),
      );
      expect(spent).toEqual({ project: 29, person: 27, both: 25, workspace: 8 });
      expect(budgetRoom(rows.database, scope())).toBe(1000 - 29);
    },
  );

  it('starts anew with the calendar month where it is a monthly one', () => {
    budget({ period: 'month' });
    spend(30, {}, Date.UTC(2026, 1, 28, 23, 59));
    spend(40);
    expect(budgetRoom(rows.database, scope())).toBe(60);
    expect(budgetRoom(rows.database, scope({}, april))).toBe(100);
  });

  it('leaves room for what is in flight or uncertain, at the figure the vendor named, but not for what is queued', () => {
    budget({ projectId: 'p1' as never });
    put(rows.call(), 'queued', 50);
    put(rows.call(), 'running', 20);
    put(rows.call({ person: 'Noor' }), 'running', 20, 7);
    put(rows.call({ project: 'p2' }), 'running', 30);
    const lost = rows.call();
    put(lost, 'running', 5);
    put(lost, 'uncertain', 5);
    expect(budgetRoom(rows.database, scope())).toBe(100 - 20 - 7 - 5);
    expect(listHeld(rows.database).reduce((sum, { credits }) => sum + credits, 0)).toBe(125);
  });

  it('is that of the tightest budget, which is named', () => {
    budget({ name: 'wide', stopCredits: 500 });
    budget({ name: 'narrow', projectId: 'p1' as never, stopCredits: 40 });
    spend(50);
    expect(tightestBudget(rows.database, scope())).toMatchObject({ name: 'narrow', roomCredits: -10 });
    expect(tightestBudget(rows.database, scope({ project: 'p2' }))).toMatchObject({ name: 'wide', roomCredits: 450 });
  });

  it('is told as ok, warned and stopped', () => {
    budget({ warnCredits: 80, stopCredits: 100 });
    const state = () => budgetViews(rows.database, march).map((each) => each.state);
    expect(state()).toEqual(['ok']);
    spend(80);
    expect(state()).toEqual(['warn']);
    spend(20);
    expect(state()).toEqual(['stop']);
  });
});
