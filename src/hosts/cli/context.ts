/** What every command is given. */
import type { MethodOutput } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Access, Session } from './session.ts';
import type { Terminal } from './terminal.ts';

export interface CommandContext {
  readonly terminal: Terminal;
  /** Where relative paths start. */
  readonly folder: string;
  /** Opens the library that the options name. */
  openSession(access: Access): Promise<Session>;
  /** Puts a backup in the place of that library's database, which is kept beside it. Errors: `invalid_input`, `library_busy`. */
  restoreBackup(backup: string): Promise<{ readonly keptAside: string | null }>;
}
export type Command<Options> = (context: CommandContext, options: Options) => Promise<ExitCode>;

/** A message for the person, on its own line. */
export const say = (terminal: Terminal, message: string): void => terminal.err.write(`${message}\n`);

/** Opens a session for the length of `run` and closes it whatever happens. */
export const withSession = async <T>(
  context: CommandContext,
  access: Access,
  run: (session: Session) => Promise<T>,
): Promise<T> => {
  const session = await context.openSession(access);
  try {
    return await run(session);
  } finally {
    await session.close('park');
  }
};

type Workspace = MethodOutput<'workspace.list'>[number];

/** By name as typed, else by id. Throws `workspace_unknown`. */
export const findWorkspace = async (session: Session, name: string): Promise<Workspace> => {
  const workspaces = await session.client.call('workspace.list', {});
  const found =
    workspaces.find((workspace) => workspace.name === name) ??
    workspaces.find((workspace) => workspace.id === name) ??
    workspaces.find((workspace) => workspace.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = workspaces.map((workspace) => workspace.name).join(', ');
  throw new AppError(
    'workspace_unknown',
    `There is no workspace named ${JSON.stringify(name)}. ${names === '' ? 'There is none yet; `cuebooth workspace add` makes one.' : `There are: ${names}.`}`,
  );
};

export const defaultProject = 'Default';

/** Null when the library has none of that name; reading makes nothing. */
export const findProject = async (
  session: Session,
  name: string,
): Promise<MethodOutput<'project.list'>[number] | null> =>
  (await session.client.call('project.list', {})).find((project) => project.name === name) ?? null;
