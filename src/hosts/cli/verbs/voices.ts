/** `cuebooth voices` as it is typed. */
import { InvalidArgumentError, Option, type Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { connect, examples, json, type Run } from './verb.ts';

const multiplier = (text: string): number => {
  if (!/^\d+(\.\d+)?$/.test(text)) throw new InvalidArgumentError('It must be a number, such as 1.5.');
  return Number(text);
};

const labels = (verb: Program): Program =>
  verb
    .option('--language <language>', 'speaks this language')
    .option('--accent <accent>', 'has this accent')
    .option('--gender <gender>', 'female, male or neutral')
    .option('--age <age>', 'sounds so old, as the vendor says it')
    .option('--use-case <use>', 'made for this, such as narration')
    .option('--category <category>', 'as the vendor says it: premade, cloned, professional …');

const addMarks = (group: Program, run: Run): void => {
  const load = () => import('../commands/voice-marks.ts');
  const mark = group
    .command('mark')
    .description('Makes a voice a favourite, or gives it a name of your own.')
    .argument('<workspace/voice>')
    .option('--favourite', 'show it first')
    .option('--no-favourite', 'a favourite no more')
    .option('--alias <name>', 'what you call it; an empty text takes it away')
    .addOption(json());
  examples(
    connect(mark, run, ['voice'], async () => (await load()).markVoice as Command<never>),
    ['voices mark main/VOICE --favourite --alias "Spring lady"'],
  );
  const similar = group
    .command('similar')
    .description('Names the nearest replacements of a voice, best first.')
    .argument('<workspace/voice>')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 20), 5)
    .addOption(json());
  examples(
    connect(similar, run, ['voice'], async () => (await load()).similarVoices as Command<never>),
    ['voices similar main/VOICE'],
  );
  const impact = group
    .command('impact')
    .description('Lists the scripts that use a voice that is gone or will go.')
    .addOption(json());
  examples(
    connect(impact, run, [], async () => (await load()).voiceImpact as Command<never>),
    ['voices impact --json'],
  );
};

const addLibrary = (group: Program, run: Run): void => {
  const load = () => import('../commands/voice-library.ts');
  const models = group
    .command('models')
    .description('Lists the models of a workspace with their rates, limits and settings.')
    .argument('<workspace>')
    .option('--voice <id>', 'as they are for this voice')
    .addOption(json());
  examples(
    connect(models, run, ['workspace'], async () => (await load()).listModels as Command<never>),
    ['voices models main'],
  );
  const library = labels(
    group
      .command('library')
      .description("Searches the vendor's public library of voices. Free.")
      .argument('<workspace>')
      .argument('[words...]'),
  )
    .option('--page <n>', '1 is the first', wholeNumber(1, 10_000), 1)
    .addOption(json());
  examples(
    connect(library, run, ['workspace', 'words'], async () => (await load()).searchLibrary as Command<never>),
    ['voices library main warm narrator --language en'],
  );
  const add = group
    .command('add')
    .description('Puts a library voice into the workspace: takes up a voice slot, no credits.')
    .argument('<workspace>')
    .argument('<libraryId>', 'as `voices library` shows it')
    .requiredOption('--name <name>', 'what it is called there')
    .addOption(json());
  examples(
    connect(add, run, ['workspace', 'libraryId'], async () => (await load()).addLibraryVoice as Command<never>),
    ['voices add main LIBRARYID --name "Spring lady"'],
  );
};

export const addVoices = (program: Program, run: Run): void => {
  const group = program.command('voices').description('The voices that a cast can name.');
  const load = () => import('../commands/voices.ts');
  const list = group
    .command('list', { isDefault: true })
    .description('Lists the voices that a cast can name.')
    .option('--workspace <name>', 'of this workspace only')
    .option('--search <text>', 'with these words in their name, alias, id, description or labels')
    .addOption(json());
  examples(
    connect(list, run, [], async () => (await load()).listVoices as Command<never>),
    ['voices list --workspace scratch', 'voices --search english --json'],
  );
  const search = labels(
    group
      .command('search')
      .description('Finds voices over all workspaces, from the lists that are kept here.')
      .argument('[words...]', 'in name, alias, id, description or labels; all must occur')
      .option('--workspace <name>', 'of this workspace only'),
  )
    .option('--style <style>', 'has this style')
    .option('--model <model>', 'works with this model')
    .option('--max-multiplier <n>', "costs at most so many times the model's own rate", multiplier)
    .addOption(new Option('--notice <which>', 'voices that will go').choices(['any', 'notice', 'none']))
    .option('--favourites', 'only favourites')
    .addOption(json());
  examples(
    connect(search, run, ['words'], async () => (await load()).listVoices as Command<never>),
    ['voices search warm narrator --language en --max-multiplier 1', 'voices search --favourites --json'],
  );
  const refresh = group
    .command('refresh')
    .description('Reads the lists of voices and models now. Free.')
    .argument('[workspace]', 'default: all')
    .addOption(json());
  examples(
    connect(refresh, run, ['workspace'], async () => (await load()).refreshVoices as Command<never>),
    ['voices refresh main'],
  );
  addMarks(group, run);
  addLibrary(group, run);
  examples(group, ['voices', 'voices --workspace scratch', 'voices search warm narrator --language en']);
};
