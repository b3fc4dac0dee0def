/** From arguments to an exit code, with every error said once. */
import { CommanderError } from 'commander';
import { AppError } from '#contract/errors.ts';
import { say, type CommandContext } from './context.ts';
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts';
import { createPaint } from './output/paint.ts';
import { printable } from './output/width.ts';
import { createProgram } from './program.ts';
import type { Access, Session } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface CliOptions {
  readonly terminal: Terminal;
  readonly folder: string;
  readonly version: string;
  /** `library` is what `--library` says; undefined: the default place. */
  readonly openSession: (options: {
    readonly library: string | undefined;
    readonly access: Access;
    readonly version: string;
    readonly tell: (message: string) => void;
  }) => Promise<Session>;
  readonly restoreBackup: (options: {
    readonly library: string | undefined;
    readonly backup: string;
  }) => Promise<{ readonly keptAside: string | null }>;
}

const describe = (terminal: Terminal, error: unknown): ExitCode => {
  const paint = createPaint(terminal.err);
  if (error instanceof AppError) {
    say(terminal, `${paint.bad('cuebooth:')} ${printable(error.message)}`);
    return exitCodeOf(error.code);
  }
  const detail =
    terminal.environment['CUEBOOTH_DEBUG'] !== undefined && error instanceof Error ? error.stack : String(error);
  say(
    terminal,
    `${paint.bad('cuebooth:')} a fault in Cuebooth ended this command; what was paid for is kept. ${detail}`,
  );
  return exitCodes.internal;
};

/** `args` without the program's own name. Never rejects. */
export const runCli = async (args: readonly string[], options: CliOptions): Promise<ExitCode> => {
  const { terminal } = options;
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram({
    version: options.version,
    writeOut: (text) => terminal.out.write(text),
    writeErr: (text) => terminal.err.write(text),
    run: async (load, commandOptions, { library }) => {
      const command = await load();
      const context: CommandContext = {
        terminal,
        folder: options.folder,
        openSession: (access) =>
          options.openSession({
            library,
            access,
            version: options.version,
            tell: (message) => say(terminal, printable(message)),
          }),
        restoreBackup: (backup) => options.restoreBackup({ library, backup }),
      };
      exitCode = await command(context, commandOptions);
    },
  });
  try {
    if (args.length === 0) {
      program.outputHelp();
      return exitCodes.done;
    }
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has printed its message already; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return describe(terminal, error);
  }
};
