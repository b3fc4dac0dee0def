/** What every verb is declared with. Commands are loaded when they are run, so that `--help` costs nothing. */
import { Option, type Command as Program } from 'commander';
import { defaultProject, type Command } from '../context.ts';

/** Runs a verb's command with its options; `global` holds those of the program. */
export type Run = <Options>(
  load: () => Promise<Command<Options>>,
  options: Options,
  global: GlobalOptions,
) => Promise<void>;
export interface GlobalOptions {
  readonly library?: string;
}
export const json = (): Option => new Option('--json', 'print one JSON value');
export const yes = (): Option => new Option('-y, --yes', 'agree to what would be asked');
export const project = (): Option => new Option('--project <name>', 'the campaign').default(defaultProject);
export const examples = (verb: Program, lines: readonly string[]): Program =>
  verb.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ cuebooth ${line}`).join('\n')}\n`);

/** Connects parsed options to a command. Positional arguments arrive under the given names. */
export const connect = (
  verb: Program,
  run: Run,
  positional: readonly string[],
  load: () => Promise<Command<never>>,
): Program =>
  verb.action(async function (this: Program, ...values: unknown[]) {
    const named = Object.fromEntries(
      positional.map((name, index) => [name, values[index]]).filter(([, value]) => value !== undefined),
    );
    const { library, ...options } = this.optsWithGlobals<Record<string, unknown>>();
    await run(
      load as () => Promise<Command<Record<string, unknown>>>,
      { ...options, ...named },
      typeof library === 'string' ? { library } : {},
    );
  });
