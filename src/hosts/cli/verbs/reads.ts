/** `cuebooth takes` and `ledger` as they are typed. */
import type { Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { connect, examples, json, type Run } from './verb.ts';

export const addReads = (program: Program, run: Run): void => {
  const takes = program
    .command('takes')
    .description('Lists the takes that the library owns, newest first.')
    .option('--search <text>', 'with this text in their line or voice')
    .option('--script <path>', 'of this script')
    .option('--variant <name>', 'of this variant')
    .option('--suspect', 'only those that should be listened to first')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1_000_000), 50)
    .addOption(json());
  examples(
    connect(takes, run, [], async () => (await import('../commands/takes.ts')).listTakes as Command<never>),
    ['takes --search "spring is here"', 'takes --script spring.cue.txt --json'],
  );
  const ledger = program
    .command('ledger')
    .description('Shows every paid call and what it came to, net of refunds.')
    .option('--render <id>', 'of this render only')
    .option('--json', 'print a JSON array');
  examples(
    connect(ledger, run, [], async () => (await import('../commands/ledger.ts')).showLedger as Command<never>),
    ['ledger', 'ledger --json > ledger.json'],
  );
};
