/** `cuebooth render` as it is typed. */
import type { Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { amount, names, voiceOf, wholeNumber } from '../options.ts';
import { connect, examples, project, yes, type Run } from './verb.ts';

/** The same as in out/naming.ts, which is not loaded for `--help`; a test compares them. */
export const nameTemplate = '{title}_{variant}_{line}_{character}_take{take}';
export const addRender = (program: Program, run: Run): void => {
  const verb = program
    .command('render')
    .summary('turn a script and its variants into takes')
    .description(
      'Renders every line of a script for every variant. What the library owns is not paid again; what is open is taken up.',
    )
    .argument('<script>', 'the script, a text file')
    .option('--variants <file.csv>', 'the offers: one row for each variant')
    .option('--only <names>', 'only these variants, with commas between; may be repeated', names)
    .option('--voice <CHARACTER=workspace/voice>', "another voice than the script's cast; may be repeated", voiceOf)
    .option('--takes <n>', 'takes of each line to own in all', wholeNumber(1, 50), 1)
    .option('--retake', 'ask for one more take of every line')
    .addOption(project())
    .option('--out <folder>', 'put a file for every variant and line there')
    .option('--name <template>', 'names of these files; {project} works too, and / makes folders', nameTemplate)
    .option('--budget <credits>', 'stop when this render has cost so much', amount)
    .option('--dry-run', 'show the estimate and stop')
    .addOption(yes())
    .option('--json', 'print JSON lines that end with a summary');
  examples(
    connect(verb, run, ['script'], async () => (await import('../commands/render.ts')).renderCommand as Command<never>),
    [
      'render spring.cue.txt --variants offers.csv --dry-run',
      'render spring.cue.txt --variants offers.csv --out delivery --budget 5000',
      'render spring.cue.txt --only "Lyon 1,Lyon 2" --voice ANNOUNCER=scratch/rms --yes',
      'render spring.cue.txt --retake --name "{variant}/{line}_{character}_{take}" --out retakes',
    ],
  );
};
