/** `cuebooth workspace`: connections to vendor accounts. */
import type { ProviderId, Workspace } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { findWorkspace, say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readKey, type KeyOptions } from '../key.ts';
import { writeJson } from '../output/json.ts';
import { createPaint } from '../output/paint.ts';
import { formatTable } from '../output/table.ts';

const keyState = (workspace: Workspace): string => {
  if (!workspace.abilities.needsKey) return 'none needed';
  if (workspace.key.locked) return 'locked';
  return workspace.key.configured ? `set ${workspace.key.hint ?? ''}`.trim() : 'missing';
};

const formatWorkspaces = (context: CommandContext, workspaces: readonly Workspace[]): string =>
  formatTable(
    workspaces,
    [
      { title: 'NAME', value: (workspace) => workspace.name },
      { title: 'PROVIDER', value: (workspace) => workspace.provider },
      { title: 'KEY', value: keyState },
      { title: 'STATE', value: (workspace) => (workspace.paused ? 'paused' : 'ready') },
      { title: 'URL', value: (workspace) => workspace.baseUrl ?? 'default', flexible: true },
    ],
    context.terminal.out,
  );

const show = (context: CommandContext, workspace: Workspace, json: boolean | undefined, message: string): void => {
  if (json === true) writeJson(context.terminal.out, workspace);
  else context.terminal.out.write(`${message}\n`);
};

export interface AddOptions extends KeyOptions {
  readonly provider: ProviderId;
  readonly name: string;
  readonly baseUrl?: string;
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  readonly json?: boolean;
}
export const addWorkspace: Command<AddOptions> = async (context, options) => {
  const key = await readKey(context.terminal, options, options.provider === 'scratch' ? 'none' : 'optional');
  return withSession(context, 'edit', async ({ client }) => {
    const workspace = await client.call('workspace.add', {
      provider: options.provider,
      name: options.name,
      baseUrl: options.baseUrl ?? null,
      settings: { ...options.set },
      ...(key === null ? {} : { key }),
    });
    show(context, workspace, options.json, `Added ${workspace.name} (${workspace.provider}).`);
    if (workspace.abilities.needsKey && !workspace.key.configured) {
      say(
        context.terminal,
        `It has no key yet: \`cuebooth workspace set-key ${JSON.stringify(workspace.name)}\` asks for it.`,
      );
    }
    return exitCodes.done;
  });
};

export const listWorkspaces: Command<{ readonly json?: boolean }> = (context, options) =>
  withSession(context, 'read', async ({ client }) => {
    const workspaces = await client.call('workspace.list', {});
    if (options.json === true) writeJson(context.terminal.out, workspaces);
    else if (workspaces.length === 0)
      say(context.terminal, 'There is no workspace yet; `cuebooth workspace add` makes one.');
    else context.terminal.out.write(formatWorkspaces(context, workspaces));
    return exitCodes.done;
  });

/** Free: no vendor is asked to speak. */
export const testWorkspaces: Command<{ readonly name?: string; readonly json?: boolean }> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { out } = context.terminal;
    const paint = createPaint(out);
    const chosen =
      options.name === undefined
        ? await session.client.call('workspace.list', {})
        : [await findWorkspace(session, options.name)];
    const results = [];
    for (const workspace of chosen) {
      const result = await session.client.call('workspace.test', { workspaceId: workspace.id });
      results.push({ workspaceId: workspace.id, workspace: workspace.name, ...result });
      if (options.json === true) continue;
      out.write(`${paint.bold(workspace.name)} ${result.ok ? paint.good('works') : paint.bad('does not work')}\n`);
      for (const check of result.checks) {
        const mark = check.ok === null ? paint.dim('-') : check.ok ? paint.good('✓') : paint.bad('✗');
        out.write(`  ${mark} ${check.name}: ${check.message}\n`);
      }
    }
    if (options.json === true) writeJson(out, results);
    return results.every((result) => result.ok) ? exitCodes.done : exitCodes.account;
  });

export const removeWorkspace: Command<{
  readonly name: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}> = async (context, options) =>
  withSession(context, 'edit', async (session) => {
    const workspace = await findWorkspace(session, options.name);
    if (options.yes !== true) {
      if (!context.terminal.interactive) {
        throw new AppError(
          'invalid_input',
          `${workspace.name} was not removed: there is nobody to ask. Add --yes to agree.`,
        );
      }
      const agreed = await context.terminal.confirm(
        `Remove ${workspace.name} and its key? Its takes and its ledger stay.`,
      );
      if (!agreed) {
        say(context.terminal, 'Nothing was removed.');
        return exitCodes.interrupted;
      }
    }
    await session.client.call('workspace.remove', { workspaceId: workspace.id });
    show(context, workspace, options.json, `Removed ${workspace.name}. Its takes and its ledger stay.`);
    return exitCodes.done;
  });

export const setWorkspaceKey: Command<KeyOptions & { readonly name: string; readonly json?: boolean }> = async (
  context,
  options,
) => {
  const key = (await readKey(context.terminal, options, 'required')) ?? '';
  return withSession(context, 'edit', async (session) => {
    const { id } = await findWorkspace(session, options.name);
    const workspace = await session.client.call('workspace.setKey', { workspaceId: id, key });
    show(context, workspace, options.json, `The key of ${workspace.name} is set (${workspace.key.hint ?? 'stored'}).`);
    return exitCodes.done;
  });
};
