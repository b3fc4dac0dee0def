/** `cuebooth queue resolve` and `adopt`: the decisions that only a person can take. */
import type { JobId, RenderId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { say, withSession, type Command } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { counted } from '../output/words.ts';
import { goOn, listJobs, report } from './queue.ts';

export interface ResolveOptions {
  readonly jobs: readonly string[];
  readonly all?: boolean;
  readonly render?: string;
  readonly decision: keyof typeof decisions;
  readonly yes?: boolean;
  readonly json?: boolean;
}
const decisions = {
  'look-again': 'look_again',
  resend: 'resend',
  'pay-again': 'pay_again',
  'give-up': 'give_up',
} as const;
const afterDecision: Readonly<Record<keyof typeof decisions, string>> = {
  'look-again': `The vendor's history and figures are looked at again, which is free. ${goOn}`,
  resend: goOn,
  'pay-again': goOn,
  'give-up': 'A late charge or a late answer is still noticed.',
};

export const resolveJobs: Command<ResolveOptions> = (context, options) =>
  withSession(context, 'edit', async (session) => {
    const { terminal } = context;
    if (options.jobs.length === 0 && options.all !== true && options.render === undefined) {
      throw new AppError(
        'invalid_input',
        'Name the jobs to decide, or use --all or --render. Nothing was changed; `cuebooth queue list --state uncertain` shows them.',
      );
    }
    const jobIds =
      options.jobs.length > 0
        ? options.jobs.map((job) => job as JobId)
        : (
            await listJobs(
              session,
              {
                states: ['uncertain'],
                ...(options.render === undefined ? {} : { renderId: options.render as RenderId }),
              },
              Number.MAX_SAFE_INTEGER,
            )
          )
            .filter((job) => job.resolution === 'ask')
            .map((job) => job.id);
    if (jobIds.length === 0) return report(context, 0, options.json, 'Nothing is waiting for a decision.');
    if (options.decision === 'pay-again' && options.yes !== true) {
      if (!terminal.interactive) {
        throw new AppError(
          'invalid_input',
          'Nothing was changed: pay-again may charge a second time, and there is nobody to ask. Add --yes to agree.',
        );
      }
      if (
        !(await terminal.confirm(
          `Send ${counted(jobIds.length, 'line')} as new requests, which may be charged a second time?`,
        ))
      ) {
        say(terminal, 'Nothing was changed.');
        return exitCodes.interrupted;
      }
    }
    const { changed } = await session.client.call('queue.resolve', { jobIds, decision: decisions[options.decision] });
    return report(
      context,
      changed,
      options.json,
      `Decided ${counted(changed, 'job')}. ${afterDecision[options.decision]}`,
    );
  });

/** A person recognised the lost call in the vendor's history. */
export const adoptJob: Command<{ readonly job: string; readonly vendorItemId: string; readonly json?: boolean }> = (
  context,
  options,
) =>
  withSession(context, 'edit', async ({ client }) => {
    const { changed } = await client.call('queue.adopt', {
      jobId: options.job as JobId,
      vendorItemId: options.vendorItemId,
    });
    return report(
      context,
      changed,
      options.json,
      changed === 0
        ? 'Nothing was changed: only a line whose outcome nobody knows can be given an item.'
        : `${options.vendorItemId} is the audio of ${options.job} now: it is fetched, which is free, and booked as charged. ${goOn}`,
    );
  });
