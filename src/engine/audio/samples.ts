/** Turns the bytes of a WAV into numbers: 16-bit without a copy where possible, everything else through floats. */
import type { WavLayout } from './read-wav.ts';

/** The interleaved 16-bit samples of a `pcm16` file: a view, or a copy when the samples lie at an odd address. */
export const int16View = (bytes: Uint8Array, layout: WavLayout): Int16Array => {
  const count = layout.frames * layout.channels;
  const at = bytes.byteOffset + layout.dataAt;
  if (at % 2 === 0) return new Int16Array(bytes.buffer, at, count);
  return new Int16Array(bytes.slice(layout.dataAt, layout.dataAt + count * 2).buffer);
};

type ReadSample = (view: DataView, at: number) => number;
const readers: Readonly<Record<WavLayout['encoding'], ReadSample>> = {
  pcm8: (view, at) => (view.getUint8(at) - 128) / 128,
  pcm16: (view, at) => view.getInt16(at, true) / 32768,
  pcm24: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 8388608,
  pcm32: (view, at) => view.getInt32(at, true) / 2147483648,
  float32: (view, at) => {
    const value = view.getFloat32(at, true);
    return Number.isFinite(value) ? value : 0;
  },
};

/** Fills `planes` (one per channel, -1..1) with `count` frames from frame `from` on. */
export const readFrames = (
  bytes: Uint8Array,
  layout: WavLayout,
  from: number,
  count: number,
  planes: readonly Float32Array[],
): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = readers[layout.encoding];
  const sampleBytes = layout.frameBytes / layout.channels;
  for (const [channel, plane] of planes.entries()) {
    let at = layout.dataAt + from * layout.frameBytes + channel * sampleBytes;
    for (let i = 0; i < count; i++, at += layout.frameBytes) plane[i] = read(view, at);
  }
};

/** Fills one plane from interleaved 16-bit samples; the path that nearly all audio takes, so it is a plain loop. */
export const planeOfInt16 = (
  samples: Int16Array,
  channels: number,
  channel: number,
  from: number,
  count: number,
  plane: Float32Array,
): void => {
  for (let i = 0, at = from * channels + channel; i < count; i++, at += channels) {
    plane[i] = (samples[at] as number) * (1 / 32768);
  }
};

/** Rounds -1..1 to 16 bits; what is louder is clipped. */
export const toInt16 = (value: number): number => Math.max(-32768, Math.min(32767, Math.round(value * 32768)));
