/** `cuebooth alerts`: what a person should know of, until it is dismissed or over. */
import { say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { moment } from '../output/words.ts';

export interface AlertsOptions {
  readonly all?: boolean;
  readonly limit: number;
  readonly json?: boolean;
}

export const listAlerts: Command<AlertsOptions> = (context, options) =>
  withSession(context, 'read', async ({ client }) => {
    const { terminal } = context;
    const alerts = await client.call('alert.list', { all: options.all ?? false, limit: options.limit });
    if (options.json === true) {
      writeJson(terminal.out, alerts);
      return exitCodes.done;
    }
    if (alerts.length === 0)
      say(terminal, options.all === true ? 'There was no alert yet.' : 'There is nothing to tell.');
    const names = new Map((await client.call('workspace.list', {})).map(({ id, name }) => [id as string, name]));
    terminal.out.write(
      formatTable(
        alerts,
        [
          { title: 'SINCE', value: (alert) => moment(alert.createdAt) },
          { title: 'LEVEL', value: (alert) => alert.level },
          {
            title: 'WORKSPACE',
            value: (alert) => (alert.workspaceId === null ? '' : (names.get(alert.workspaceId) ?? alert.workspaceId)),
          },
          {
            title: 'STATE',
            value: (alert) => (alert.dismissedAt !== null ? 'dismissed' : alert.endedAt !== null ? 'over' : 'open'),
          },
          { title: 'WHAT', value: (alert) => alert.message, flexible: true },
          { title: 'ID', value: (alert) => alert.id },
        ],
        terminal.out,
      ),
    );
    return exitCodes.done;
  });

export const dismissAlert: Command<{ readonly id: string; readonly json?: boolean }> = (context, options) =>
  withSession(context, 'edit', async ({ client }) => {
    await client.call('alert.dismiss', { id: options.id });
    if (options.json === true) writeJson(context.terminal.out, { id: options.id, dismissed: true });
    else context.terminal.out.write('Dismissed. `cuebooth alerts --all` still shows it.\n');
    return exitCodes.done;
  });
