/** The verbs and their options. Commands are loaded when they are run, so that `--help` costs nothing. */
import { Command as Program, Option } from 'commander';
import { exitMeanings } from './exit-codes.ts';
import type { Command } from './context.ts';
import { amount, names, settingOf, voiceOf, wholeNumber } from './options.ts';
import { widthOf } from './output/width.ts';

/** Runs a verb's command with its options; `global` holds those of the program. */
export type Run = <Options>(load: () => Promise<Command<Options>>, options: Options, global: GlobalOptions) => Promise<void>;
export interface GlobalOptions {
  readonly library?: string;
}
export interface ProgramOptions {
  readonly run: Run;
  readonly version: string;
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
}

const defaultProject = 'Default';
/** The same as in out/naming.ts, which is not loaded for `--help`; a test compares them. */
export const nameTemplate = '{title}_{variant}_{line}_{character}_take{take}';
const jobStates = ['queued', 'running', 'uncertain', 'succeeded', 'failed', 'cancelled'] as const;

const json = (): Option => new Option('--json', 'print one JSON value');
const yes = (): Option => new Option('-y, --yes', 'agree to what would be asked');
const project = (): Option => new Option('--project <name>', 'the campaign').default(defaultProject);
const examples = (verb: Program, lines: readonly string[]): Program =>
  verb.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ cuebooth ${line}`).join('\n')}\n`);

/** Connects parsed options to a command. Positional arguments arrive under the given names. */
const connect = (verb: Program, run: Run, positional: readonly string[], load: () => Promise<Command<never>>): Program =>
  verb.action(async function (this: Program, ...values: unknown[]) {
    const named = Object.fromEntries(positional.map((name, index) => [name, values[index]]).filter(([, value]) => value !== undefined));
    const { library, ...options } = this.optsWithGlobals<Record<string, unknown>>();
    await run(load as () => Promise<Command<Record<string, unknown>>>, { ...options, ...named }, typeof library === 'string' ? { library } : {});
  });

const addRender = (program: Program, run: Run): void => {
  const verb = program
    .command('render')
    .summary('turn a script and its variants into takes')
    .description('Renders every line of a script for every variant. What the library owns is not paid again; what is open is taken up.')
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
  examples(connect(verb, run, ['script'], async () => (await import('./commands/render.ts')).renderCommand as Command<never>), [
    'render spring.cue.txt --variants offers.csv --dry-run',
    'render spring.cue.txt --variants offers.csv --out delivery --budget 5000',
    'render spring.cue.txt --only "Lyon 1,Lyon 2" --voice ANNOUNCER=scratch/rms --yes',
    'render spring.cue.txt --retake --name "{variant}/{line}_{character}_{take}" --out retakes',
  ]);
};

const addWorkspace = (program: Program, run: Run): void => {
  const group = program.command('workspace').description('Connections to vendor accounts, and their keys.');
  const load = () => import('./commands/workspace.ts');
  const keyOptions = (verb: Program): Program =>
    verb
      .option('--key-env <VARIABLE>', 'read the API key from this environment variable')
      .addOption(new Option('--key-stdin', 'read the API key from standard input').conflicts('keyEnv'));
  examples(
    connect(
      keyOptions(group.command('add'))
        .description('Adds a workspace. The key is asked for without showing it, or comes from a variable; never from the command line.')
        .addArgument(program.createArgument('<provider>', 'the vendor').choices(['scratch', 'chosen', 'elevenlabs', 'supertone']))
        .requiredOption('--name <name>', 'how scripts call it')
        .option('--base-url <url>', "another address than the vendor's own")
        .option('--set <key=value>', 'a setting, such as concurrency=4; may be repeated', settingOf)
        .addOption(json()),
      run,
      ['provider'],
      async () => (await load()).addWorkspace as Command<never>,
    ),
    ['workspace add chosen --name agency --key-env AGENCY_KEY', 'workspace add chosen --name agency --set concurrency=4', 'workspace add scratch --name drafts'],
  );
  examples(
    connect(group.command('list', { isDefault: true }).description('Lists the workspaces.').addOption(json()), run, [], async () => (await load()).listWorkspaces as Command<never>),
    ['workspace list --json'],
  );
  examples(
    connect(
      group.command('test').description('Asks the vendor whether the workspace works; costs nothing.').argument('[name]', 'default: all').addOption(json()),
      run,
      ['name'],
      async () => (await load()).testWorkspaces as Command<never>,
    ),
    ['workspace test agency'],
  );
  examples(
    connect(
      group.command('remove').description('Removes a workspace and its key. Its takes and its ledger stay.').argument('<name>').addOption(yes()).addOption(json()),
      run,
      ['name'],
      async () => (await load()).removeWorkspace as Command<never>,
    ),
    ['workspace remove agency --yes'],
  );
  examples(
    connect(
      keyOptions(group.command('set-key').description('Sets or replaces the API key.').argument('<name>')).addOption(json()),
      run,
      ['name'],
      async () => (await load()).setWorkspaceKey as Command<never>,
    ),
    ['workspace set-key agency', 'workspace set-key agency --key-env AGENCY_KEY', 'workspace set-key agency --key-stdin < key.txt'],
  );
  examples(group, ['workspace', 'workspace add chosen --name agency --key-env AGENCY_KEY']);
};

const addQueue = (program: Program, run: Run): void => {
  const group = program.command('queue').description('What is waiting, and the decisions that only a person can take.');
  const load = () => import('./commands/queue.ts');
  const where = (verb: Program): Program => verb.option('--render <id>', 'of this render').option('--workspace <name>', 'of this workspace');
  const list = where(group.command('list', { isDefault: true }))
    .description('Lists the jobs that are not done.')
    .addOption(new Option('--state <state...>', 'only these').choices(jobStates))
    .option('--all', 'the done ones too')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1_000_000), 100)
    .addOption(json());
  examples(connect(list, run, [], async () => (await load()).listQueue as Command<never>), ['queue', 'queue list --state uncertain failed --json']);
  examples(
    connect(where(group.command('pause')).description('Sends nothing new until resumed.').addOption(json()), run, [], async () => (await load()).pauseQueue as Command<never>),
    ['queue pause', 'queue pause --workspace agency'],
  );
  const resume = where(group.command('resume'))
    .description('Lets paused work go on; with --budget also a render whose budget is used up.')
    .addOption(new Option('--budget <credits>', "the render's new budget").argParser(amount))
    .addOption(json());
  examples(connect(resume, run, [], async () => (await load()).resumeQueue as Command<never>), ['queue resume --render RENDER --budget 8000']);
  examples(
    connect(where(group.command('cancel').argument('[jobs...]')).description('Cancels waiting jobs.').addOption(json()), run, ['jobs'], async () => (await load()).cancelJobs as Command<never>),
    ['queue cancel --render RENDER'],
  );
  examples(
    connect(
      where(group.command('retry').argument('[jobs...]')).description('Queues failed and cancelled jobs again, after a free look at what was charged.').addOption(json()),
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
    .addOption(new Option('--decision <decision>', 'what to do').choices(['resend', 'pay-again', 'give-up']).makeOptionMandatory())
    .option('--all', 'every job that asks')
    .option('--render <id>', 'every job of this render that asks')
    .addOption(yes())
    .addOption(json());
  examples(connect(resolve, run, ['jobs'], async () => (await load()).resolveJobs as Command<never>), [
    'queue resolve JOB --decision resend',
    'queue resolve --all --decision give-up',
  ]);
  examples(group, ['queue', 'queue pause', 'queue resolve JOB --decision resend']);
};

const addReads = (program: Program, run: Run): void => {
  const voices = program
    .command('voices')
    .description('Lists the voices that a cast can name.')
    .option('--workspace <name>', 'of this workspace only')
    .option('--search <text>', 'with this text in their name or description')
    .addOption(json());
  examples(connect(voices, run, [], async () => (await import('./commands/voices.ts')).listVoices as Command<never>), ['voices --workspace scratch', 'voices --search english --json']);
  const takes = program
    .command('takes')
    .description('Lists the takes that the library owns, newest first.')
    .option('--search <text>', 'with this text in their line or voice')
    .option('--script <path>', 'of this script')
    .option('--variant <name>', 'of this variant')
    .option('--suspect', 'only those that should be listened to first')
    .option('--limit <n>', 'at most so many', wholeNumber(1, 1_000_000), 50)
    .addOption(json());
  examples(connect(takes, run, [], async () => (await import('./commands/takes.ts')).listTakes as Command<never>), ['takes --search "spring is here"', 'takes --script spring.cue.txt --json']);
  const ledger = program
    .command('ledger')
    .description('Shows every paid call and what it came to, net of refunds.')
    .option('--render <id>', 'of this render only')
    .option('--json', 'print a JSON array');
  examples(connect(ledger, run, [], async () => (await import('./commands/ledger.ts')).showLedger as Command<never>), ['ledger', 'ledger --json > ledger.json']);
};

const addLexicon = (program: Program, run: Run): void => {
  const group = program.command('lexicon').description("How words of a project are said. Changes show in the next render's estimate.");
  const load = () => import('./commands/lexicon.ts');
  examples(
    connect(group.command('list', { isDefault: true }).description('Lists the entries.').addOption(project()).addOption(json()), run, [], async () => (await load()).listLexicon as Command<never>),
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
  examples(connect(set, run, ['word', 'say'], async () => (await load()).setLexicon as Command<never>), ['lexicon set Nguyen "nwin"', 'lexicon set Nguyen --remove']);
  const add = group
    .command('import')
    .description('Adds entries from a CSV with the columns word,say,language,case; language and case may be missing.')
    .argument('<file.csv>')
    .option('--replace', 'forget the entries that are not in the file')
    .addOption(project())
    .addOption(json());
  examples(connect(add, run, ['file'], async () => (await load()).importLexicon as Command<never>), ['lexicon import names.csv --project "Spring sale"']);
  examples(group, ['lexicon', 'lexicon set Nguyen "nwin"']);
};

const addLibrary = (program: Program, run: Run): void => {
  const load = () => import('./commands/library.ts');
  examples(
    connect(
      program.command('doctor').description('Looks whether the library is whole.').option('--repair', 'mend what can be mended, after a backup').addOption(json()),
      run,
      [],
      async () => (await load()).doctor as Command<never>,
    ),
    ['doctor', 'doctor --repair'],
  );
  examples(connect(program.command('backup').description('Makes a verified backup of the library database now.').addOption(json()), run, [], async () => (await load()).backup as Command<never>), ['backup']);
  const serve = program
    .command('serve')
    .description('Opens the studio in the browser, on this machine only.')
    .option('--port <n>', 'default: any free one', wholeNumber(0, 65_535), 0)
    .option('--no-open', 'only print the address')
    .option('--json', 'print the address as one line of JSON');
  examples(connect(serve, run, [], async () => (await import('./commands/serve.ts')).serve as Command<never>), ['serve', 'serve --no-open --port 4000']);
};

const codesHelp = Object.entries(exitMeanings)
  .map(([code, meaning]) => `  ${code.padStart(3)}  ${meaning}`)
  .join('\n');

/** Throws CommanderError instead of ending the process. */
export const createProgram = (options: ProgramOptions): Program => {
  const program = new Program('cuebooth')
    .description('Scripts and variants in, voice takes that are paid for exactly once out.')
    .version(options.version)
    .option('--library <folder>', 'the library; default: CUEBOOTH_LIBRARY, else the one of this user')
    .configureOutput({ writeOut: options.writeOut, writeErr: options.writeErr })
    .configureHelp({ displayWidth: widthOf, showGlobalOptions: true })
    .showHelpAfterError('Use --help to see how it is written.')
    .exitOverride();
  const { run } = options;
  addRender(program, run);
  addWorkspace(program, run);
  addReads(program, run);
  addQueue(program, run);
  addLexicon(program, run);
  addLibrary(program, run);
  examples(program, ['render spring.cue.txt --variants offers.csv --dry-run', 'workspace add chosen --name agency --key-env AGENCY_KEY', 'serve']);
  program.addHelpText('after', `\nExit codes:\n${codesHelp}\n`);
  return program;
};
