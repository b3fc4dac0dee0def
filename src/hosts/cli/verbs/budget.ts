/** `cuebooth budget` and `alerts` as they are typed. */
import { Option, type Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { amountOrNone, wholeNumber } from '../options.ts';
import { connect, examples, json, yes, type Run } from './verb.ts';

const addAlerts = (program: Program, run: Run): void => {
  const group = program
    .command('alerts')
    .description('What you should know of: low credits, open invoices, voices that go.');
  const load = () => import('../commands/alerts.ts');
  examples(
    connect(
      group
        .command('list', { isDefault: true })
        .description('Lists the alerts that are open.')
        .option('--all', 'the dismissed ones and those that are over too')
        .option('--limit <n>', 'at most so many', wholeNumber(1, 1000), 200)
        .addOption(json()),
      run,
      [],
      async () => (await load()).listAlerts as Command<never>,
    ),
    ['alerts', 'alerts list --all --json'],
  );
  examples(
    connect(
      group
        .command('dismiss')
        .description('Puts an alert away; it is kept to look back.')
        .argument('<id>')
        .addOption(json()),
      run,
      ['id'],
      async () => (await load()).dismissAlert as Command<never>,
    ),
    ['alerts dismiss ALERT'],
  );
  examples(group, ['alerts', 'alerts --all']);
};

export const addBudget = (program: Program, run: Run): void => {
  const group = program.command('budget').description('Caps of your own, by project, person, workspace and month.');
  const load = () => import('../commands/budget.ts');
  examples(
    connect(
      group
        .command('list', { isDefault: true })
        .description('Lists the budgets and what is spent of them.')
        .addOption(json()),
      run,
      [],
      async () => (await load()).listBudgets as Command<never>,
    ),
    ['budget list --json'],
  );
  const set = group
    .command('set')
    .description('Makes a budget, or changes the one of that name; what is not said stays.')
    .requiredOption('--name <name>', 'its name or, to change one, its id')
    .option('--project <name>', 'for this project only')
    .option('--person <name>', 'for this person only')
    .option('--workspace <name>', 'for this workspace only')
    .addOption(
      new Option('--period <period>', 'anew each calendar month (UTC), or in all; default: month').choices([
        'month',
        'all',
      ]),
    )
    .option('--warn <credits>', 'warn at so many credits; none: never', amountOrNone)
    .option('--stop <credits>', 'send nothing more at so many credits; none: never', amountOrNone)
    .addOption(json());
  examples(
    connect(set, run, [], async () => (await load()).setBudget as Command<never>),
    [
      'budget set --name "Spring sale" --project "Spring sale" --warn 40000 --stop 50000',
      'budget set --name "Spring sale" --stop none',
    ],
  );
  examples(
    connect(
      group
        .command('remove')
        .description('Removes a budget; what it held back may then be sent.')
        .argument('<budget>', 'its name or id')
        .addOption(yes())
        .addOption(json()),
      run,
      ['budget'],
      async () => (await load()).removeBudget as Command<never>,
    ),
    ['budget remove "Spring sale" --yes'],
  );
  examples(group, ['budget', 'budget set --name March --stop 100000']);
  addAlerts(program, run);
};
