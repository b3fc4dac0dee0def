/** `cuebooth credits`, `subscription`, `usage` and `reconcile` as they are typed. */
import { Option, type Command as Program } from 'commander';
import { UsageDimension } from '#contract/account.ts';
import type { Command } from '../context.ts';
import { day, someOf, wholeNumber } from '../options.ts';
import { connect, examples, json, type Run } from './verb.ts';

const addUsage = (program: Program, run: Run): void => {
  const usage = program
    .command('usage')
    .description("Shows what was used: by our own ledger and by the vendors' count. Days are in UTC, both within.")
    .option('--from <day>', 'default: 30 days up to the last', day)
    .option('--to <day>', 'default: today', day)
    .addOption(
      new Option('--by <dimensions>', `one to three of ${UsageDimension.options.join(', ')}, with commas between`)
        .argParser(someOf(UsageDimension.options, 3))
        .default(undefined, 'day'),
    )
    .option('--workspace <name>', 'of this workspace only')
    .addOption(new Option('--source <source>', 'who counted').choices(['ledger', 'vendor', 'both']).default('both'))
    .option('--sync', "first fetch the vendor's days that are missing or may still change; free")
    .addOption(new Option('--csv', 'print CSV').conflicts('json'))
    .addOption(json());
  examples(
    connect(usage, run, [], async () => (await import('../commands/usage.ts')).showUsage as Command<never>),
    ['usage --by voice,day', 'usage --from 2026-03-01 --to 2026-03-31 --by project --source ledger --csv > march.csv'],
  );
};

export const addAccount = (program: Program, run: Run): void => {
  const credits = program
    .command('credits')
    .description('Shows what each workspace has used, what the queue holds, what is free and when it runs out.')
    .argument('[workspace]', 'default: all')
    .option('--refresh', 'ask the vendors now; free')
    .addOption(json());
  examples(
    connect(
      credits,
      run,
      ['workspace'],
      async () => (await import('../commands/credits.ts')).showCredits as Command<never>,
    ),
    ['credits', 'credits --refresh agency --json'],
  );
  const subscription = program
    .command('subscription')
    .description('Shows everything that a vendor says of the subscription, in plain words.')
    .argument('[workspace]', 'default: all that have one')
    .option('--refresh', 'ask the vendor now; free')
    .addOption(json());
  examples(
    connect(
      subscription,
      run,
      ['workspace'],
      async () => (await import('../commands/subscription.ts')).showSubscription as Command<never>,
    ),
    ['subscription', 'subscription main --json'],
  );
  addUsage(program, run);
  const reconcile = program
    .command('reconcile')
    .description("Says why the vendor's figure is not ours, call by call where the vendor has a history. Free.")
    .argument('<workspace>')
    .option('--from <day>', 'in UTC; default: the running billing period, else 30 days', day)
    .option('--to <day>', 'in UTC, within', day)
    .option('--limit <n>', 'at most so many lines', wholeNumber(1, 10_000), 500)
    .addOption(json());
  examples(
    connect(
      reconcile,
      run,
      ['workspace'],
      async () => (await import('../commands/reconcile.ts')).reconcile as Command<never>,
    ),
    ['reconcile main', 'reconcile main --from 2026-03-01 --to 2026-03-31 --json'],
  );
};
