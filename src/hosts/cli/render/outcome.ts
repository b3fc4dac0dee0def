/** What a render came to: its exit code and the words for it. */
import type { Budget } from '#contract/account.ts';
import { assertNever, ErrorCode } from '#contract/errors.ts';
import type { Job, Render } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts';
import { createPaint } from '../output/paint.ts';
import { formatTable } from '../output/table.ts';
import { oneLine } from '../output/width.ts';
import { count, counted, credits, figure, moment } from '../output/words.ts';
import type { Sink } from '../terminal.ts';
import type { Delivery } from './deliver.ts';
import type { Ending } from './follow.ts';
import { resumeHint } from './stop.ts';

type Finished = Exclude<Ending, { readonly kind: 'signal' }>;

/** What the shell is told of failed lines: one cause that all of them share goes before the general code. */
const exitCodeOfFailed = ({ errors, progress }: Render): ExitCode => {
  const explained = errors.reduce((sum, error) => sum + error.count, 0);
  if (progress.cancelled > 0 || explained < progress.failed) return exitCodes.someLinesFailed;
  const codes = errors.map((error) => ErrorCode.safeParse(error.code).data ?? null);
  if (codes.every((code) => code !== null && exitCodeOf(code) === exitCodes.account)) return exitCodes.account;
  return codes.every((code) => code === 'provider_retired' || code === 'provider_offline')
    ? exitCodes.unreachable
    : exitCodes.someLinesFailed;
};

export const exitCodeFor = (ending: Finished): ExitCode => {
  switch (ending.kind) {
    case 'finished':
      if (ending.render.progress.asking > 0) return exitCodes.needsDecision;
      return ending.render.progress.failed + ending.render.progress.cancelled > 0
        ? exitCodeOfFailed(ending.render)
        : exitCodes.done;
    case 'over_budget':
      return exitCodes.overBudget;
    case 'asking':
      return exitCodes.needsDecision;
    case 'stuck':
      return ending.cause === null ? exitCodes.account : exitCodeOf(ending.cause);
    default:
      return assertNever(ending);
  }
};

/** Lines that an earlier order queued may be booked to it: an order that shares some cannot say that nothing was charged. */
const chargedWords = (spent: number, { open }: MethodOutput<'render.estimate'>): string => {
  if (open === 0) return spent === 0 ? 'nothing was charged' : `${credits(spent)} charged`;
  if (spent > 0) return `${credits(spent)} charged for this order's lines`;
  return `no charge is on record for this order; what an earlier order had queued (${counted(open, 'line')}) is in \`cuebooth ledger\``;
};

/** The result in one or two sentences, for standard output. */
export const resultLine = (
  render: Render,
  estimate: MethodOutput<'render.estimate'>,
  delivery: Delivery | null,
): string => {
  const { progress } = render;
  const ready = progress.owned + progress.succeeded;
  const first =
    progress.units > 0 && progress.owned === progress.units && estimate.fresh === 0 && estimate.open === 0
      ? `Nothing to render: all ${counted(progress.units, 'line')} were owned already.`
      : `${count(ready)} of ${counted(progress.units, 'line')} ready: ${count(progress.succeeded)} rendered, ${count(progress.owned)} owned already; ${chargedWords(progress.spentCredits, estimate)}.`;
  if (delivery === null) return `${first}\n`;
  const parts = [
    `${count(delivery.written)} written`,
    ...(delivery.replaced > 0 ? [`${count(delivery.replaced)} replaced`] : []),
    ...(delivery.kept > 0 ? [`${count(delivery.kept)} there already`] : []),
    ...(delivery.missing > 0 ? [`${count(delivery.missing)} not ready`] : []),
  ];
  return `${first}\n${counted(delivery.written + delivery.replaced + delivery.kept, 'file')} in ${delivery.folder}: ${parts.join(', ')}.\n`;
};

export const formatAsking = (jobs: readonly Job[], sink: Sink): string =>
  formatTable(
    jobs,
    [
      { title: 'JOB', value: (job) => job.id },
      { title: 'WORKSPACE', value: (job) => job.workspaceName },
      {
        title: 'SENT',
        value: (job) => (job.generation?.submittedAt == null ? '' : moment(job.generation.submittedAt)),
      },
      {
        title: 'VENDOR ID OR KEY',
        value: (job) => job.generation?.vendorId ?? job.generation?.idempotencyKey ?? 'none',
      },
      { title: 'TEXT', value: (job) => job.text, flexible: true },
    ],
    sink,
  );

/** The ways to decide that these jobs have; only a call with a key of ours can be sent again as the same one. */
export const decisionHint = (jobs: readonly Job[]): string => {
  const keyed = jobs.filter(({ generation }) => generation !== null && generation.idempotencyKey !== null);
  const which = keyed.length === jobs.length ? '' : `; only for ${keyed.map(({ id }) => id).join(', ')}`;
  return [
    "Nobody knows whether these were charged. Look in the vendor's own history, then decide for each:",
    "  cuebooth queue resolve <job> --decision look-again  look in the vendor's history and figures again, free",
    ...(keyed.length === 0
      ? []
      : [
          `  cuebooth queue resolve <job> --decision resend      send the same request with the same key again${which}`,
        ]),
    '  cuebooth queue resolve <job> --decision pay-again   make a new request, which may be charged once more',
    '  cuebooth queue resolve <job> --decision give-up     leave the line; a late charge is still noticed',
    "  cuebooth queue adopt <job> <item>                   take an item of the vendor's history as the lost line, free",
  ].join('\n');
};

const waitWords = (lines: number): string => `${counted(lines, 'line')} ${lines === 1 ? 'waits' : 'wait'}`;
const quoted = (name: string): string => JSON.stringify(oneLine(name));

/** What went wrong or waits, and what to do about it, for standard error. Empty when all is well. */
export const explainEnding = (
  ending: Finished,
  asking: readonly Job[],
  sink: Sink,
  /** The library's budgets that stopped it; none: its own did. */
  budgets: readonly Budget[] = [],
): string => {
  const { render } = ending;
  const paint = createPaint(sink);
  const lines: string[] = [];
  if (render.errors.length > 0) {
    lines.push(paint.bad(`${counted(render.progress.failed, 'line')} failed:`));
    for (const error of render.errors)
      lines.push(`  ${count(error.count)} × ${oneLine(error.message)} (${error.code})`);
    lines.push(
      `  The others are kept. \`cuebooth queue retry --render ${render.id}\` queues them again; so does running the same command.`,
    );
  }
  if (asking.length > 0)
    lines.push(
      paint.warn(`${counted(asking.length, 'line')} to decide:`),
      formatAsking(asking, sink) + decisionHint(asking),
    );
  if (ending.kind === 'over_budget') {
    const waiting = waitWords(render.progress.queued);
    if (budgets.length === 0) {
      const budget = render.budgetCredits === null ? '' : ` of ${credits(render.budgetCredits)}`;
      lines.push(
        paint.warn(`The budget${budget} is used up; ${waiting}.`),
        `  Run the same command with a larger --budget, or \`cuebooth queue resume --render ${render.id} --budget N\`.`,
      );
    } else {
      lines.push(
        ...budgets.map((budget) =>
          paint.warn(
            `The budget ${quoted(budget.name)} of ${credits(budget.stopCredits ?? 0)} is reached (${figure(budget.spentCredits)} charged).`,
          ),
        ),
        `  ${waiting[0]?.toUpperCase()}${waiting.slice(1)}. Raise it with: ${budgets.map(({ name }) => `cuebooth budget set --name ${quoted(name)} --stop N`).join(', and ')}`,
        '  Then run the same command again.',
      );
    }
  }
  if (ending.kind === 'stuck') {
    lines.push(
      paint.warn(`${waitWords(render.progress.queued)} and nothing moves:`),
      ...ending.reasons.map((reason) => `  ${reason}`),
      `  ${resumeHint}`,
    );
  }
  if (render.state === 'cancelled') lines.push('The render was cancelled; what was paid for is kept.');
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
};
