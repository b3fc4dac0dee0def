/** `cuebooth lexicon` as it is typed. */
import type { Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { connect, examples, json, project, type Run } from './verb.ts';

export const addLexicon = (program: Program, run: Run): void => {
  const group = program
    .command('lexicon')
    .description("How words of a project are said. Changes show in the next render's estimate.");
  const load = () => import('../commands/lexicon.ts');
  examples(
    connect(
      group
        .command('list', { isDefault: true })
        .description('Lists the entries.')
        .addOption(project())
        .addOption(json()),
      run,
      [],
      async () => (await load()).listLexicon as Command<never>,
    ),
    ['lexicon list --project "Spring sale"'],
  );
  const set = group
    .command('set')
    .description('Sets what is said for a word, or removes it.')
    .argument('<word>')
    .argument('[say]')
    .option('--language <tag>', 'for this language only, such as en-US')
    .option('--case-sensitive', 'only when written exactly so')
    .option('--remove', 'say the word as it is written again')
    .addOption(project())
    .addOption(json());
  examples(
    connect(set, run, ['word', 'say'], async () => (await load()).setLexicon as Command<never>),
    ['lexicon set Nguyen "nwin"', 'lexicon set Nguyen --remove'],
  );
  const add = group
    .command('import')
    .description('Adds entries from a CSV with the columns word,say,language,case; language and case may be missing.')
    .argument('<file.csv>')
    .option('--replace', 'forget the entries that are not in the file')
    .addOption(project())
    .addOption(json());
  examples(
    connect(add, run, ['file'], async () => (await load()).importLexicon as Command<never>),
    ['lexicon import names.csv --project "Spring sale"'],
  );
  examples(group, ['lexicon', 'lexicon set Nguyen "nwin"']);
};
