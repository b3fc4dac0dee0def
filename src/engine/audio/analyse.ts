/** One pass over audio: length, peaks, loudness and true peak, block by block so that the block stays in the cache. */
import type { AudioReport } from '../ports.ts';
import { createLoudnessMeter } from './loudness.ts';
import { createPeakMeter, peaksOfInt16, samplesPerPeakFor } from './peaks.ts';
import { readWav, type WavLayout } from './read-wav.ts';
import { int16View, planeOfInt16, readFrames } from './samples.ts';
import type { AudioFormat } from './sniff-format.ts';
import { createTruePeakMeter } from './true-peak.ts';

/** `peaks` leaves loudness and true peak null: for drawing a file that was measured before. */
export type Measures = 'all' | 'peaks';

const BLOCK_FRAMES = 8192;
const toMs = (frames: number, sampleRate: number): number => Math.round((frames / sampleRate) * 1_000_000) / 1000;

/** What is reported of a file that gave no sound at all. */
export const unreadableReport = (format: AudioFormat, problem: string): AudioReport => ({
  ok: false,
  problem,
  format,
  durationMs: 0,
  sampleRate: 0,
  channels: 0,
  loudnessLufs: null,
  truePeakDb: null,
  peaks: new Int8Array(0),
  samplesPerPeak: 1,
});

const createLevelMeters = (sampleRate: number, channels: number) => {
  const loudness = createLoudnessMeter(sampleRate, channels);
  const truePeak = createTruePeakMeter(channels);
  return {
    add: (planes: readonly Float32Array[], frames: number): void => {
      loudness.add(planes, frames);
      truePeak.add(planes, frames);
    },
    finish: () => ({ loudnessLufs: loudness.finish(), truePeakDb: truePeak.finish() }),
  };
};
type Measured = Pick<AudioReport, 'loudnessLufs' | 'truePeakDb' | 'peaks' | 'samplesPerPeak'>;
const NO_LEVELS = { loudnessLufs: null, truePeakDb: null };

export interface BlockMeter {
  add(planes: readonly Float32Array[], frames: number): void;
  /** `problem`: what the decoder complained about, null when nothing. */
  finish(format: AudioFormat, problem: string | null): AudioReport;
}

/** Measures what a decoder delivers block by block. `knownFrames` null: the length is not known before the end. */
export const createBlockMeter = (
  sampleRate: number,
  channels: number,
  knownFrames: number | null,
  measures: Measures,
): BlockMeter => {
  const peakMeter = createPeakMeter(sampleRate, knownFrames);
  const levels = measures === 'all' ? createLevelMeters(sampleRate, channels) : null;
  let total = 0;
  return {
    add: (planes, frames) => {
      peakMeter.add(planes, frames);
      // Pieces, so that the meters find the samples in the processor's cache however long the decoder's blocks are.
      for (let from = 0; levels !== null && from < frames; from += BLOCK_FRAMES) {
        const count = Math.min(BLOCK_FRAMES, frames - from);
        levels.add(frames <= BLOCK_FRAMES ? planes : planes.map((plane) => plane.subarray(from, from + count)), count);
      }
      total += frames;
    },
    finish: (format, problem) => ({
      ok: problem === null,
      problem,
      format,
      durationMs: toMs(total, sampleRate),
      sampleRate,
      channels,
      ...(levels?.finish() ?? NO_LEVELS),
      ...peakMeter.finish(),
    }),
  };
};

const measureInt16 = (bytes: Uint8Array, layout: WavLayout, measures: Measures): Measured => {
  const { sampleRate, channels, frames } = layout;
  const samples = int16View(bytes, layout);
  const peaks = peaksOfInt16(samples, channels, samplesPerPeakFor(frames, sampleRate));
  if (measures === 'peaks') return { ...NO_LEVELS, ...peaks };
  const levels = createLevelMeters(sampleRate, channels);
  const planes = Array.from({ length: channels }, () => new Float32Array(BLOCK_FRAMES));
  for (let from = 0; from < frames; from += BLOCK_FRAMES) {
    const count = Math.min(BLOCK_FRAMES, frames - from);
    for (const [channel, plane] of planes.entries()) planeOfInt16(samples, channels, channel, from, count, plane);
    levels.add(planes, count);
  }
  return { ...levels.finish(), ...peaks };
};

const measureOther = (bytes: Uint8Array, layout: WavLayout, measures: Measures): Measured => {
  const { sampleRate, channels, frames } = layout;
  const meter = createBlockMeter(sampleRate, channels, frames, measures);
  const planes = Array.from({ length: channels }, () => new Float32Array(BLOCK_FRAMES));
  for (let from = 0; from < frames; from += BLOCK_FRAMES) {
    const count = Math.min(BLOCK_FRAMES, frames - from);
    readFrames(bytes, layout, from, count, planes);
    meter.add(planes, count);
  }
  return meter.finish('wav', null);
};

/** Measures a WAV as far as it can be read. Not ok: no WAV, no samples, or fewer samples than its header promises. */
export const analyseWav = (bytes: Uint8Array, measures: Measures = 'all'): AudioReport => {
  const reading = readWav(bytes);
  if (!reading.ok) return unreadableReport('wav', reading.problem);
  const { layout } = reading;
  const { sampleRate, channels, frames, cutOff } = layout;
  const durationMs = toMs(frames, sampleRate);
  if (frames === 0) return { ...unreadableReport('wav', 'The audio is empty.'), sampleRate, channels };
  const measured = (layout.encoding === 'pcm16' ? measureInt16 : measureOther)(bytes, layout, measures);
  const problem =
    cutOff === null
      ? null
      : `The audio is cut off: ${(durationMs / 1000).toFixed(2)} s of ${(cutOff.promisedFrames / sampleRate).toFixed(2)} s are there.`;
  return { ...measured, ok: problem === null, problem, format: 'wav', durationMs, sampleRate, channels };
};
