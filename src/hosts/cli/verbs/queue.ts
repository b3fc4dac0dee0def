/** `cuebooth queue` as it is typed. */
import { Option, type Command as Program } from 'commander';
import { JobState } from '#contract/entities.ts';
import type { Command } from '../context.ts';
import { amount, wholeNumber } from '../options.ts';
import { connect, examples, json, yes, type Run } from './verb.ts';

export const addQueue = (program: Program, run: Run): void => {
  const group = program.command('queue').description('What is waiting, and the decisions that only a person can take.');
  const load = () => import('../commands/queue.ts');
  const decisions = () => import('../commands/queue-decisions.ts');
  const where = (verb: Program): Program =>
    verb.option('--render <id>', 'of this render').option('--workspace <name>', 'of this workspace');
  const list = where(group.command('list', { isDefault: true }))
    .description('Lists the jobs that are not done.')
    .addOption(new Option('--state <state...>', 'only these').choices(JobState.options))
    .option('--all', 'the done ones too')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1_000_000), 100)
    .addOption(json());
  examples(
    connect(list, run, [], async () => (await load()).listQueue as Command<never>),
    ['queue', 'queue list --state uncertain failed --json'],
  );
  examples(
    connect(
      where(group.command('pause')).description('Sends nothing new until resumed.').addOption(json()),
      run,
      [],
      async () => (await load()).pauseQueue as Command<never>,
    ),
    ['queue pause', 'queue pause --workspace agency'],
  );
  const resume = where(group.command('resume'))
    .description('Lets paused work go on; with --budget also a render whose budget is used up.')
    .addOption(new Option('--budget <credits>', "the render's new budget").argParser(amount))
    .addOption(json());
  examples(
    connect(resume, run, [], async () => (await load()).resumeQueue as Command<never>),
    ['queue resume --render RENDER --budget 8000'],
  );
  examples(
    connect(
      where(group.command('cancel').argument('[jobs...]')).description('Cancels waiting jobs.').addOption(json()),
      run,
      ['jobs'],
      async () => (await load()).cancelJobs as Command<never>,
    ),
    ['queue cancel --render RENDER'],
  );
  examples(
    connect(
      where(group.command('retry').argument('[jobs...]'))
        .description('Queues failed and cancelled jobs again, after a free look at what was charged.')
        .addOption(json()),
      run,
      ['jobs'],
      async () => (await load()).retryJobs as Command<never>,
    ),
    ['queue retry --render RENDER'],
  );
  const resolve = group
    .command('resolve')
    .description('Decides about calls whose outcome nobody knows.')
    .argument('[jobs...]')
    .addOption(
      new Option('--decision <decision>', 'what to do')
        .choices(['look-again', 'resend', 'pay-again', 'give-up'])
        .makeOptionMandatory(),
    )
    .option('--all', 'every job that asks')
    .option('--render <id>', 'every job of this render that asks')
    .addOption(yes())
    .addOption(json());
  examples(
    connect(resolve, run, ['jobs'], async () => (await decisions()).resolveJobs as Command<never>),
    ['queue resolve JOB --decision resend', 'queue resolve --all --decision look-again'],
  );
  const adopt = group
    .command('adopt')
    .description(
      "Says that an item of the vendor's history is a lost line: its audio is fetched, free, and it is booked as charged.",
    )
    .argument('<job>')
    .argument('<vendorItemId>', 'as `queue list` shows it')
    .addOption(json());
  examples(
    connect(adopt, run, ['job', 'vendorItemId'], async () => (await decisions()).adoptJob as Command<never>),
    ['queue adopt JOB ITEM'],
  );
  examples(group, ['queue', 'queue pause', 'queue resolve JOB --decision resend']);
};
