/** Finds the samples in a RIFF/WAVE file, also in the files that streaming programs and cut downloads leave behind. */

export type SampleEncoding = 'pcm8' | 'pcm16' | 'pcm24' | 'pcm32' | 'float32';

export interface WavLayout {
  readonly encoding: SampleEncoding;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bytes of one sample in every channel. */
  readonly frameBytes: number;
  /** Where the samples start in the file. */
  readonly dataAt: number;
  /** Whole frames that are really there. */
  readonly frames: number;
  /** Set when the header promises more than the file holds. */
  readonly cutOff: { readonly promisedFrames: number } | null;
}
export type WavReading =
  | { readonly ok: true; readonly layout: WavLayout }
  | { readonly ok: false; readonly problem: string };

/** Programs that write to a pipe cannot know the size: they leave 0, 0x7FFFF000 (espeak-ng), 0xFFFFFFFF (ffmpeg) and the like. */
const UNKNOWN_SIZE_FROM = 0x7fff0000;
const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;

const encodingOf = (format: number, bits: number): SampleEncoding | null => {
  if (format === FORMAT_FLOAT && bits === 32) return 'float32';
  if (format !== FORMAT_PCM) return null;
  if (bits === 8) return 'pcm8';
  if (bits === 16) return 'pcm16';
  if (bits === 24) return 'pcm24';
  return bits === 32 ? 'pcm32' : null;
};

const fail = (problem: string): WavReading => ({ ok: false, problem });

interface Format {
  readonly encoding: SampleEncoding;
  readonly sampleRate: number;
  readonly channels: number;
  readonly frameBytes: number;
}

const readFormat = (view: DataView, at: number, size: number): Format | string => {
  if (size < 16 || at + 16 > view.byteLength) return 'The WAV header is incomplete.';
  let format = view.getUint16(at, true);
  const bits = view.getUint16(at + 14, true);
  if (format === FORMAT_EXTENSIBLE && size >= 26 && at + 26 <= view.byteLength) format = view.getUint16(at + 24, true);
  const encoding = encodingOf(format, bits);
  if (encoding === null) return `The WAV uses an encoding that is not supported (format ${format}, ${bits} bits).`;
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  if (channels === 0 || sampleRate === 0) return 'The WAV header names no channels or no sample rate.';
  return { encoding, channels, sampleRate, frameBytes: channels * (bits / 8) };
};

/** Never throws: a file that cannot be read comes back with the problem in words. */
export const readWav = (bytes: Uint8Array): WavReading => {
  if (bytes.length < 12) return fail('The file is too short to be audio.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = String.fromCharCode(...bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (id === 'fmt ') {
      const read = readFormat(view, body, size);
      if (typeof read === 'string') return fail(read);
      format = read;
    }
    if (id === 'data') {
      if (format === null) return fail('The WAV has samples but no format before them.');
      const there = bytes.length - body;
      const riffSize = view.getUint32(4, true);
      const isStreamed = size >= UNKNOWN_SIZE_FROM || (size === 0 && (riffSize === 0 || riffSize >= UNKNOWN_SIZE_FROM));
      const promised = isStreamed ? there : size;
      const frames = Math.floor(Math.min(promised, there) / format.frameBytes);
      const cutOff = promised > there ? { promisedFrames: Math.floor(promised / format.frameBytes) } : null;
      return { ok: true, layout: { ...format, dataAt: body, frames, cutOff } };
    }
    // Chunks are padded to even lengths; the padding is not counted in the size.
    at = body + size + (size % 2);
  }
  return fail(format === null ? 'The WAV has no format and no samples.' : 'The WAV has a header but no samples.');
};
