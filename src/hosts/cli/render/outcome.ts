/** What a render came to: its exit code and the words for it. */
import { assertNever } from '#contract/errors.ts';
import type { Job, Render } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts';
import { createPaint } from '../output/paint.ts';
import { formatTable } from '../output/table.ts';
import { oneLine } from '../output/width.ts';
import { count, counted, credits, moment } from '../output/words.ts';
import type { Sink } from '../terminal.ts';
import type { Delivery } from './deliver.ts';
import type { Ending } from './follow.ts';
import { resumeHint } from './stop.ts';

type Finished = Exclude<Ending, { readonly kind: 'signal' }>;

export const exitCodeFor = (ending: Finished): ExitCode => {
  switch (ending.kind) {
    case 'finished':
      if (ending.render.progress.asking > 0) return exitCodes.needsDecision;
      return ending.render.progress.failed + ending.render.progress.cancelled > 0
        ? exitCodes.someLinesFailed
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

/** The result in one or two sentences, for standard output. */
export const resultLine = (
  render: Render,
  estimate: MethodOutput<'render.estimate'>,
  delivery: Delivery | null,
): string => {
  const { progress } = render;
  const ready = progress.owned + progress.succeeded;
  const first =
    progress.units > 0 && progress.owned === progress.units && estimate.fresh === 0
      ? `Nothing to render: all ${counted(progress.units, 'line')} were owned already.`
      : `${count(ready)} of ${counted(progress.units, 'line')} ready: ${count(progress.succeeded)} rendered, ${count(progress.owned)} owned already; ${progress.spentCredits === 0 ? 'nothing was charged' : `${credits(progress.spentCredits)} charged`}.`;
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

export const decisionHint = `Nobody knows whether these were charged. Look in the vendor's own history, then decide for each:
  cuebooth queue resolve <job> --decision resend      send the same request with the same key again
  cuebooth queue resolve <job> --decision pay-again   make a new request, which may be charged once more
  cuebooth queue resolve <job> --decision give-up     leave the line; a late charge is still noticed
`;

/** What went wrong or waits, and what to do about it, for standard error. Empty when all is well. */
export const explainEnding = (ending: Finished, asking: readonly Job[], sink: Sink): string => {
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
      formatAsking(asking, sink) + decisionHint.trimEnd(),
    );
  if (ending.kind === 'over_budget') {
    const budget = render.budgetCredits === null ? '' : ` of ${credits(render.budgetCredits)}`;
    lines.push(
      paint.warn(`The budget${budget} is used up; ${counted(render.progress.queued, 'line')} wait.`),
      `  Run the same command with a larger --budget, or \`cuebooth queue resume --render ${render.id} --budget N\`.`,
    );
  }
  if (ending.kind === 'stuck') {
    lines.push(
      paint.warn(`${counted(render.progress.queued, 'line')} wait and nothing moves:`),
      ...ending.reasons.map((reason) => `  ${reason}`),
      `  ${resumeHint}`,
    );
  }
  if (render.state === 'cancelled') lines.push('The render was cancelled; what was paid for is kept.');
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
};
