import type { Step } from './timeline.ts';

/** What `take.peaks` returns: [min, max, min, max ...] over equal stretches. */
export interface TakePeaks {
  readonly durationMs: number;
  readonly peaks: readonly number[];
}
/** Two channels for the drawing: highs above the line, lows below it. */
export type DrawnPeaks = readonly [Float32Array, Float32Array];

const mostPoints = 6000;
const pointsPerSecond = 120;

/** The outline of a whole program, silences included, at one resolution. */
export const drawProgram = (
  steps: readonly Step[],
  peaksOf: (step: Step) => TakePeaks | undefined,
  totalSeconds: number,
): DrawnPeaks => {
  const points = Math.max(2, Math.min(mostPoints, Math.ceil(totalSeconds * pointsPerSecond)));
  const perMs = totalSeconds > 0 ? points / (totalSeconds * 1000) : 0;
  const highs = new Float32Array(points);
  const lows = new Float32Array(points);
  let atMs = 0;
  for (const step of steps) {
    const from = atMs + step.leadingMs;
    atMs = from + step.durationMs + step.trailingMs;
    const known = peaksOf(step);
    const count = Math.floor((known?.peaks.length ?? 0) / 2);
    if (known === undefined || count === 0) continue;
    const first = Math.floor(from * perMs);
    const last = Math.min(points - 1, Math.ceil((from + step.durationMs) * perMs));
    for (let point = first; point <= last; point++) {
      const start = Math.max(0, Math.floor(((point / perMs - from) / step.durationMs) * count));
      const end = Math.min(
        count,
        Math.max(start + 1, Math.ceil((((point + 1) / perMs - from) / step.durationMs) * count)),
      );
      for (let at = start; at < end; at++) {
        lows[point] = Math.min(lows[point] ?? 0, known.peaks[at * 2] ?? 0);
        highs[point] = Math.max(highs[point] ?? 0, known.peaks[at * 2 + 1] ?? 0);
      }
    }
  }
  return [highs, lows];
};

const soundPeaks = 1024;

/** The outline of audio that the library keeps none of, such as a voice's preview. */
export const peaksOfSound = (sound: Pick<AudioBuffer, 'duration' | 'length' | 'getChannelData'>): TakePeaks => {
  const samples = sound.getChannelData(0);
  const stretch = Math.max(1, Math.ceil(sound.length / soundPeaks));
  const peaks: number[] = [];
  for (let from = 0; from < samples.length; from += stretch) {
    let low = 0;
    let high = 0;
    for (let at = from; at < Math.min(samples.length, from + stretch); at++) {
      low = Math.min(low, samples[at] ?? 0);
      high = Math.max(high, samples[at] ?? 0);
    }
    peaks.push(low, high);
  }
  return { durationMs: sound.duration * 1000, peaks };
};
