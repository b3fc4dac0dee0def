/** `cuebooth reconcile`: why the vendor's figure is not ours. */
import type { Reconciliation, ReconciliationLine } from '#contract/account.ts';
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { createPaint } from '../output/paint.ts';
import { formatTable } from '../output/table.ts';
import { oneLine, padTo } from '../output/width.ts';
import { count, credits, dayMs, figure, moment, utcDay } from '../output/words.ts';
import type { Sink } from '../terminal.ts';

export interface ReconcileOptions {
  readonly workspace: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly json?: boolean;
}

const kindWords: Readonly<Record<ReconciliationLine['kind'], string>> = {
  vendor_only: 'vendor only',
  ours_only: 'ours only',
  amount_differs: 'differs',
  open_call: 'still open',
  estimated: 'estimated',
};
const signed = (value: number): string => `${value > 0 ? '+' : ''}${figure(value)}`;
const maybe = (value: number | null): string => (value === null ? 'not told' : credits(value));

const summary = (report: Reconciliation, sink: Pick<Sink, 'color'>): string => {
  const paint = createPaint(sink);
  const row = (name: string, value: string): string => `  ${paint.dim(padTo(name, 13))}${value}\n`;
  const { difference, unexplained } = report;
  return [
    `${paint.bold(oneLine(report.workspaceName))} ${utcDay(report.from)} to ${utcDay(report.to - 1)}\n`,
    row('vendor says', maybe(report.vendorCredits)),
    row('our ledger', credits(report.ourCredits)),
    row(
      'difference',
      difference === null ? 'cannot be told' : difference === 0 ? 'none' : `${signed(difference)} (vendor less ours)`,
    ),
    row('explained', `${signed(report.explained)} by ${report.lines.length + report.moreLines} lines`),
    row(
      'unexplained',
      unexplained === null
        ? 'cannot be told'
        : unexplained === 0
          ? paint.good('nothing')
          : paint.warn(signed(unexplained)),
    ),
    ...report.sources.map((source, at) => row(at === 0 ? 'read from' : '', oneLine(source))),
  ].join('');
};

/** Days are UTC, both within. */
export const reconcile: Command<ReconcileOptions> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { out } = context.terminal;
    const { id } = await findWorkspace(session, options.workspace);
    const report = await session.client.call('account.reconcile', {
      workspaceId: id,
      ...(options.from === undefined ? {} : { from: Date.parse(`${options.from}T00:00:00Z`) }),
      ...(options.to === undefined ? {} : { to: Date.parse(`${options.to}T00:00:00Z`) + dayMs }),
      limit: options.limit,
    });
    if (options.json === true) {
      writeJson(out, report);
      return exitCodes.done;
    }
    out.write(summary(report, out));
    out.write(
      formatTable(
        report.lines,
        [
          { title: 'WHEN', value: (line) => (line.at === null ? '' : moment(line.at)) },
          { title: 'WHY', value: (line) => kindWords[line.kind] },
          {
            title: 'VENDOR',
            value: (line) => (line.vendorCredits === null ? '' : figure(line.vendorCredits)),
            align: 'right',
          },
          { title: 'OURS', value: (line) => (line.ourCredits === null ? '' : figure(line.ourCredits)), align: 'right' },
          { title: 'VOICE', value: (line) => line.voice ?? '' },
          { title: 'TEXT', value: (line) => line.text ?? '', flexible: true },
          { title: 'NOTE', value: (line) => line.note, flexible: true },
        ],
        out,
      ),
    );
    if (report.moreLines > 0)
      say(context.terminal, `and ${count(report.moreLines)} more; --limit shows more than ${options.limit}.`);
    return exitCodes.done;
  });
