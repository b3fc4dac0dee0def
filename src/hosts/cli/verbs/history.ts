/** `cuebooth history` as it is typed. */
import { Option, type Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { amount, day, names, wholeNumber } from '../options.ts';
import { connect, examples, json, type Run } from './verb.ts';

export const addHistory = (program: Program, run: Run): void => {
  const group = program.command('history').description("One list over our takes and the vendors' own histories.");
  const load = () => import('../commands/history.ts');
  const search = group
    .command('search')
    .description(
      'Finds what was made, newest first. Words are beginnings, all must occur; quotes keep a phrase together.',
    )
    .argument('[words...]', 'in text, voice, project, person or note; none: everything')
    .option('--workspace <names>', 'of these workspaces, with commas between', names)
    .option('--voice <voice>', 'this voice: its id, or a part of its name')
    .option('--model <model>', 'made with this model')
    .option('--status <status>', 'stored, remote, failed, lost, or as the vendor says')
    .option('--source <product>', "the vendor's product, such as TTS")
    .option('--project <name>', 'of this project')
    .option('--person <name>', 'by this person')
    .option('--from <day>', "on or after this day of this computer's clock", day)
    .option('--to <day>', 'on or before this day', day)
    .option('--min-credits <n>', 'at least so many credits', amount)
    .option('--max-credits <n>', 'at most so many credits', amount)
    .addOption(new Option('--origin <origin>', 'who made it').choices(['cuebooth', 'vendor']))
    .option('--limit <n>', 'at most so many', wholeNumber(1, 100_000), 50)
    .option('--after <cursor>', 'go on after a page')
    .option('--best', 'the best of the newest 1,000 hits first')
    .addOption(json());
  examples(
    connect(search, run, ['words'], async () => (await load()).searchHistory as Command<never>),
    [
      'history search spring sale --workspace main --from 2026-03-01',
      `history search '"spring is here"' --origin vendor --json`,
    ],
  );
  const sync = group
    .command('sync')
    .description("Reads what is new in the vendors' histories. Free.")
    .argument('[workspace]', 'default: all')
    .option('--backfill', 'go on into the past, too')
    .option('--pages <n>', 'at most so many requests a workspace', wholeNumber(1, 1000), 20)
    .addOption(json());
  examples(
    connect(sync, run, ['workspace'], async () => (await load()).syncHistory as Command<never>),
    ['history sync', 'history sync main --backfill --pages 200'],
  );
  const fetch = group
    .command('fetch')
    .description("Brings the audio of a vendor's item into the library as a take. Free.")
    .argument('<id>', 'as `history search` shows it')
    .option('--out <file>', 'put a copy there, too')
    .addOption(json());
  examples(
    connect(fetch, run, ['id'], async () => (await load()).fetchHistoryAudio as Command<never>),
    ['history fetch ENTRY --out spring.mp3'],
  );
  const note = group
    .command('note')
    .description('Writes a note to an entry; an empty text takes it away.')
    .argument('<id>')
    .argument('<text>')
    .addOption(json());
  examples(
    connect(note, run, ['id', 'text'], async () => (await load()).noteHistory as Command<never>),
    ['history note ENTRY "client likes this one"'],
  );
  examples(group, ['history search spring sale', 'history sync']);
};
