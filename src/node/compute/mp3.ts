import { MPEGDecoder } from 'mpg123-decoder';
import { AppError } from '#contract/errors.ts';
import { type BlockMeter, createBlockMeter, type Measures, unreadableReport } from '#engine/audio/analyse.ts';
import { pcmOfPlanes } from '#engine/audio/join.ts';
import { id3Length, isMp3Header } from '#engine/audio/sniff-format.ts';
import type { PcmAudio } from '#engine/audio/write-wav.ts';
import type { AudioReport } from '#engine/ports.ts';

/** The decoder's own input buffer: one call each, so that its output is measured while it is still in the cache. */
const FEED_BYTES = 65536;
/** Encoder delay and padding, which a gapless decoder leaves out. */
const FRAMES_OF_PADDING = 4;

interface Mp3Head {
  readonly channels: 1 | 2;
  /** Samples the encoder wrote down for the whole file, null when it did not. */
  readonly promisedSamples: number | null;
}

const readHead = (bytes: Uint8Array): Mp3Head => {
  let at = id3Length(bytes);
  while (at + 4 <= bytes.length && !isMp3Header(bytes, at)) at++;
  if (at + 4 > bytes.length) return { channels: 2, promisedSamples: null };
  const isMpeg1 = (((bytes[at + 1] ?? 0) >> 3) & 3) === 3;
  const isMono = (bytes[at + 3] ?? 0) >> 6 === 3;
  // The Xing or Info tag stands where the first frame's samples would, after its side information.
  const sideInfo = isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
  const tagAt = at + 4 + sideInfo;
  const channels = isMono ? 1 : 2;
  if (tagAt + 12 > bytes.length) return { channels, promisedSamples: null };
  const tag = String.fromCharCode(...bytes.subarray(tagAt, tagAt + 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasCount = (tag === 'Xing' || tag === 'Info') && (view.getUint32(tagAt + 4) & 1) === 1;
  if (!hasCount) return { channels, promisedSamples: null };
  return { channels, promisedSamples: (view.getUint32(tagAt + 8) - FRAMES_OF_PADDING) * (isMpeg1 ? 1152 : 576) };
};

interface DecodedMp3 {
  readonly sampleRate: number;
  readonly samples: number;
  /** The first complaint of the decoder, or that the end is missing. */
  readonly problem: string | null;
}

/** Decodes piece by piece. The decoder always delivers two channels; of a mono file only the first is passed on. */
const decodeMp3 = async (
  bytes: Uint8Array,
  onBlock: (planes: readonly Float32Array[], samples: number, sampleRate: number) => void,
): Promise<DecodedMp3> => {
  const { channels, promisedSamples } = readHead(bytes);
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let sampleRate = 0;
  let samples = 0;
  let problem: string | null = null;
  try {
    for (let at = 0; at < bytes.length; at += FEED_BYTES) {
      const decoded = decoder.decode(bytes.subarray(at, at + FEED_BYTES));
      const complaint = decoded.errors[0]?.message;
      if (complaint !== undefined) problem ??= `The MP3 is damaged: ${complaint}.`;
      if (decoded.samplesDecoded === 0) continue;
      sampleRate ||= decoded.sampleRate;
      samples += decoded.samplesDecoded;
      onBlock(decoded.channelData.slice(0, channels), decoded.samplesDecoded, sampleRate);
    }
  } finally {
    decoder.free();
  }
  if (samples > 0 && promisedSamples !== null && samples < promisedSamples) {
    const [there, promised] = [samples, promisedSamples].map((count) => (count / sampleRate).toFixed(1));
    problem ??= `The audio is cut off: ${there} s of ${promised} s are there.`;
  }
  return { sampleRate, samples, problem };
};

const NOTHING_DECODED = 'The MP3 holds no audio that can be decoded.';

/** Measures an MP3 as far as it can be decoded. */
export const analyseMp3 = async (bytes: Uint8Array, measures: Measures): Promise<AudioReport> => {
  let meter: BlockMeter | null = null;
  const { samples, problem } = await decodeMp3(bytes, (planes, count, sampleRate) => {
    meter ??= createBlockMeter(sampleRate, planes.length, null, measures);
    meter.add(planes, count);
  });
  // Assigned in a callback, which the checker does not follow.
  const filled = meter as BlockMeter | null;
  if (filled === null || samples === 0) return unreadableReport('mp3', problem ?? NOTHING_DECODED);
  return filled.finish('mp3', problem);
};

/** The whole MP3 as 16-bit samples. Throws `audio_undecodable`. */
export const pcmOfMp3 = async (bytes: Uint8Array): Promise<PcmAudio> => {
  const blocks: (readonly Float32Array[])[] = [];
  const { sampleRate, samples, problem } = await decodeMp3(bytes, (planes) => blocks.push(planes));
  if (samples === 0 || problem !== null) throw new AppError('audio_undecodable', problem ?? NOTHING_DECODED);
  const channels = blocks[0]?.length ?? 1;
  const planes = Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(samples);
    let at = 0;
    for (const block of blocks) {
      plane.set(block[channel] ?? new Float32Array(0), at);
      at += block[channel]?.length ?? 0;
    }
    return plane;
  });
  return pcmOfPlanes(planes, sampleRate);
};
