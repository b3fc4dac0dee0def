/** From "completed" to a take: everything here is free and may be repeated as often as it takes. */
import type { SpeechRecipe } from '#contract/entities.ts';
import type { AudioReport } from '../ports.ts';
import { endClaim } from '../database/jobs.ts';
import { markStored, markUnknown, type GenerationRow, requestOf } from '../database/generations.ts';
import { charge } from '../ledger/book.ts';
import { recordCall } from '../ledger/completion.ts';
import type { VendorStatus } from '../providers/provider.ts';
import { asidePath, audioPath, receiveAudio, type Received } from '../takes/store-audio.ts';
import { jobBackoff, waitMs } from './backoff.ts';
import { backToQueue } from './hand-over.ts';
import type { LaneContext, RunningJob } from './lane-context.ts';
import { asProviderError, persist } from './failures.ts';
import { closeCharged, settleFailed } from './settle.ts';
import { afterLoss, isTraceable } from './look.ts';
import { Parked, sleep } from './sleep.ts';
import { measure, spokenOf } from '../takes/measure.ts';
import { isOwnDisk, storeTake } from './store-take.ts';

type WithAudio = Extract<VendorStatus, { kind: 'completed' | 'audio' }>;

/** Rounds of fetching that bring nothing usable before a person is asked. With backoff up to 30 s this is hours. */
const maxRounds = 200;

/** Brings the body to disk; it gets its full name when its call's vendor id and debit are committed (`accepted`). Null when the vendor cannot be asked for it again. */
const bringBody = async (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  first: WithAudio,
  accepted: Promise<void>,
): Promise<Received | null> => {
  const { clock, ids, logger } = context.ports;
  let status: WithAudio | null = first;
  for (let round = 0; round < maxRounds; round += 1) {
    const signal = context.call().signal;
    try {
      if (status === null) {
        const { poll } = context.provider;
        const vendorId = first.vendorId ?? generation.vendorId;
        if (poll === undefined || vendorId === null) return null;
        const again = await poll(context.call(), vendorId, requestOf(generation));
        context.answered();
        if (again.kind !== 'completed' && again.kind !== 'audio') {
          await sleep(clock, waitMs(jobBackoff, round + 3, ids.random()), signal);
          continue;
        }
        status = again;
      }
      const { download } = context.provider;
      if (status.kind === 'completed' && download === undefined) return null;
      const body: AsyncIterable<Uint8Array> | undefined =
        status.kind === 'audio' ? status.body : await download?.(context.call(), status.audioUrl);
      if (body === undefined) return null;
      running.releaseSlot();
      return await receiveAudio(context.ports, generation.id, body, accepted);
    } catch (error) {
      running.releaseSlot();
      if (error instanceof Parked || signal.aborted) throw new Parked();
      status = null;
      if (isOwnDisk(error)) {
        await context.blocked(error);
        continue;
      }
      const trouble = asProviderError(error, logger);
      logger.debug('Fetching paid audio failed; it is fetched again.', {
        generationId: generation.id,
        code: trouble.code,
        round,
      });
      // The history is closed to this key, or the audio was deleted: asking again changes nothing.
      if (trouble.disposition === 'permanent') return null;
      if (trouble.code === 'provider_offline') {
        context.refused(trouble);
        await context.reachable();
      }
      // An expired address is answered by a fresh one: no wait the first time.
      if (round > 0 || trouble.retryAfterMs !== undefined) {
        await sleep(clock, waitMs(jobBackoff, round, ids.random(), trouble.retryAfterMs), signal);
      }
    }
  }
  return null;
};

const keepAside = async (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  charged: number | null,
  code: 'audio_undecodable' | 'audio_empty',
  problem: string,
): Promise<void> => {
  const { database, files, clock } = context.ports;
  const { job } = running;
  context.ports.checkpoint?.('aside.moving');
  await files.rename(audioPath(generation.id), asidePath(generation.id));
  context.ports.checkpoint?.('aside.moved');
  const at = clock.now();
  await context.group.run('aside', () => {
    markStored(database, generation.id, generation.vendorId, charged, at);
    if (charged !== null)
      charge(database, job, generation.id, charged, at, 'the audio cannot be played and is kept aside');
    recordCall(database, { generationId: generation.id, status: 'aside', at });
    settleFailed(
      database,
      job,
      {
        code,
        message: `The vendor delivered audio that cannot be played, twice. ${problem} It was charged; the file is kept as ${asidePath(generation.id)}. Ask the vendor for a refund, or retry the line.`,
      },
      at,
    );
  });
};

/** What a charge says of itself where the vendor named none. */
export const estimatedNote = "reckoned from the audio's length; the vendor named no figure";

/** Audio out of a vendor's history may come in another format than was asked for; a person should know. */
const otherFormat = (recipe: SpeechRecipe, { format }: AudioReport): string | null => {
  const asked = /^(mp3|wav|pcm)/.exec(recipe.format)?.[1];
  if (asked === undefined || format === (asked === 'pcm' ? 'wav' : asked)) return null;
  return `It came as ${format} where ${recipe.format} was asked for.`;
};

/** Fetches, checks, stores and settles. An unusable body is fetched once more before it is kept aside. */
export const fetchTake = async (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  recipe: SpeechRecipe,
  first: WithAudio,
  accepted: Promise<void>,
): Promise<void> => {
  const { ports } = context;
  const { job } = running;
  const free = context.provider.abilities.costUnit === 'free';
  const charged = free ? 0 : (first.chargedCredits ?? generation.chargedCredits);
  if (!free) context.priceSeen(charged, job.characters);
  let status = first;
  for (let pass = 0; ; pass += 1) {
    const received = await bringBody(context, running, generation, status, accepted);
    if (received === null) {
      await accepted;
      await persist(context, () => loseBody(context, running, generation, charged));
      context.ended(job, null);
      return;
    }
    const result = await persist(context, () => measure(ports, audioPath(generation.id), spokenOf(recipe)));
    if (result.kind === 'good') {
      ports.checkpoint?.('body.measured');
      await accepted;
      const told = charged ?? context.provider.creditsOfAudio?.(result.report.durationMs) ?? null;
      const { takeId, joinReady } = await persist(context, () =>
        storeTake(ports, context.group, {
          job,
          hash: job.hash,
          canonical: job.canonical,
          recipe,
          from: audioPath(generation.id),
          received,
          report: result.report,
          suspect: otherFormat(recipe, result.report) ?? result.suspect,
          timings: status.kind === 'audio' ? (status.timings?.() ?? null) : null,
          generation: {
            id: generation.id,
            vendorId: first.vendorId ?? generation.vendorId,
            chargedCredits: told,
            note: charged === null && told !== null ? estimatedNote : undefined,
          },
        }),
      );
      context.ended(job, { takeId, recipeHash: job.hash, takeNo: job.takeNo });
      if (told === null) context.priceMissing();
      if (joinReady) context.joinReady();
      return;
    }
    const vendorId = first.vendorId ?? generation.vendorId;
    if (pass > 0 || context.provider.poll === undefined || vendorId === null) {
      await accepted;
      await persist(context, () => keepAside(context, running, generation, charged, result.code, result.problem));
      context.ended(job, null);
      return;
    }
    const again = await context.provider.poll(context.call(), vendorId, requestOf(generation)).catch(() => null);
    if (again !== null && (again.kind === 'completed' || again.kind === 'audio')) status = again;
  }
};

/** The answer itself was the audio and it was cut: free engines go again, for others nobody knows without asking. */
const loseBody = (
  context: LaneContext,
  running: RunningJob,
  generation: GenerationRow,
  charged: number | null,
): Promise<void> => {
  const { database, clock } = context.ports;
  const { job } = running;
  const at = clock.now();
  const free = context.provider.abilities.costUnit === 'free';
  const next = afterLoss(context.provider, generation, at);
  if (next.retryAt !== null) context.wakeAt(next.retryAt);
  return context.group.run('body-lost', () => {
    if (free) {
      backToQueue(database, job, { retryAt: at + 1000 }, at);
      return;
    }
    if (charged !== null && !isTraceable(context.provider)) {
      // What it cost stands in the headers, and nobody keeps a copy: the books are closed, only the line is open.
      closeCharged(database, job, { id: generation.id, charged }, at);
      endClaim(
        database,
        job,
        {
          state: 'uncertain',
          resolution: 'ask',
          error: {
            code: 'outcome_unknown',
            message: `The vendor made this line and charged ${charged} credits for it; the audio was cut off on its way, and the vendor keeps no copy. Paying again is the only way to get it.`,
          },
        },
        at,
      );
      return;
    }
    markUnknown(database, generation.id);
    endClaim(
      database,
      job,
      {
        state: 'uncertain',
        ...next,
        error: { code: 'outcome_unknown', message: 'The audio of this line was paid for but could not be fetched.' },
      },
      at,
    );
  });
};
