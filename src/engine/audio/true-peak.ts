/**
 * True peak: the highest point of the curve between the samples, found by 4 times oversampling with the
 * 48-tap interpolator printed in ITU-R BS.1770-4, Annex 2.
 */

/** Phases 0 and 1; 3 and 2 are the same backwards. */
const PHASE_0 = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625, 0.97216796875,
  -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
] as const;
const PHASE_1 = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
] as const;
const PHASES = [PHASE_0, PHASE_1, [...PHASE_1].reverse(), [...PHASE_0].reverse()].map((taps) => Float64Array.from(taps));
const TAPS = 12;
const BEFORE = TAPS - 1;
/** No phase can raise the samples under it by more than this, so quieter stretches need no oversampling at all. */
const MOST_GAIN = Math.max(...PHASES.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));
const STRETCH = 64;

export interface TruePeakMeter {
  add(planes: readonly Float32Array[], frames: number): void;
  /** dBTP; null when there is nothing but digital silence. */
  finish(): number | null;
}

const createChannel = () => {
  // The last samples of the block before stand in front of the block.
  let window = new Float32Array(BEFORE);
  let highest = 0;

  const oversample = (from: number, end: number): void => {
    for (const taps of PHASES) {
      for (let at = from; at < end; at++) {
        let sum = 0;
        for (let tap = 0; tap < TAPS; tap++) sum += (taps[tap] as number) * (window[at + BEFORE - tap] as number);
        if (sum > highest) highest = sum;
        else if (-sum > highest) highest = -sum;
      }
    }
  };
  const loudest = (from: number, end: number): number => {
    let high = 0;
    let low = 0;
    for (let at = from; at < end; at++) {
      const value = window[at] as number;
      if (value > high) high = value;
      if (value < low) low = value;
    }
    return Math.max(high, -low);
  };

  return {
    add: (plane: Float32Array, frames: number): void => {
      if (window.length < frames + BEFORE) {
        const grown = new Float32Array(frames + BEFORE);
        grown.set(window.subarray(0, BEFORE));
        window = grown;
      }
      window.set(frames === plane.length ? plane : plane.subarray(0, frames), BEFORE);
      let before = loudest(0, BEFORE);
      for (let from = 0; from < frames; from += STRETCH) {
        const end = Math.min(frames, from + STRETCH);
        const here = loudest(from + BEFORE, end + BEFORE);
        if (here > highest) highest = here;
        if (Math.max(before, here) * MOST_GAIN > highest) oversample(from, end);
        before = end - from >= BEFORE ? here : Math.max(before, here);
      }
      window.copyWithin(0, frames, frames + BEFORE);
    },
    highest: (): number => highest,
  };
};

export const createTruePeakMeter = (channels: number): TruePeakMeter => {
  const meters = Array.from({ length: channels }, createChannel);
  return {
    add: (planes, frames) => {
      for (const [channel, plane] of planes.entries()) meters[channel]?.add(plane, frames);
    },
    finish: () => {
      // Silence after the end, so that the filter runs out over the last samples as well.
      const after = new Float32Array(TAPS);
      for (const meter of meters) meter.add(after, TAPS);
      const highest = Math.max(...meters.map((meter) => meter.highest()));
      return highest === 0 ? null : 20 * Math.log10(highest);
    },
  };
};
