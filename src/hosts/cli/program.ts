/** The command line as a whole: its verbs, its help, its exit codes. */
import { Command as Program } from 'commander';
import { exitMeanings } from './exit-codes.ts';
import { widthOf } from './output/width.ts';
import { addAccount } from './verbs/account.ts';
import { addBudget } from './verbs/budget.ts';
import { addHistory } from './verbs/history.ts';
import { addLexicon } from './verbs/lexicon.ts';
import { addLibrary } from './verbs/library.ts';
import { addQueue } from './verbs/queue.ts';
import { addReads } from './verbs/reads.ts';
import { addRender } from './verbs/render.ts';
import { addReview } from './verbs/review.ts';
import { examples, type Run } from './verbs/verb.ts';
import { addVoices } from './verbs/voices.ts';
import { addWorkspace } from './verbs/workspace.ts';

export interface ProgramOptions {
  readonly run: Run;
  readonly version: string;
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
}

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
  addVoices(program, run);
  addReads(program, run);
  addQueue(program, run);
  addReview(program, run);
  addAccount(program, run);
  addHistory(program, run);
  addBudget(program, run);
  addLexicon(program, run);
  addLibrary(program, run);
  examples(program, [
    'render spring.cue.txt --variants offers.csv --dry-run',
    'workspace add chosen --name agency --key-env AGENCY_KEY',
    'credits --refresh',
    'serve',
  ]);
  program.addHelpText('after', `\nExit codes:\n${codesHelp}\n`);
  return program;
};
