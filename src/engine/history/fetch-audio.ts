/** The audio of a vendor's item becomes a take: streamed, measured, placed and written down as any other, and not charged, because it was not ours to pay. */
import type { SpeechRecipe, TakeId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import { setEntryTake } from '../database/history-rows.ts';
import { lastTakeNo } from '../database/jobs.ts';
import { ensureRecipe } from '../database/recipes.ts';
import { saveTimings } from '../database/take-timings.ts';
import { insertTake } from '../database/takes.ts';
import type { VendorItemRow } from '../database/vendor-items.ts';
import type { Ports } from '../ports.ts';
import { ProviderError, type CallContext, type SpeechProvider } from '../providers/provider.ts';
import { canonicalJson } from '../scripts/canonical-json.ts';
import { recipeHash } from '../scripts/recipe-hash.ts';
import { measure, spokenOf, type Measured } from '../takes/measure.ts';
import { audioPath, formatOf, partPath, placeAudio, receiveAudio, type Received } from '../takes/store-audio.ts';

type AudioPorts = Pick<Ports, 'database' | 'files' | 'compute' | 'hash' | 'ids' | 'clock' | 'checkpoint'>;

/** What would have been sent for this item, as far as the vendor tells. */
const recipeOf = (item: VendorItemRow, provider: SpeechProvider, call: CallContext): SpeechRecipe => ({
  kind: 'speech',
  provider: provider.id,
  account: provider.account(call.workspace),
  voice: item.voiceId,
  model: item.model,
  language: null,
  // Half a character, or none at all (speech made from speech), has no place in a recipe.
  text: item.text.toWellFormed() || '(no text)',
  settings: item.settings,
  format: item.format ?? 'as delivered',
});

const bring = async (
  ports: AudioPorts,
  name: string,
  provider: SpeechProvider,
  call: CallContext,
  item: VendorItemRow,
): Promise<Received> => {
  if (provider.historyAudio === undefined)
    throw new AppError(
      'history_unavailable',
      `${provider.title} does not hand out the audio of its history. Nothing was changed.`,
    );
  try {
    return await receiveAudio(ports, name, await provider.historyAudio(call, item.vendorItemId));
  } catch (error) {
    await ports.files.remove(partPath(name));
    if (!(error instanceof ProviderError)) throw error;
    throw new AppError(error.code, `The audio was not fetched: ${error.message} Nothing was changed or charged.`, {
      cause: error,
    });
  }
};

const refuseUnplayable = (measured: Measured): Extract<Measured, { kind: 'good' }> => {
  if (measured.kind === 'good') return measured;
  throw new AppError(
    measured.code,
    `The vendor's audio cannot be played, so there is no take of it. ${measured.problem} Nothing was charged; try again later.`,
  );
};

/** Returns the id of the new take. Errors: `history_unavailable`, `audio_undecodable`, `audio_empty`, `disk_full`, and the vendor's. */
export const fetchItemAudio = async (
  ports: AudioPorts,
  provider: SpeechProvider,
  call: CallContext,
  entrySeq: number,
  item: VendorItemRow,
): Promise<TakeId> => {
  const { database, files, clock, ids, hash } = ports;
  const recipe = recipeOf(item, provider, call);
  const canonical = canonicalJson(recipe);
  const key = recipeHash(hash, recipe);
  const name = `history-${item.seq}`;
  const received = await bring(ports, name, provider, call, item);
  try {
    const { report, suspect } = refuseUnplayable(await measure(ports, audioPath(name), spokenOf(recipe)));
    const format = formatOf(report, recipe.format);
    const recipeId = database.transaction(() =>
      ensureRecipe(database, {
        hash: key,
        kind: 'speech',
        provider: provider.id,
        voice: recipe.voice,
        text: recipe.text,
        characters: [...recipe.text].length,
        canonical,
      }),
    );
    const takeNo = lastTakeNo(database, recipeId) + 1;
    await placeAudio(
      ports,
      audioPath(name),
      { sha256: received.sha256, format },
      {
        recipeHash: key,
        takeNo,
        recipe: canonical,
        generationId: null,
        vendorId: item.vendorItemId,
        chargedCredits: null,
      },
    );
    const id = ids.next() as TakeId;
    database.transaction(() => {
      const isNew = insertTake(database, {
        id,
        recipeId,
        takeNo,
        generationId: null,
        sha256: received.sha256,
        format,
        bytes: received.bytes,
        durationMs: report.durationMs,
        sampleRate: report.sampleRate > 0 ? report.sampleRate : null,
        channels: report.channels > 0 ? report.channels : null,
        loudnessLufs: report.loudnessLufs,
        truePeakDb: report.truePeakDb,
        suspect,
        createdAt: clock.now(),
        samplesPerPeak: Math.max(1, report.samplesPerPeak),
        peaks: new Uint8Array(report.peaks.buffer, report.peaks.byteOffset, report.peaks.byteLength),
      });
      if (!isNew)
        throw new AppError(
          'conflict',
          'Another take of the same words was stored at this moment. Fetch the audio again.',
        );
      if (item.timings !== null) saveTimings(database, id, item.timings);
      const seq = database.prepare<{ seq: number }>('SELECT seq FROM takes WHERE id = ?').get(id)?.seq ?? 0;
      setEntryTake(database, entrySeq, seq, null);
    });
    return id;
  } finally {
    await files.remove(audioPath(name));
  }
};
