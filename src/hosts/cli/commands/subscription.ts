/** `cuebooth subscription`: what a vendor says of its contract with us. */
import type { MethodOutput } from '#contract/methods/index.ts';
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodeOfMeter, exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { createPaint } from '../output/paint.ts';
import { subscriptionRows } from '../output/subscription.ts';
import { oneLine, padTo, printable, widthOf } from '../output/width.ts';
import { ago } from '../output/words.ts';

export interface SubscriptionOptions {
  readonly workspace?: string;
  readonly refresh?: boolean;
  readonly json?: boolean;
}

export const showSubscription: Command<SubscriptionOptions> = (context, options) =>
  withSession(context, options.refresh === true ? 'edit' : 'read', async (session) => {
    const { terminal } = context;
    const { out } = terminal;
    const paint = createPaint(out);
    const chosen =
      options.workspace === undefined
        ? (await session.client.call('workspace.list', {})).filter(({ abilities }) => abilities.subscription)
        : [await findWorkspace(session, options.workspace)];
    const found: (MethodOutput<'account.subscription'> & { readonly workspace: string })[] = [];
    for (const { id, name } of chosen) {
      if (options.refresh === true) await session.client.call('account.refresh', { workspaceId: id });
      found.push({ workspace: name, ...(await session.client.call('account.subscription', { workspaceId: id })) });
    }
    const named = options.workspace === undefined ? undefined : found[0];
    const isUnread = named !== undefined && (options.refresh === true || named.subscription === null);
    const exitCode = isUnread
      ? exitCodeOfMeter(
          (await session.client.call('account.meters', {})).find(
            ({ workspaceId }) => workspaceId === named.workspaceId,
          ),
        )
      : exitCodes.done;
    if (options.json === true) {
      writeJson(out, found);
      return exitCode;
    }
    if (found.length === 0) say(terminal, 'No workspace here has a vendor that tells of a subscription.');
    for (const { workspace, subscription, readAt, message } of found) {
      if (message !== null) say(terminal, `${workspace}: ${oneLine(message)}`);
      if (subscription === null) {
        if (message === null)
          say(
            terminal,
            `${workspace}: nothing was read yet. \`cuebooth subscription ${JSON.stringify(workspace)} --refresh\` asks the vendor; that is free.`,
          );
        continue;
      }
      const age = readAt === null ? '' : paint.dim(` (read ${ago(readAt, terminal.now())})`);
      out.write(`${paint.bold(printable(workspace))}${age}\n`);
      const rows = subscriptionRows(subscription, terminal.now());
      const width = Math.max(...rows.map(([name]) => widthOf(name)));
      for (const [name, value] of rows) out.write(`  ${paint.dim(padTo(oneLine(name), width))}  ${oneLine(value)}\n`);
    }
    return exitCode;
  });
