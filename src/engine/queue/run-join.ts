/** A text that was rendered in parts becomes one take: free, and made again from the parts whenever it is interrupted. */
import type { JoinedRecipe } from '#contract/entities.ts';
import { listParts } from '../database/recipes.ts';
import { audioPath, mediaPath, receiveAudio } from '../takes/store-audio.ts';
import type { LaneContext, RunningJob } from './lane-context.ts';
import { persist } from './failures.ts';
import { backToQueue } from './hand-over.ts';
import { settleFailed } from './settle.ts';
import { measure } from '../takes/measure.ts';
import { isOwnDisk, storeTake } from './store-take.ts';

/** Name in `incoming/` of a joined body on its way; it belongs to no generation. */
export const joinName = (jobId: string): string => `join-${jobId}`;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

export const runJoinJob = async (context: LaneContext, running: RunningJob): Promise<void> => {
  const { ports, group } = context;
  const { job } = running;
  const recipe = JSON.parse(job.canonical) as JoinedRecipe;
  const parts = listParts(ports.database, job.recipeId, job.takeNo);
  const paths = parts.flatMap(({ sha256, format, gapAfterMs }) =>
    sha256 === null || format === null ? [] : [{ path: ports.files.absolute(mediaPath(sha256, format)), gapAfterMs }],
  );
  try {
    if (paths.length !== parts.length) throw new Error('A part has no audio yet.');
    const bytes = await ports.compute.join({ parts: paths }, context.call().signal);
    const name = joinName(job.id);
    const received = await persist(context, () => receiveAudio(ports, name, once(bytes)));
    const result = await measure(ports, audioPath(name), null);
    if (result.kind === 'bad') throw new Error(result.problem);
    const { takeId, joinReady } = await persist(context, () =>
      storeTake(ports, group, {
        job,
        hash: job.hash,
        canonical: job.canonical,
        recipe,
        from: audioPath(name),
        received,
        report: result.report,
        suspect: null,
        generation: null,
      }),
    );
    context.ended(job, { takeId, recipeHash: job.hash, takeNo: job.takeNo });
    if (joinReady) context.joinReady();
  } catch (error) {
    if (context.call().signal.aborted || isOwnDisk(error)) throw error;
    const at = ports.clock.now();
    const attempts = job.attempts + 1;
    const message = `The parts of this line could not be joined: ${error instanceof Error ? error.message : String(error)} The parts themselves are kept.`;
    await group.run('join-failed', () => {
      if (attempts < 3) backToQueue(ports.database, job, { attempts, retryAt: at + 1000 }, at);
      else
        settleFailed(ports.database, { ...job, claimId: job.claimId }, { code: 'part_failed', message }, at, attempts);
    });
    context.ended(job, null);
  }
};
