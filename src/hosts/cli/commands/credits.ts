/** `cuebooth credits`: what each vendor account has left. */
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodeOfMeter, exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { meterColumns } from '../output/meter.ts';
import { formatTable } from '../output/table.ts';
import { oneLine } from '../output/width.ts';

export interface CreditsOptions {
  readonly workspace?: string;
  readonly refresh?: boolean;
  readonly json?: boolean;
}

export const showCredits: Command<CreditsOptions> = (context, options) =>
  withSession(context, options.refresh === true ? 'edit' : 'read', async (session) => {
    const { terminal } = context;
    const only = options.workspace === undefined ? null : (await findWorkspace(session, options.workspace)).id;
    const read =
      options.refresh === true
        ? await session.client.call('account.refresh', only === null ? {} : { workspaceId: only })
        : await session.client.call('account.meters', {});
    const meters = read.filter((meter) => only === null || meter.workspaceId === only);
    // Only who names an account and asks for its figure now is told by the code that it was not read.
    const exitCode = only !== null && options.refresh === true ? exitCodeOfMeter(meters[0]) : exitCodes.done;
    if (options.json === true) {
      writeJson(terminal.out, meters);
      return exitCode;
    }
    if (meters.length === 0) say(terminal, 'There is no workspace yet; `cuebooth workspace add` makes one.');
    terminal.out.write(formatTable(meters, meterColumns(terminal.now()), terminal.out));
    for (const { workspaceName, message, costUnit } of meters)
      if (message !== null && costUnit !== 'free') say(terminal, `${workspaceName}: ${oneLine(message)}`);
    if (options.refresh !== true && meters.some(({ state }) => state === 'unread' || state === 'stale'))
      say(terminal, '`cuebooth credits --refresh` asks the vendors now; that is free.');
    return exitCode;
  });
