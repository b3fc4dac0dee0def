/**
 * Peaks: the lowest and highest sample of equal stretches, over all channels together, in 8 bits: what a waveform is drawn from.
 * A minute or less has at most MOST_PEAKS of them (8 KB), so that a take is drawn again without decoding anything;
 * longer audio has about LEAST_PER_SECOND a second.
 */
const MOST_PEAKS = 4096;
const LEAST_PER_SECOND = 64;
const SHORTEST_STRETCH = 32;

export interface Peaks {
  /** [min, max, min, max, ...], each -127..127. */
  readonly peaks: Int8Array<ArrayBuffer>;
  /** Frames of one stretch; the last one may be shorter. */
  readonly samplesPerPeak: number;
}

/** Frames of one stretch for audio of a known length. */
export const samplesPerPeakFor = (frames: number, sampleRate: number): number =>
  Math.max(SHORTEST_STRETCH, Math.min(Math.ceil(frames / MOST_PEAKS), Math.ceil(sampleRate / LEAST_PER_SECOND)));

const quantise = (value: number): number => Math.max(-127, Math.min(127, Math.round(value)));

/** One pass over interleaved 16-bit samples, with nothing but the comparison in the inner loop. */
export const peaksOfInt16 = (samples: Int16Array, channels: number, samplesPerPeak: number): Peaks => {
  const stretch = samplesPerPeak * channels;
  const count = Math.ceil(samples.length / stretch);
  const peaks = new Int8Array(count * 2);
  for (let i = 0; i < count; i++) {
    const end = Math.min(samples.length, (i + 1) * stretch);
    let low = 32767;
    let high = -32768;
    for (let at = i * stretch; at < end; at++) {
      const value = samples[at] as number;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    peaks[i * 2] = quantise(low / 256);
    peaks[i * 2 + 1] = quantise(high / 256);
  }
  return { peaks, samplesPerPeak };
};

export interface PeakMeter {
  add(planes: readonly Float32Array[], frames: number): void;
  finish(): Peaks;
}

/** Peaks of audio that comes in blocks; without a known length the stretches double whenever there are too many. */
export const createPeakMeter = (sampleRate: number, knownFrames: number | null): PeakMeter => {
  let stretch = knownFrames === null ? SHORTEST_STRETCH : samplesPerPeakFor(knownFrames, sampleRate);
  let lows = new Float32Array(MOST_PEAKS);
  let highs = new Float32Array(MOST_PEAKS);
  let count = 0;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let filled = 0;

  const halve = (): void => {
    const pairs = count / 2;
    for (let i = 0; i < pairs; i++) {
      lows[i] = Math.min(lows[i * 2] as number, lows[i * 2 + 1] as number);
      highs[i] = Math.max(highs[i * 2] as number, highs[i * 2 + 1] as number);
    }
    count = pairs;
    stretch *= 2;
  };
  const grow = (): void => {
    const [oldLows, oldHighs] = [lows, highs];
    lows = new Float32Array(count * 2);
    highs = new Float32Array(count * 2);
    lows.set(oldLows);
    highs.set(oldHighs);
  };
  const close = (): void => {
    lows[count] = low;
    highs[count] = high;
    count++;
    low = Number.POSITIVE_INFINITY;
    high = Number.NEGATIVE_INFINITY;
    filled = 0;
    if (count < lows.length) return;
    if (knownFrames === null && stretch * 2 * LEAST_PER_SECOND <= sampleRate) halve();
    else grow();
  };

  return {
    add: (planes, frames) => {
      for (let from = 0; from < frames; ) {
        const end = Math.min(frames, from + stretch - filled);
        // Locals, because variables of the closure live in memory and would be written there at every sample.
        let [lowest, highest] = [low, high];
        for (const plane of planes) {
          for (let i = from; i < end; i++) {
            const value = plane[i] as number;
            if (value < lowest) lowest = value;
            if (value > highest) highest = value;
          }
        }
        low = lowest;
        high = highest;
        filled += end - from;
        from = end;
        if (filled >= stretch) close();
      }
    },
    finish: () => {
      if (filled > 0) close();
      const peaks = new Int8Array(count * 2);
      for (let i = 0; i < count; i++) {
        peaks[i * 2] = quantise((lows[i] as number) * 128);
        peaks[i * 2 + 1] = quantise((highs[i] as number) * 128);
      }
      return { peaks, samplesPerPeak: stretch };
    },
  };
};
