import type { Budget } from '#contract/account.ts';
import { AppError } from '#contract/errors.ts';
import { deleteBudget, getBudget, saveBudget } from '../database/budgets.ts';
import type { EngineContext } from './context.ts';
import type { Handlers } from '../router.ts';
import { requireProject, requireWorkspace } from './lookups.ts';

export const budgetHandlers = (
  context: EngineContext,
): Pick<Handlers, 'budget.list' | 'budget.set' | 'budget.remove'> => {
  const { accounts, ports, queue } = context;
  const { database, clock, ids } = ports;
  const show = (id: string): Budget => {
    const budget = accounts.budgets().find((each) => each.id === id);
    if (budget === undefined) throw new AppError('internal', 'The budget was written but cannot be read back.');
    return budget;
  };
  return {
    'budget.list': () => [...accounts.budgets()],
    'budget.set': ({ id, name, projectId, person, workspaceId, period, warnCredits, stopCredits }) => {
      const before = id === undefined ? null : getBudget(database, id);
      if (id !== undefined && before === null)
        throw new AppError('not_found', 'This budget is not in the library (any more). Nothing was changed.');
      if (warnCredits === null && stopCredits === null)
        throw new AppError('invalid_input', 'A budget needs credits at which it warns or stops. Nothing was changed.');
      if (warnCredits !== null && stopCredits !== null && warnCredits > stopCredits)
        throw new AppError('invalid_input', 'A budget cannot warn after it has stopped. Nothing was changed.');
      if (projectId !== null) requireProject(database, projectId);
      const row = {
        id: before?.id ?? ids.next(),
        name,
        projectId,
        person: person === '' ? null : person,
        workspaceSeq: workspaceId === null ? null : requireWorkspace(database, workspaceId).seq,
        period,
        warnCredits,
        stopCredits,
        createdAt: before?.createdAt ?? clock.now(),
      };
      database.transaction(() => saveBudget(database, row));
      accounts.touched('budget');
      queue.budgetsChanged();
      return show(row.id);
    },
    'budget.remove': ({ id }) => {
      if (database.transaction(() => deleteBudget(database, id)) === 0)
        throw new AppError('not_found', 'This budget is not in the library (any more). Nothing was changed.');
      accounts.touched('budget');
      queue.budgetsChanged();
      return {};
    },
  };
};
