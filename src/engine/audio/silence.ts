import type { Peaks } from './peaks.ts';

export interface Silence {
  readonly leadingMs: number;
  readonly trailingMs: number;
  /** 0..1 of the whole. */
  readonly share: number;
}

/**
 * Silence at the ends and in all, read from stored peaks, so it costs nothing. Silent is what rounds to 0 in 8 bits,
 * about -48 dBFS: room tone is silence, a breath is not. Exact to one stretch of the peaks.
 */
export const measureSilence = (
  { peaks, samplesPerPeak }: Peaks,
  { sampleRate, durationMs }: { readonly sampleRate: number; readonly durationMs: number },
): Silence => {
  const count = peaks.length / 2;
  if (count === 0 || sampleRate === 0) return { leadingMs: 0, trailingMs: 0, share: 1 };
  const stretchMs = (samplesPerPeak / sampleRate) * 1000;
  const isSilent = (i: number): boolean => peaks[i * 2] === 0 && peaks[i * 2 + 1] === 0;
  let first = 0;
  while (first < count && isSilent(first)) first++;
  if (first === count) return { leadingMs: durationMs, trailingMs: durationMs, share: 1 };
  let last = count - 1;
  while (isSilent(last)) last--;
  let silent = 0;
  for (let i = 0; i < count; i++) if (isSilent(i)) silent++;
  return {
    leadingMs: first * stretchMs,
    trailingMs: Math.max(0, durationMs - (last + 1) * stretchMs),
    share: silent / count,
  };
};
