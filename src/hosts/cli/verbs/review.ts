/** `cuebooth review` as it is typed. */
import type { Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { names } from '../options.ts';
import { connect, examples, json, type Run } from './verb.ts';

export const addReview = (program: Program, run: Run): void => {
  const group = program.command('review').description('A page that a client hears and answers on, and its answers.');
  const load = () => import('../commands/review.ts');
  const pack = group
    .command('package')
    .description('Writes a zip: a page that plays offline in any browser, and the takes.')
    .argument('<script>', 'its path, title or id')
    .option('--out <file.zip>', 'where to; default: named after the script, in this folder')
    .option('--only <names>', 'only these variants, with commas between; may be repeated', names)
    .option('--title <text>', 'on the page')
    .option('--note <text>', 'to the client')
    .option('--open-only', 'leave out what is approved')
    .addOption(json());
  examples(
    connect(pack, run, ['script'], async () => (await load()).packReview as Command<never>),
    ['review package spring.cue.txt --out spring.zip', 'review package spring.cue.txt --only "Lyon 1" --open-only'],
  );
  const read = group
    .command('read')
    .description("Takes a client's answers in. Reading a file twice changes nothing.")
    .argument('<answers.json>', 'as the page saved it')
    .addOption(json());
  examples(
    connect(read, run, ['file'], async () => (await load()).readReview as Command<never>),
    ['review read "spring-review - Ana.answers.json"'],
  );
  examples(group, ['review package spring.cue.txt', 'review read answers.json']);
};
