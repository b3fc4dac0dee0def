/** `cuebooth queue`: what is waiting, and how it is held, cancelled and tried again. */
import type { JobId, JobState, RenderId } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import { findWorkspace, say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output/json.ts';
import { formatEvidence } from '../output/evidence.ts';
import { formatTable } from '../output/table.ts';
import { counted, credits } from '../output/words.ts';
import type { Session } from '../session.ts';

type Jobs = MethodOutput<'queue.list'>;
const pageSize = 1000;
const shownEvidence = 20;
const openStates: readonly JobState[] = ['queued', 'running', 'uncertain', 'failed'];
/** What lets changed jobs work: no verb of the queue starts any. */
export const goOn = 'Run the same `cuebooth render` again, or `cuebooth serve`, to let it work.';

/** Page after page. */
export const listJobs = async (
  session: Session,
  filter: {
    readonly states?: readonly JobState[];
    readonly renderId?: RenderId;
    readonly workspaceId?: Jobs[number]['workspaceId'];
  },
  limit: number,
): Promise<Jobs> => {
  const { states, ...place } = filter;
  const jobs: Jobs = [];
  while (jobs.length < limit) {
    const last = jobs.at(-1);
    const page = await session.client.call('queue.list', {
      ...place,
      ...(states === undefined ? {} : { states: [...states] }),
      ...(last === undefined ? {} : { after: last.seq }),
      limit: Math.min(pageSize, limit - jobs.length),
    });
    jobs.push(...page);
    if (page.length < pageSize) break;
  }
  return jobs;
};

export interface QueueListOptions {
  readonly all?: boolean;
  readonly state?: readonly JobState[];
  readonly render?: string;
  readonly workspace?: string;
  readonly limit: number;
  readonly json?: boolean;
}
export const listQueue: Command<QueueListOptions> = (context, options) =>
  withSession(context, 'read', async (session) => {
    const { out } = context.terminal;
    const states = options.state ?? (options.all === true ? undefined : openStates);
    const jobs = await listJobs(
      session,
      {
        ...(states === undefined ? {} : { states }),
        ...(options.render === undefined ? {} : { renderId: options.render as RenderId }),
        ...(options.workspace === undefined
          ? {}
          : { workspaceId: (await findWorkspace(session, options.workspace)).id }),
      },
      options.limit,
    );
    if (options.json === true) {
      writeJson(out, jobs);
      return exitCodes.done;
    }
    const { tally } = await session.client.call('queue.lanes', {});
    say(context.terminal, `${tally.queued} queued, ${tally.running} running, ${tally.asking} to decide.`);
    out.write(
      formatTable(
        jobs,
        [
          { title: 'JOB', value: (job) => job.id },
          { title: 'STATE', value: (job) => (job.resolution === 'ask' ? `${job.state}, asks` : job.state) },
          { title: 'WORKSPACE', value: (job) => job.workspaceName },
          { title: 'VOICE', value: (job) => job.voice },
          { title: 'TEXT', value: (job) => job.text, flexible: true },
          { title: 'WHY', value: (job) => job.error?.message ?? '', flexible: true },
        ],
        out,
      ),
    );
    const looked = jobs.filter((job) => job.state === 'uncertain').map((job) => formatEvidence(job, out));
    const found = looked.filter((text) => text !== '');
    out.write(found.slice(0, shownEvidence).join(''));
    if (found.length > shownEvidence)
      say(context.terminal, `and what was found about ${found.length - shownEvidence} more; --json has it all.`);
    return exitCodes.done;
  });

export interface WhichOptions {
  readonly jobs?: readonly string[];
  readonly render?: string;
  readonly workspace?: string;
  readonly budget?: number;
  readonly json?: boolean;
}
/** One JSON object or one sentence. */
export const report = (
  context: CommandContext,
  changed: number,
  json: boolean | undefined,
  message: string,
): typeof exitCodes.done => {
  if (json === true) writeJson(context.terminal.out, { changed });
  else context.terminal.out.write(`${message}\n`);
  return exitCodes.done;
};

const hold =
  (verb: 'pause' | 'resume'): Command<WhichOptions> =>
  (context, options) =>
    withSession(context, 'edit', async (session) => {
      const { client } = session;
      const done = verb === 'pause' ? 'Paused' : 'Resumed';
      const after = verb === 'pause' ? 'Nothing new is sent until `cuebooth queue resume`.' : goOn;
      if (options.render !== undefined) {
        const renderId = options.render as RenderId;
        const render =
          verb === 'pause'
            ? await client.call('render.pause', { renderId })
            : await client.call('render.resume', {
                renderId,
                ...(options.budget === undefined ? {} : { budgetCredits: options.budget }),
              });
        const budget =
          verb === 'resume' && render.budgetCredits !== null ? ` (budget ${credits(render.budgetCredits)})` : '';
        return report(context, 1, options.json, `${done} ${render.title}${budget}. ${after}`);
      }
      const workspace = options.workspace === undefined ? null : await findWorkspace(session, options.workspace);
      const { changed } = await client.call(`queue.${verb}`, workspace === null ? {} : { workspaceId: workspace.id });
      return report(
        context,
        changed,
        options.json,
        `${done} ${workspace?.name ?? counted(changed, 'workspace')}. ${after}`,
      );
    });
export const pauseQueue = hold('pause');
export const resumeQueue = hold('resume');

const choose = async (session: Session, options: WhichOptions, verb: string) => {
  const which = {
    ...(options.jobs === undefined || options.jobs.length === 0
      ? {}
      : { jobIds: options.jobs.map((job) => job as JobId) }),
    ...(options.render === undefined ? {} : { renderId: options.render as RenderId }),
    ...(options.workspace === undefined ? {} : { workspaceId: (await findWorkspace(session, options.workspace)).id }),
  };
  if (Object.keys(which).length === 0) {
    throw new AppError(
      'invalid_input',
      `Name the jobs to ${verb}, or use --render or --workspace. Nothing was changed; \`cuebooth queue list\` shows them.`,
    );
  }
  return which;
};

export const cancelJobs: Command<WhichOptions> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { changed } = await session.client.call('queue.cancel', await choose(session, options, 'cancel'));
    return report(
      context,
      changed,
      options.json,
      `Cancelled ${counted(changed, 'job')}. Audio that was paid for is still stored when it arrives.`,
    );
  });

export const retryJobs: Command<WhichOptions> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { changed } = await session.client.call('queue.retry', await choose(session, options, 'retry'));
    return report(
      context,
      changed,
      options.json,
      `Queued ${counted(changed, 'job')} again. ${changed === 0 ? 'Only failed and cancelled ones can be retried.' : goOn}`,
    );
  });
