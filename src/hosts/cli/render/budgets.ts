/** Which of the library's budgets stopped a render. */
import type { Budget } from '#contract/account.ts';
import type { Render } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';

type Estimate = MethodOutput<'render.estimate'>;

const applies = (budget: Budget, render: Render, { byWorkspace }: Estimate): boolean =>
  (budget.projectId === null || budget.projectId === render.projectId) &&
  (budget.person === null || budget.person === render.person) &&
  (budget.workspaceId === null ||
    byWorkspace.length === 0 ||
    byWorkspace.some(({ workspaceId }) => workspaceId === budget.workspaceId));

/** Credits to a budget's end that the next line may not fit into: twice an average line, at least 2 % of the budget. */
const nearlyReached = (left: number, limit: number, { credits, fresh }: Estimate): boolean =>
  left <= Math.max(limit * 0.02, credits === null || fresh === 0 ? 1 : (2 * credits) / fresh);

/** Those reached, fullest first. Empty where the render's own budget explains the stop. */
export const stoppingBudgets = (budgets: readonly Budget[], render: Render, estimate: Estimate): Budget[] => {
  const { budgetCredits, progress } = render;
  const candidates = budgets
    .filter((budget) => applies(budget, render, estimate))
    .flatMap((budget) =>
      budget.stopCredits === null
        ? []
        : [{ budget, left: budget.stopCredits - budget.spentCredits - budget.heldCredits, limit: budget.stopCredits }],
    )
    .sort((one, other) => one.left - other.left);
  const reached = candidates.filter(
    ({ budget, left, limit }) => budget.state === 'stop' || nearlyReached(left, limit, estimate),
  );
  if (budgetCredits === null)
    return (reached.length > 0 ? reached : candidates.slice(0, 1)).map(({ budget }) => budget);
  const own = budgetCredits - progress.spentCredits - progress.heldCredits;
  const isOwn = nearlyReached(own, budgetCredits, estimate);
  return (isOwn ? reached.filter(({ budget }) => budget.state === 'stop') : reached).map(({ budget }) => budget);
};
