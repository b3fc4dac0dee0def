/** `cuebooth doctor`, `backup` and `serve` as they are typed. */
import type { Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { connect, examples, json, type Run } from './verb.ts';

export const addLibrary = (program: Program, run: Run): void => {
  const load = () => import('../commands/library.ts');
  examples(
    connect(
      program
        .command('doctor')
        .description('Looks whether the library is whole.')
        .option('--repair', 'mend what can be mended, after a backup')
        .option('--restore <backup>', 'put this backup in the place of a damaged database, which is kept')
        .addOption(json()),
      run,
      [],
      async () => (await load()).doctor as Command<never>,
    ),
    ['doctor', 'doctor --repair'],
  );
  examples(
    connect(
      program.command('backup').description('Makes a verified backup of the library database now.').addOption(json()),
      run,
      [],
      async () => (await load()).backup as Command<never>,
    ),
    ['backup'],
  );
  const serve = program
    .command('serve')
    .description('Opens the studio in the browser, on this machine only.')
    .option('--port <n>', 'default: any free one', wholeNumber(0, 65_535), 0)
    .option('--no-open', 'only print the address')
    .option('--demo', 'over made-up vendors and three months of made-up history, in a library that is thrown away')
    .option('--json', 'print the address as one line of JSON');
  examples(
    connect(serve, run, [], async () => (await import('../commands/serve.ts')).serve as Command<never>),
    ['serve', 'serve --no-open --port 4000', 'serve --demo'],
  );
};
