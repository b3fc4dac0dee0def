/** `cuebooth workspace`: connections to vendor accounts. */
import type { CreditMeter } from '#contract/account.ts';
import type { Workspace } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { findWorkspace, say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readKey, type KeyOptions } from '../key.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { formatTest } from '../output/test.ts';
import { environmentName } from '#node/vault/environment.ts';
import { tryWorkspace, warnOfFailures } from './workspace-try.ts';

const keyState = (workspace: Workspace): string => {
  if (!workspace.abilities.needsKey) return 'none needed';
  if (workspace.key.locked) return 'locked';
  return workspace.key.configured ? `set ${workspace.key.hint ?? ''}`.trim() : 'missing';
};

const meterWords = {
  current: 'ready',
  stale: 'ready',
  free: 'ready',
  unread: 'not tried yet',
  refused: 'key refused',
  locked: 'locked',
  offline: 'not reached',
  retired: 'service ended',
} as const satisfies Record<CreditMeter['state'], string>;

/** `ready` is said only of a key that was seen to work. */
const stateOf = (workspace: Workspace, meter: CreditMeter | undefined): string => {
  if (workspace.paused) return 'paused';
  if (!workspace.abilities.needsKey) return 'ready';
  if (workspace.key.locked) return 'locked';
  if (!workspace.key.configured) return 'needs a key';
  return meterWords[meter?.state ?? 'unread'];
};

const formatWorkspaces = (
  context: CommandContext,
  workspaces: readonly Workspace[],
  meters: readonly CreditMeter[],
): string =>
  formatTable(
    workspaces,
    [
      { title: 'NAME', value: (workspace) => workspace.name },
      { title: 'PROVIDER', value: (workspace) => workspace.provider },
      { title: 'KEY', value: keyState },
      {
        title: 'STATE',
        value: (workspace) =>
          stateOf(
            workspace,
            meters.find((meter) => meter.workspaceId === workspace.id),
          ),
      },
      { title: 'URL', value: (workspace) => workspace.baseUrl ?? 'default', flexible: true },
    ],
    context.terminal.out,
  );

const show = (context: CommandContext, workspace: Workspace, json: boolean | undefined, message: string): void => {
  if (json === true) writeJson(context.terminal.out, workspace);
  else context.terminal.out.write(`${message}\n`);
};

export const listWorkspaces: Command<{ readonly json?: boolean }> = (context, options) =>
  withSession(context, 'read', async ({ client }) => {
    const workspaces = await client.call('workspace.list', {});
    if (options.json === true) writeJson(context.terminal.out, workspaces);
    else if (workspaces.length === 0)
      say(context.terminal, 'There is no workspace yet; `cuebooth workspace add` makes one.');
    else context.terminal.out.write(formatWorkspaces(context, workspaces, await client.call('account.meters', {})));
    return exitCodes.done;
  });

/** Free: no vendor is asked to speak. */
export const testWorkspaces: Command<{ readonly name?: string; readonly json?: boolean }> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { out } = context.terminal;
    const chosen =
      options.name === undefined
        ? await session.client.call('workspace.list', {})
        : [await findWorkspace(session, options.name)];
    const results = [];
    for (const workspace of chosen) {
      const result = await session.client.call('workspace.test', { workspaceId: workspace.id });
      results.push({ workspaceId: workspace.id, workspace: workspace.name, ...result });
      if (options.json !== true) out.write(formatTest(workspace.name, result, out));
    }
    if (options.json === true) writeJson(out, results);
    return results.every((result) => result.ok) ? exitCodes.done : exitCodes.account;
  });

/** True when the person agrees; where nobody can be asked, `--yes` is needed. */
const agreed = async (
  context: CommandContext,
  options: { readonly yes?: boolean },
  question: string,
  refusal: string,
): Promise<boolean> => {
  if (options.yes === true) return true;
  if (!context.terminal.interactive)
    throw new AppError('invalid_input', `${refusal}: there is nobody to ask. Add --yes to agree.`);
  if (await context.terminal.confirm(question)) return true;
  say(context.terminal, 'Nothing was removed.');
  return false;
};

export const removeWorkspace: Command<{
  readonly name: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}> = async (context, options) =>
  withSession(context, 'edit', async (session) => {
    const workspace = await findWorkspace(session, options.name);
    const question = `Remove ${workspace.name} and its key? Its takes and its ledger stay.`;
    if (!(await agreed(context, options, question, `${workspace.name} was not removed`))) return exitCodes.interrupted;
    await session.client.call('workspace.remove', { workspaceId: workspace.id });
    show(context, workspace, options.json, `Removed ${workspace.name}. Its takes and its ledger stay.`);
    return exitCodes.done;
  });

export interface SetKeyOptions extends KeyOptions {
  readonly name: string;
  /** False: `--no-test`. */
  readonly test?: boolean;
  readonly json?: boolean;
}

export const setWorkspaceKey: Command<SetKeyOptions> = async (context, options) => {
  const key = (await readKey(context.terminal, options, 'required')) ?? '';
  return withSession(context, 'edit', async (session) => {
    const { id } = await findWorkspace(session, options.name);
    const workspace = await session.client.call('workspace.setKey', { workspaceId: id, key });
    const test = await tryWorkspace(context, session, workspace, options.test ?? true);
    if (options.json === true)
      writeJson(context.terminal.out, { ...workspace, ...(test === null ? {} : { checks: test.checks }) });
    else context.terminal.out.write(`The key of ${workspace.name} is set (${workspace.key.hint ?? 'stored'}).\n`);
    warnOfFailures(context, workspace, test);
    return exitCodes.done;
  });
};

export const removeWorkspaceKey: Command<{ readonly name: string; readonly yes?: boolean; readonly json?: boolean }> = (
  context,
  options,
) =>
  withSession(context, 'edit', async (session) => {
    const { id, name } = await findWorkspace(session, options.name);
    const question = `Remove the key of ${name}? What waits in its queue waits until there is one again.`;
    if (!(await agreed(context, options, question, `The key of ${name} was not removed`))) return exitCodes.interrupted;
    const workspace = await session.client.call('workspace.removeKey', { workspaceId: id });
    show(context, workspace, options.json, `The key of ${name} is removed. Takes, ledger and history stay.`);
    if (workspace.key.configured)
      say(
        context.terminal,
        `The variable ${environmentName(name) ?? 'of its name'} still holds one; it is set outside Cuebooth.`,
      );
    return exitCodes.done;
  });
