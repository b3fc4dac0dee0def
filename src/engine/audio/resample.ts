/** Band-limited resampling by a Hann-windowed sinc, 16 zero crossings to each side: for joining parts whose rates differ. */
const CROSSINGS = 16;

const kernel = (x: number): number => {
  if (x === 0) return 1;
  if (Math.abs(x) >= CROSSINGS) return 0;
  const angle = Math.PI * x;
  return (Math.sin(angle) / angle) * (0.5 + 0.5 * Math.cos(angle / CROSSINGS));
};

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** One channel at another rate; the length is kept to the nearest sample. */
export const resample = (plane: Float32Array, fromRate: number, toRate: number): Float32Array => {
  if (fromRate === toRate) return plane;
  const common = divisor(fromRate, toRate);
  const [step, phases] = [fromRate / common, toRate / common];
  // Going down, everything above the new half rate must be gone, so the kernel gets wider and lower.
  const cutoff = Math.min(1, toRate / fromRate);
  const reach = Math.ceil(CROSSINGS / cutoff);
  const taps = reach * 2 + 1;
  const tables = new Map<number, Float64Array>();
  const tableOf = (phase: number): Float64Array => {
    const known = tables.get(phase);
    if (known !== undefined) return known;
    const table = new Float64Array(taps);
    for (let i = 0; i < taps; i++) table[i] = cutoff * kernel((i - reach - phase / phases) * cutoff);
    const sum = table.reduce((total, tap) => total + tap, 0);
    for (let i = 0; i < taps; i++) table[i] = (table[i] as number) / sum;
    tables.set(phase, table);
    return table;
  };
  const output = new Float32Array(Math.round((plane.length * toRate) / fromRate));
  for (let i = 0; i < output.length; i++) {
    const position = i * step;
    const first = Math.floor(position / phases) - reach;
    const table = tableOf(position % phases);
    let sum = 0;
    for (let tap = Math.max(0, -first); tap < taps && first + tap < plane.length; tap++) {
      sum += (table[tap] as number) * (plane[first + tap] as number);
    }
    output[i] = sum;
  }
  return output;
};
