/** `cuebooth doctor`, `backup`, `library` and `serve` as they are typed. */
import type { Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { connect, examples, json, type Run, yes } from './verb.ts';

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
  const library = program
    .command('library')
    .description('The whole library: what it takes up, out as one file, back again.');
  const whole = () => import('../commands/whole-library.ts');
  examples(
    connect(
      library.command('storage').description('What lies where, and what could go.').addOption(json()),
      run,
      [],
      async () => (await whole()).storage as Command<never>,
    ),
    ['library storage'],
  );
  examples(
    connect(
      library
        .command('clean')
        .description('Removes what can be had again for nothing. Audio that was paid for stays, always.')
        .option('--previews', 'fetched voice previews too')
        .option('--exports', 'files that were made to be taken away too')
        .addOption(yes())
        .addOption(json()),
      run,
      [],
      async () => (await whole()).clean as Command<never>,
    ),
    ['library clean', 'library clean --previews --exports --yes'],
  );
  examples(
    connect(
      library
        .command('export')
        .description('The database and all audio as one file. No keys are in it.')
        .argument('<file>', 'such as spring.cuebooth; an existing file is not replaced')
        .addOption(json()),
      run,
      ['file'],
      async () => (await whole()).exportFile as Command<never>,
    ),
    ['library export ~/spring.cuebooth'],
  );
  examples(
    connect(
      library
        .command('restore')
        .description('Puts an exported file in the place of this library, which is put aside whole.')
        .argument('<file>', 'a file that `library export` made')
        .addOption(yes())
        .addOption(json()),
      run,
      ['file'],
      async () => (await whole()).restore as Command<never>,
    ),
    ['library restore ~/spring.cuebooth'],
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
