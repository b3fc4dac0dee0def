import { AppError } from '#contract/errors.ts';
import { readWav } from './read-wav.ts';
import { resample } from './resample.ts';
import { int16View, readFrames, toInt16 } from './samples.ts';
import { type PcmAudio, writeWav } from './write-wav.ts';

export interface JoinPart {
  readonly audio: PcmAudio;
  readonly gapAfterMs: number;
}

/** The 16-bit samples of a WAV; deeper ones are rounded. Throws `audio_undecodable`, also for a file that is cut off. */
export const pcmOfWav = (bytes: Uint8Array): PcmAudio => {
  const reading = readWav(bytes);
  if (!reading.ok) throw new AppError('audio_undecodable', reading.problem);
  const { layout } = reading;
  if (layout.cutOff !== null) {
    throw new AppError(
      'audio_undecodable',
      `The audio is cut off: ${layout.frames} of ${layout.cutOff.promisedFrames} samples are there.`,
    );
  }
  const { sampleRate, channels } = layout;
  if (layout.encoding === 'pcm16') return { sampleRate, channels, samples: int16View(bytes, layout) };
  const planes = Array.from({ length: channels }, () => new Float32Array(layout.frames));
  readFrames(bytes, layout, 0, layout.frames, planes);
  return pcmOfPlanes(planes, sampleRate);
};

/** Interleaves channels into 16-bit samples. */
export const pcmOfPlanes = (planes: readonly Float32Array[], sampleRate: number): PcmAudio => {
  const channels = planes.length;
  const samples = new Int16Array((planes[0]?.length ?? 0) * channels);
  for (const [channel, plane] of planes.entries()) {
    for (let i = 0; i < plane.length; i++) samples[i * channels + channel] = toInt16(plane[i] as number);
  }
  return { sampleRate, channels, samples };
};

/** Mono goes to every channel; anything else is averaged to mono first. */
const mapChannels = (planes: readonly Float32Array[], channels: number): readonly Float32Array[] => {
  const first = planes[0];
  if (first === undefined || planes.length === channels) return planes;
  const mono =
    planes.length === 1
      ? first
      : first.map((_, i) => planes.reduce((sum, plane) => sum + (plane[i] as number), 0) / planes.length);
  return Array.from({ length: channels }, () => mono);
};

const convert = (audio: PcmAudio, sampleRate: number, channels: number): PcmAudio => {
  if (audio.sampleRate === sampleRate && audio.channels === channels) return audio;
  const frames = audio.samples.length / audio.channels;
  const planes = Array.from({ length: audio.channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, i) => (audio.samples[i * audio.channels + channel] as number) / 32768),
  );
  const mapped = mapChannels(planes, channels).map((plane) => resample(plane, audio.sampleRate, sampleRate));
  return pcmOfPlanes(mapped, sampleRate);
};

/** One WAV of all parts in order, each followed by its silence; rate and channels are those of the first part. */
export const joinParts = (parts: readonly JoinPart[]): Uint8Array<ArrayBuffer> => {
  const first = parts[0];
  if (first === undefined) throw new AppError('invalid_input', 'There are no parts to join.');
  const { sampleRate, channels } = first.audio;
  const pieces = parts.map((part) => ({
    samples: convert(part.audio, sampleRate, channels).samples,
    gap: Math.round((part.gapAfterMs / 1000) * sampleRate) * channels,
  }));
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.samples.length + piece.gap, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece.samples, at);
    at += piece.samples.length + piece.gap;
  }
  return writeWav({ sampleRate, channels, samples });
};
