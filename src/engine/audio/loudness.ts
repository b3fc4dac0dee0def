/** Integrated loudness of ITU-R BS.1770-4: K-weighting, 400 ms blocks every 100 ms, gates at -70 LUFS and 10 LU under the rest. */

const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
const OFFSET_LUFS = -0.691;
const HOPS_PER_BLOCK = 4;
/** A decaying filter would otherwise reach denormal numbers in digital silence, which are slow on most processors. */
const INAUDIBLE = 1e-25;

interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * The two K-weighting filters for any rate. The standard prints coefficients for 48 kHz only; these parameters of the
 * analogue prototypes give exactly those at 48 kHz (the derivation that libebur128 and ffmpeg use as well).
 */
export const kWeighting = (sampleRate: number): { readonly shelf: Biquad; readonly highPass: Biquad } => {
  const shelfK = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const shelfA0 = 1 + shelfK / shelfQ + shelfK * shelfK;
  const passK = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const passQ = 0.5003270373238773;
  const passA0 = 1 + passK / passQ + passK * passK;
  return {
    shelf: {
      b0: (high + (band * shelfK) / shelfQ + shelfK * shelfK) / shelfA0,
      b1: (2 * (shelfK * shelfK - high)) / shelfA0,
      b2: (high - (band * shelfK) / shelfQ + shelfK * shelfK) / shelfA0,
      a1: (2 * (shelfK * shelfK - 1)) / shelfA0,
      a2: (1 - shelfK / shelfQ + shelfK * shelfK) / shelfA0,
    },
    highPass: {
      b0: 1,
      b1: -2,
      b2: 1,
      a1: (2 * (passK * passK - 1)) / passA0,
      a2: (1 - passK / passQ + passK * passK) / passA0,
    },
  };
};

/** 5.0 and 5.1 in the usual order L R C (LFE) Ls Rs; every other layout counts all channels alike. */
const channelWeights = (channels: number): readonly number[] => {
  if (channels === 6) return [1, 1, 1, 0, 1.41, 1.41];
  if (channels === 5) return [1, 1, 1, 1.41, 1.41];
  return Array.from({ length: channels }, () => 1);
};

/** Filters a run of samples in place of memory: returns the sum of squares, keeps the state. */
const createWeightedEnergy = (sampleRate: number) => {
  const { shelf, highPass } = kWeighting(sampleRate);
  const { b0, b1, b2, a1, a2 } = shelf;
  const { a1: c1, a2: c2 } = highPass;
  let s1 = 0;
  let s2 = 0;
  let p1 = 0;
  let p2 = 0;
  return (plane: Float32Array, from: number, end: number): number => {
    let [x1, x2, y1, y2] = [s1, s2, p1, p2];
    let sum = 0;
    for (let i = from; i < end; i++) {
      const input = plane[i] as number;
      const shelved = b0 * input + x1;
      // Bracketed so that little has to wait for `shelved`: the chain from sample to sample is what this loop costs.
      x1 = b1 * input + x2 - a1 * shelved;
      x2 = b2 * input - a2 * shelved;
      const output = shelved + y1;
      y1 = y2 - 2 * shelved - c1 * output;
      y2 = shelved - c2 * output;
      sum += output * output;
    }
    s1 = Math.abs(x1) < INAUDIBLE ? 0 : x1;
    s2 = Math.abs(x2) < INAUDIBLE ? 0 : x2;
    p1 = Math.abs(y1) < INAUDIBLE ? 0 : y1;
    p2 = Math.abs(y2) < INAUDIBLE ? 0 : y2;
    return sum;
  };
};

const toLufs = (energy: number): number => OFFSET_LUFS + 10 * Math.log10(energy);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Gated loudness of the energies of overlapping blocks; null when no block is above the absolute gate. */
export const gatedLoudness = (blocks: readonly number[]): number | null => {
  const audible = blocks.filter((energy) => toLufs(energy) > ABSOLUTE_GATE_LUFS);
  if (audible.length === 0) return null;
  const gate = toLufs(mean(audible)) + RELATIVE_GATE_LU;
  const counted = audible.filter((energy) => toLufs(energy) > gate);
  return counted.length === 0 ? null : toLufs(mean(counted));
};

export interface LoudnessMeter {
  add(planes: readonly Float32Array[], frames: number): void;
  /** LUFS; null for audio that is silent or shorter than one block of 400 ms. */
  finish(): number | null;
}

export const createLoudnessMeter = (sampleRate: number, channels: number): LoudnessMeter => {
  const hop = Math.max(1, Math.round(sampleRate / 10));
  const weights = channelWeights(channels);
  const filters = weights.map(() => createWeightedEnergy(sampleRate));
  const hops: number[] = [];
  let energy = 0;
  let filled = 0;
  return {
    add: (planes, frames) => {
      for (let from = 0; from < frames; ) {
        const end = Math.min(frames, from + hop - filled);
        for (const [channel, plane] of planes.entries()) {
          const weight = weights[channel] ?? 0;
          if (weight > 0) energy += weight * (filters[channel]?.(plane, from, end) ?? 0);
        }
        filled += end - from;
        from = end;
        if (filled === hop) {
          hops.push(energy);
          energy = 0;
          filled = 0;
        }
      }
    },
    finish: () => {
      const blocks: number[] = [];
      for (let i = HOPS_PER_BLOCK; i <= hops.length; i++) {
        const sum = hops.slice(i - HOPS_PER_BLOCK, i).reduce((total, part) => total + part, 0);
        blocks.push(sum / (hop * HOPS_PER_BLOCK));
      }
      return gatedLoudness(blocks);
    },
  };
};
