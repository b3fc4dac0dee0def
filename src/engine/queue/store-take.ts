/** From a body on disk to a take: measure, place, settle. Shared by the runner, by joins and by adoption on open. */
import type { Timings } from '#contract/history.ts';
import type { Recipe, RecipeHash, TakeId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { AudioReport } from '../ports.ts';
import { asTakeId, settleStored, type SettledJob } from './settle.ts';
import type { CommitGroup } from './commit-group.ts';
import type { QueuePorts } from './lane-context.ts';
import { voiceKey } from '../scripts/forecast.ts';
import { spokenWords } from '../scripts/spoken-words.ts';
import { spokenOf } from '../takes/measure.ts';
import { formatOf, placeAudio, type Received } from '../takes/store-audio.ts';

export interface StoreOrder {
  readonly job: SettledJob;
  readonly hash: RecipeHash;
  readonly canonical: string;
  readonly recipe: Recipe;
  readonly from: string;
  readonly received: Received;
  readonly report: AudioReport;
  readonly suspect: string | null;
  readonly generation: {
    readonly id: string;
    readonly vendorId: string | null;
    readonly chargedCredits: number | null;
    readonly note?: string | undefined;
  } | null;
  readonly timings?: Timings | null;
}
/** Places the audio and commits take + charge + succeeded as one. `alsoCommit` joins the same transaction. */
export const storeTake = async (
  ports: QueuePorts,
  group: CommitGroup,
  order: StoreOrder,
): Promise<{ readonly takeId: TakeId; readonly joinReady: boolean }> => {
  const { job, recipe, report, received } = order;
  const format = formatOf(report, recipe.kind === 'speech' ? recipe.format : 'wav');
  const entry = {
    recipeHash: order.hash,
    takeNo: job.takeNo,
    recipe: order.canonical,
    generationId: order.generation?.id ?? null,
    vendorId: order.generation?.vendorId ?? null,
    chargedCredits: order.generation?.chargedCredits ?? null,
  };
  await ports.turns(received.sha256, () => placeAudio(ports, order.from, { sha256: received.sha256, format }, entry));
  const takeId = asTakeId(ports.ids.next());
  const at = ports.clock.now();
  const spoken = spokenOf(recipe);
  const joinReady = await group.run('take', () =>
    settleStored(
      ports.database,
      job,
      {
        take: {
          id: takeId,
          recipeId: job.recipeId,
          takeNo: job.takeNo,
          generationId: order.generation?.id ?? null,
          sha256: received.sha256,
          format,
          bytes: received.bytes,
          durationMs: report.durationMs,
          sampleRate: report.sampleRate > 0 ? report.sampleRate : null,
          channels: report.channels > 0 ? report.channels : null,
          loudnessLufs: report.loudnessLufs,
          truePeakDb: report.truePeakDb,
          suspect: order.suspect,
          createdAt: at,
          samplesPerPeak: Math.max(1, report.samplesPerPeak),
          peaks: new Uint8Array(report.peaks.buffer, report.peaks.byteOffset, report.peaks.byteLength),
        },
        generation: order.generation,
        timings: order.timings ?? null,
        rate:
          recipe.kind === 'speech' && spoken !== null && order.suspect === null
            ? { voiceKey: voiceKey(recipe), words: spokenWords(recipe.text), speed: spoken.speed }
            : null,
      },
      at,
    ),
  );
  await ports.files.remove(order.from).catch((error: unknown) => {
    // The take stands; the spare name is swept on the next open.
    ports.logger.warn('A stored body kept its second name.', { path: order.from, error: String(error) });
  });
  ports.checkpoint?.('body.cleared');
  return { takeId, joinReady };
};

/** Whether an error is our own disk's, so that nothing was lost and the lane should wait. */
export const isOwnDisk = (error: unknown): error is AppError =>
  error instanceof AppError &&
  ['disk_full', 'library_read_only', 'library_corrupt', 'media_unreadable'].includes(error.code);
