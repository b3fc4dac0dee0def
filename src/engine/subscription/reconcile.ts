/** The vendor's figures beside our ledger, and why they differ. Free; changes no books. */
import type { Reconciliation } from '#contract/account.ts';
import { getAttempt, latestReading } from '../database/account-readings.ts';
import { spentBetween } from '../database/usage-totals.ts';
import { dayMs } from '../database/utc-day.ts';
import type { WorkspaceRow } from '../database/workspaces.ts';
import type { Ports } from '../ports.ts';
import type { CallContext, SpeechProvider } from '../providers/provider.ts';
import { plus } from '../usage/vendor-rows.ts';
import { callContextOf, problemOf } from '../usage/vendor-call.ts';
import { explainCalls } from './explain.ts';
import { refreshEveryMs } from './meter.ts';
import { runningPeriod } from './meters.ts';
import { vendorFigure } from './vendor-figure.ts';

/** Compared where no billing period is known. */
const defaultDays = 30;

export interface ReconcileOrder {
  /** Epoch ms; default: the running billing period, else 30 days. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Lines handed back; all of them count. */
  readonly limit: number;
  /** What a charge says of itself that was reckoned by us. */
  readonly estimatedNote: string;
}

/** The account should have been refreshed just before. */
export const reconcile = async (
  ports: Pick<Ports, 'database' | 'vault' | 'clock'>,
  provider: SpeechProvider,
  row: WorkspaceRow,
  order: ReconcileOrder,
  signal: AbortSignal,
): Promise<Reconciliation> => {
  const { database, clock } = ports;
  const now = clock.now();
  const reading = latestReading(database, row.seq);
  const attempt = getAttempt(database, row.seq);
  const runningSince = runningPeriod(database, row.seq, reading, now);
  const to = order.to ?? now + 1;
  const from = order.from ?? Math.min(runningSince ?? to - defaultDays * dayMs, to);
  const figure = await vendorFigure(
    ports,
    provider,
    row,
    { from, to, runningSince },
    {
      reading,
      isFresh: reading !== null && attempt?.error === null && now - reading.at < refreshEveryMs,
      message: attempt?.error?.message ?? null,
    },
    signal,
  );
  const sources = [...figure.sources];
  let context: CallContext | null = null;
  try {
    context = await callContextOf(ports.vault, provider, row, signal);
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) throw error;
    sources.push(problem.message);
  }
  const explained = await explainCalls(ports, row.seq, figure, { provider, context }, order.estimatedNote);
  sources.push(...explained.sources);
  let vendorCredits = figure.credits;
  if (vendorCredits === null && explained.listedCredits !== null) {
    vendorCredits = explained.listedCredits;
    sources.push("The vendor's figure is what its list of calls adds up to.");
  }
  const ourCredits = spentBetween(database, row.seq, figure.from, figure.to);
  const difference = vendorCredits === null ? null : plus(vendorCredits, -ourCredits);
  // A call that nobody has a figure of explains nothing.
  const sum = explained.lines.reduce(
    (total, line) =>
      line.kind === 'open_call' && line.vendorCredits === null
        ? total - (line.ourCredits ?? 0)
        : total + (line.vendorCredits ?? 0) - (line.ourCredits ?? 0),
    0,
  );
  const explainedCredits = plus(sum, 0) ?? 0;
  return {
    workspaceId: row.id,
    workspaceName: row.name,
    from: figure.from,
    to: figure.to,
    vendorCredits,
    ourCredits,
    difference,
    explained: explainedCredits,
    unexplained: difference === null ? null : plus(difference, -explainedCredits),
    sources,
    lines: explained.lines.slice(0, order.limit),
    moreLines: Math.max(0, explained.lines.length - order.limit),
  };
};
