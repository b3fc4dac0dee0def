/** The free test after a workspace or its key is new: it warns, and what was done stands whatever it finds. */
import type { Workspace } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import { say, type CommandContext } from '../context.ts';
import { formatFailures } from '../output/test.ts';
import { oneLine } from '../output/width.ts';
import type { Session } from '../session.ts';

type Test = MethodOutput<'workspace.test'>;

/** Null where there is nothing to try (no key is needed or there), where it is not wished, or where it could not be made. */
export const tryWorkspace = async (
  context: CommandContext,
  session: Session,
  workspace: Workspace,
  wished: boolean,
): Promise<Test | null> => {
  if (!wished || !workspace.abilities.needsKey || !workspace.key.configured) return null;
  try {
    return await session.client.call('workspace.test', { workspaceId: workspace.id });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(context.terminal, `${oneLine(workspace.name)} could not be tested: ${oneLine(error.message)}`);
    return null;
  }
};

export const warnOfFailures = (context: CommandContext, workspace: Workspace, test: Test | null): void => {
  if (test === null) return;
  const { err } = context.terminal;
  err.write(formatFailures(workspace.name, test, err));
};
