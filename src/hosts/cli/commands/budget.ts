/** `cuebooth budget`: caps of our own, by project, person, workspace and month. */
import type { Budget } from '#contract/account.ts';
import type { MethodInput } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import { findProject, findWorkspace, say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { figure } from '../output/words.ts';
import type { Session } from '../session.ts';

interface Named {
  readonly json?: boolean;
}

const namesOf = async ({ client }: Session) => ({
  workspace: new Map((await client.call('workspace.list', {})).map(({ id, name }) => [id as string, name])),
  project: new Map((await client.call('project.list', {})).map(({ id, name }) => [id as string, name])),
});

const formatBudgets = async (
  context: CommandContext,
  session: Session,
  budgets: readonly Budget[],
): Promise<string> => {
  const names = await namesOf(session);
  const limit = (value: number | null): string => (value === null ? '' : figure(value));
  return formatTable(
    budgets,
    [
      { title: 'NAME', value: (budget) => budget.name, flexible: true },
      {
        title: 'FOR',
        value: (budget) =>
          [
            ...(budget.projectId === null
              ? []
              : [`project ${names.project.get(budget.projectId) ?? budget.projectId}`]),
            ...(budget.person === null ? [] : [`person ${budget.person}`]),
            ...(budget.workspaceId === null
              ? []
              : [`workspace ${names.workspace.get(budget.workspaceId) ?? budget.workspaceId}`]),
          ].join(', ') || 'everything',
        flexible: true,
      },
      { title: 'PERIOD', value: (budget) => (budget.period === 'month' ? 'each month' : 'in all') },
      { title: 'SPENT', value: (budget) => figure(budget.spentCredits), align: 'right' },
      { title: 'HELD', value: (budget) => figure(budget.heldCredits), align: 'right' },
      { title: 'WARN AT', value: (budget) => limit(budget.warnCredits), align: 'right' },
      { title: 'STOP AT', value: (budget) => limit(budget.stopCredits), align: 'right' },
      { title: 'STATE', value: (budget) => budget.state },
      { title: 'ID', value: (budget) => budget.id },
    ],
    context.terminal.out,
  );
};

export const listBudgets: Command<Named> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const budgets = await session.client.call('budget.list', {});
    if (options.json === true) writeJson(context.terminal.out, budgets);
    else if (budgets.length === 0) say(context.terminal, 'There is no budget yet; `cuebooth budget set` makes one.');
    else context.terminal.out.write(await formatBudgets(context, session, budgets));
    return exitCodes.done;
  });

/** By id, else by name. Null: there is none. Throws `conflict` where a name stands for several. */
const findBudget = async (session: Session, named: string): Promise<Budget | null> => {
  const budgets = await session.client.call('budget.list', {});
  const exact = budgets.find(({ id }) => id === named);
  if (exact !== undefined) return exact;
  const found = budgets.filter(({ name }) => name === named);
  if (found.length > 1)
    throw new AppError(
      'conflict',
      `There are ${found.length} budgets called ${JSON.stringify(named)}. Nothing was changed; name one by its id: ${found.map(({ id }) => id).join(', ')}.`,
    );
  return found[0] ?? null;
};

export interface SetBudgetOptions extends Named {
  readonly name: string;
  readonly project?: string;
  readonly person?: string;
  readonly workspace?: string;
  readonly period?: 'month' | 'all';
  /** `none` takes the limit away. */
  readonly warn?: number | 'none';
  readonly stop?: number | 'none';
}

const projectId = async (session: Session, name: string): Promise<Budget['projectId']> => {
  const project = await findProject(session, name);
  if (project !== null) return project.id;
  const known = (await session.client.call('project.list', {})).map((entry) => entry.name).join(', ');
  throw new AppError(
    'not_found',
    `There is no project ${JSON.stringify(name)}. No budget was changed.${known === '' ? '' : ` There are: ${known}.`}`,
  );
};

const limitOf = (said: number | 'none' | undefined, before: number | null): number | null =>
  said === undefined ? before : said === 'none' ? null : said;

/** What is not said stays as it is in a budget of that name. */
export const setBudget: Command<SetBudgetOptions> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { terminal } = context;
    const known = await findBudget(session, options.name);
    const warn = limitOf(options.warn, known?.warnCredits ?? null);
    const stop = limitOf(options.stop, known?.stopCredits ?? null);
    if (warn === null && stop === null)
      throw new AppError('invalid_input', 'A budget needs --warn or --stop, or both. Nothing was changed.');
    if (warn !== null && stop !== null && warn > stop)
      throw new AppError(
        'invalid_input',
        'It would stop before it warns: --warn is above --stop. Nothing was changed.',
      );
    const input: MethodInput<'budget.set'> = {
      ...(known === null ? {} : { id: known.id }),
      name: known?.name ?? options.name,
      projectId: options.project === undefined ? (known?.projectId ?? null) : await projectId(session, options.project),
      person: options.person ?? known?.person ?? null,
      workspaceId:
        options.workspace === undefined
          ? (known?.workspaceId ?? null)
          : (await findWorkspace(session, options.workspace)).id,
      period: options.period ?? known?.period ?? 'month',
      warnCredits: warn,
      stopCredits: stop,
    };
    const budget = await session.client.call('budget.set', input);
    if (options.json === true) writeJson(terminal.out, budget);
    else terminal.out.write(await formatBudgets(context, session, [budget]));
    if (budget.state === 'stop')
      say(terminal, 'It is reached already: nothing more is sent for it until it is raised.');
    return exitCodes.done;
  });

export const removeBudget: Command<Named & { readonly budget: string; readonly yes?: boolean }> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { terminal } = context;
    const budget = await findBudget(session, options.budget);
    if (budget === null)
      throw new AppError(
        'not_found',
        `There is no budget ${JSON.stringify(options.budget)}. Nothing was removed; \`cuebooth budget\` lists them.`,
      );
    if (options.yes !== true) {
      if (!terminal.interactive)
        throw new AppError(
          'invalid_input',
          `${budget.name} was not removed: there is nobody to ask. Add --yes to agree.`,
        );
      if (!(await terminal.confirm(`Remove the budget ${budget.name}? What it held back may then be sent.`))) {
        say(terminal, 'Nothing was removed.');
        return exitCodes.interrupted;
      }
    }
    await session.client.call('budget.remove', { id: budget.id });
    if (options.json === true) writeJson(terminal.out, budget);
    else terminal.out.write(`Removed the budget ${budget.name}.\n`);
    return exitCodes.done;
  });
