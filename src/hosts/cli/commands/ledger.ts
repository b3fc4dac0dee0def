/** `cuebooth ledger`: every paid call and what it came to. */
import type { LedgerRow, RenderId } from '#contract/entities.ts';
import { say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { counted, credits, moment } from '../output/words.ts';

export interface LedgerOptions {
  readonly render?: string;
  readonly json?: boolean;
}
const pageSize = 100_000;

export const showLedger: Command<LedgerOptions> = (context, options) =>
  withSession(context, 'read', async ({ client }) => {
    const { terminal } = context;
    const rows: LedgerRow[] = [];
    for (let page: LedgerRow[] | null = null; page === null || page.length === pageSize; ) {
      const last = rows.at(-1);
      page = await client.call('ledger.list', {
        ...(options.render === undefined ? {} : { renderId: options.render as RenderId }),
        ...(last === undefined ? {} : { after: last.generationId }),
        limit: pageSize,
      });
      rows.push(...page);
    }
    if (options.json === true) {
      writeJson(terminal.out, rows);
      return exitCodes.done;
    }
    if (rows.length === 0) say(terminal, 'Nothing was paid for yet.');
    terminal.out.write(
      formatTable(
        rows,
        [
          { title: 'SENT', value: (row) => (row.submittedAt === null ? '' : moment(row.submittedAt)) },
          { title: 'WORKSPACE', value: (row) => row.workspace },
          { title: 'PROJECT', value: (row) => row.project, flexible: true },
          { title: 'STATE', value: (row) => row.state },
          {
            title: 'ESTIMATE',
            value: (row) => (row.estimateCredits === null ? '?' : String(row.estimateCredits)),
            align: 'right',
          },
          { title: 'CHARGED', value: (row) => String(row.chargedCredits), align: 'right' },
          { title: 'PERSON', value: (row) => row.person },
          { title: 'VENDOR ID', value: (row) => row.vendorId ?? '', flexible: true },
          { title: 'GENERATION', value: (row) => row.generationId },
        ],
        terminal.out,
      ),
    );
    const charged = new Map<string, number>();
    for (const row of rows) charged.set(row.workspace, (charged.get(row.workspace) ?? 0) + row.chargedCredits);
    for (const [workspace, total] of charged) say(terminal, `${workspace}: ${credits(total)} in all.`);
    if (rows.length > 0) say(terminal, counted(rows.length, 'call'));
    return exitCodes.done;
  });
