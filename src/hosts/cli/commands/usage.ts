/** `cuebooth usage`: what was used, by our ledger and by the vendors' own count. */
import type { UsageDimension, UsageRow } from '#contract/account.ts';
import { AppError } from '#contract/errors.ts';
import { findWorkspace, say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatTable, type Column } from '../output/table.ts';
import { oneLine } from '../output/width.ts';
import { counted, credits, dayMs, figure, utcDay } from '../output/words.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

export interface UsageOptions {
  readonly from?: string;
  readonly to?: string;
  /** Default: by day. */
  readonly by?: readonly UsageDimension[];
  readonly workspace?: string;
  readonly source: 'ledger' | 'vendor' | 'both';
  readonly csv?: boolean;
  readonly sync?: boolean;
  readonly json?: boolean;
}
const defaultDays = 30;

/** Both days within; UTC, as vendors count. */
const periodOf = (options: UsageOptions, now: number): { readonly from: string; readonly to: string } => {
  const to = options.to ?? utcDay(now);
  const from = options.from ?? utcDay(Date.parse(`${to}T00:00:00Z`) - (defaultDays - 1) * dayMs);
  if (from > to)
    throw new AppError('invalid_input', `The first day, ${from}, is after the last one, ${to}. Nothing was read.`);
  return { from, to };
};

type Measure = 'credits' | 'characters' | 'seconds' | 'minutes' | 'takes';
const measures: readonly Measure[] = ['credits', 'characters', 'seconds', 'minutes', 'takes'];

type Names = ReadonlyMap<string, string>;

const columnsOf = (rows: readonly UsageRow[], by: readonly UsageDimension[], names: Names): Column<UsageRow>[] => {
  const workspaces = new Set(rows.map(({ workspaceId }) => workspaceId));
  const sources = new Set(rows.map(({ source }) => source));
  return [
    ...by.map(
      (dimension, at): Column<UsageRow> => ({
        title: dimension.toUpperCase(),
        value: (row) => row.labels[at] ?? '',
        ...(dimension === 'day' || dimension === 'month' ? {} : { flexible: true as const }),
      }),
    ),
    ...(workspaces.size > 1 && !by.includes('workspace')
      ? [
          {
            title: 'WORKSPACE',
            value: ({ workspaceId: id }: UsageRow) => (id === null ? '' : (names.get(id) ?? id)),
            flexible: true as const,
          },
        ]
      : []),
    ...(sources.size > 1 ? [{ title: 'COUNTED BY', value: ({ source }: UsageRow) => source }] : []),
    ...measures
      .filter((measure) => rows.some((row) => row[measure] !== null))
      .map(
        (measure): Column<UsageRow> => ({
          title: measure.toUpperCase(),
          value: (row) => {
            const value = row[measure];
            // The vendor's minutes keep all their decimals.
            return value === null ? '' : measure === 'minutes' ? String(value) : figure(value);
          },
          align: 'right',
        }),
      ),
  ];
};

const namesOf = async ({ client }: Session): Promise<Names> =>
  new Map((await client.call('workspace.list', {})).map(({ id, name }) => [id as string, name]));

/** Credits of different vendors are different things: one total for each workspace and each way of counting. */
const sayTotals = (terminal: Terminal, rows: readonly UsageRow[], names: Names): void => {
  const totals = new Map<string, number>();
  for (const { workspaceId, source, credits: spent } of rows) {
    if (workspaceId === null || spent === null) continue;
    const title = `${names.get(workspaceId) ?? workspaceId}, ${source === 'ledger' ? 'by our ledger' : 'by the vendor'}`;
    totals.set(title, (totals.get(title) ?? 0) + spent);
  }
  for (const [title, spent] of totals) say(terminal, `${oneLine(title)}: ${credits(spent)}.`);
};

export const showUsage: Command<UsageOptions> = (context, options) => {
  const { terminal } = context;
  const by = options.by ?? ['day'];
  const period = periodOf(options, terminal.now());
  return withSession(context, options.sync === true ? 'edit' : 'read', async (session) => {
    const only =
      options.workspace === undefined ? {} : { workspaceId: (await findWorkspace(session, options.workspace)).id };
    if (options.sync === true) {
      for (const { workspaceName, days, rows, message } of await session.client.call('usage.sync', {
        ...only,
        ...period,
      }))
        say(terminal, `${workspaceName}: ${message ?? `${counted(days, 'day')} read, ${counted(rows, 'row')}.`}`);
    }
    const query = { ...period, ...only, by: [...by], source: options.source };
    if (options.csv === true) {
      terminal.out.write((await session.client.call('usage.export', { ...query, format: 'csv' })).text);
      return exitCodes.done;
    }
    const { rows } = await session.client.call('usage.query', query);
    if (options.json === true) {
      writeJson(terminal.out, rows);
      return exitCodes.done;
    }
    say(terminal, `${period.from} to ${period.to}, days in UTC.`);
    if (rows.length === 0) say(terminal, 'Nothing was used in these days.');
    const names = await namesOf(session);
    terminal.out.write(formatTable(rows, columnsOf(rows, by, names), terminal.out));
    sayTotals(terminal, rows, names);
    return exitCodes.done;
  });
};
