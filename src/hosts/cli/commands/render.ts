/** `cuebooth render`: from a script and its variants to takes, and to files. */
import type { Job, Problem, Render } from '#contract/entities.ts';
import { AppError, toErrorShape } from '#contract/errors.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { say, type Command, type CommandContext } from '../context.ts';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts';
import { parseTemplate, type NameTemplate } from '../out/naming.ts';
import { formatEstimate } from '../output/estimate.ts';
import { writeJsonLine } from '../output/json.ts';
import { errorsIn, formatProblems } from '../output/problems.ts';
import { createProgressBar } from '../output/progress.ts';
import { counted } from '../output/words.ts';
import { stoppingBudgets } from '../render/budgets.ts';
import { consent } from '../render/consent.ts';
import { allItems, deliver } from '../render/deliver.ts';
import { followRender } from '../render/follow.ts';
import type { RenderOptions } from '../render/options.ts';
import { explainEnding, exitCodeFor, resultLine } from '../render/outcome.ts';
import { prepare } from '../render/prepare.ts';
import { resumeHint, stopRender } from '../render/stop.ts';
import type { Session } from '../session.ts';

const progressFields = ({ id, state, progress }: Render): object => ({
  type: 'progress',
  renderId: id,
  state,
  ...progress,
});

/** Told at most this often in a stream of JSON lines. */
const lineEveryMs = 250;

const follow = async (context: CommandContext, session: Session, render: Render, json: boolean) => {
  const { terminal } = context;
  const bar = createProgressBar(terminal.err, terminal.now);
  let toldAt = Number.NEGATIVE_INFINITY;
  try {
    return await followRender(session, terminal, render, {
      onProgress: (latest, note) => {
        bar.show(latest.progress, note);
        if (!json || terminal.now() - toldAt < lineEveryMs) return;
        toldAt = terminal.now();
        writeJsonLine(terminal.out, progressFields(latest));
      },
      onMessage: (message) => {
        bar.clear();
        say(terminal, message);
      },
    });
  } finally {
    bar.clear();
  }
};

/** An estimate repeats what is wrong with its script; that was said when the script was read. */
const newProblems = (found: readonly Problem[], said: readonly Problem[]): Problem[] => {
  const known = new Set(said.map((problem) => JSON.stringify(problem)));
  return found.filter((problem) => !known.has(JSON.stringify(problem)));
};

type Estimate = MethodOutput<'render.estimate'>;

/** What is known of the accounts that would be charged; nothing where it cannot be told, because the order does not hang on it. */
const knownMeters = async (session: Session, estimate: Estimate): Promise<MethodOutput<'account.meters'>> =>
  estimate.fresh === 0 ? [] : session.client.call('account.meters', {}).catch(() => []);

/** The vendors' figures after a charge, so that what is asked next is right. That they cannot be read changes nothing. */
const refreshMeters = async (session: Session, render: Render, estimate: Estimate): Promise<void> => {
  if (render.progress.spentCredits === 0) return;
  const used = new Set(estimate.byWorkspace.map(({ workspaceId }) => workspaceId));
  const workspaces = await session.client.call('workspace.list', {}).catch(() => []);
  await Promise.all(
    workspaces
      .filter(({ id, abilities }) => (used.size === 0 || used.has(id)) && (abilities.balance || abilities.subscription))
      .map(({ id }) => session.client.call('account.refresh', { workspaceId: id }).catch(() => [])),
  );
};

const askingJobs = async (session: Session, render: Render): Promise<Job[]> => {
  if (render.progress.asking === 0) return [];
  const jobs = await session.client.call('queue.list', { renderId: render.id, states: ['uncertain'], limit: 1000 });
  return jobs.filter((job) => job.resolution === 'ask');
};

const run = async (
  context: CommandContext,
  session: Session,
  options: RenderOptions,
  template: NameTemplate,
): Promise<ExitCode> => {
  const { terminal } = context;
  const { client } = session;
  const json = options.json === true;
  const prepared = await prepare(context, session, options);
  const estimate = await client.call('render.estimate', prepared.order);
  const { title } = prepared.script;

  terminal.err.write(
    formatProblems(options.script, newProblems(estimate.problems, prepared.problems), 'text', terminal.err),
  );
  const looking = options.dryRun === true;
  if (json) writeJsonLine(terminal.out, { type: 'estimate', ...estimate });
  else
    (looking ? terminal.out : terminal.err).write(
      formatEstimate(title, estimate, looking ? terminal.out : terminal.err, await knownMeters(session, estimate)),
    );
  const errors = errorsIn(estimate.problems);
  if (errors > 0)
    throw new AppError('invalid_input', `The order has ${counted(errors, 'error')}. Nothing was rendered.`);
  const about = { project: prepared.project.name, script: prepared.script.path, title, scriptId: prepared.script.id };
  if (looking) {
    if (json)
      writeJsonLine(terminal.out, {
        type: 'summary',
        dryRun: true,
        exitCode: exitCodes.done,
        ...about,
        renderId: null,
      });
    else say(terminal, 'Nothing was rendered: this was a dry run.');
    return exitCodes.done;
  }
  if (!(await consent(terminal, estimate, await client.call('workspace.list', {}), options))) {
    say(terminal, 'Nothing was rendered.');
    if (json)
      writeJsonLine(terminal.out, {
        type: 'summary',
        exitCode: exitCodes.interrupted,
        ...about,
        renderId: null,
        state: 'declined',
      });
    return exitCodes.interrupted;
  }

  const render = await client.call('render.enqueue', { ...prepared.order, budgetCredits: options.budget ?? null });
  if (json) writeJsonLine(terminal.out, progressFields(render));
  const ending = await follow(context, session, render, json);
  if (ending.kind === 'signal') {
    const exitCode = await stopRender(session, terminal, ending.signal, ending.render.progress.running);
    if (json) {
      const { id, state, progress } = ending.render;
      writeJsonLine(terminal.out, {
        type: 'summary',
        exitCode,
        ...about,
        renderId: id,
        state,
        interrupted: true,
        resume: resumeHint,
        progress,
      });
    }
    return exitCode;
  }

  const exitCode = exitCodeFor(ending);
  const asking = await askingJobs(session, ending.render);
  const items = options.out === undefined ? [] : await allItems(session, ending.render.id);
  const delivery =
    options.out === undefined
      ? null
      : await deliver(context, session, prepared, items, { folder: options.out, template });
  const budgets =
    ending.kind === 'over_budget'
      ? stoppingBudgets(await client.call('budget.list', {}).catch(() => []), ending.render, estimate)
      : [];
  await refreshMeters(session, ending.render, estimate);
  terminal.err.write(explainEnding(ending, asking, terminal.err, budgets));
  if (json) {
    const { id, state, progress, errors: causes } = ending.render;
    writeJsonLine(terminal.out, {
      type: 'summary',
      exitCode,
      ...about,
      renderId: id,
      state,
      progress,
      errors: causes,
      asking,
      out: delivery,
    });
  } else terminal.out.write(resultLine(ending.render, estimate, delivery));
  return exitCode;
};

export const renderCommand: Command<RenderOptions> = async (context, options) => {
  const template = parseTemplate(options.name);
  try {
    const session = await context.openSession('work');
    try {
      return await run(context, session, options, template);
    } finally {
      await session.close('park');
    }
  } catch (error) {
    // The stream of a program ends with a summary whatever happened; the person's message follows on standard error.
    if (options.json === true && error instanceof AppError) {
      writeJsonLine(context.terminal.out, {
        type: 'summary',
        exitCode: exitCodeOf(error.code),
        renderId: null,
        error: toErrorShape(error),
      });
    }
    throw error;
  }
};
