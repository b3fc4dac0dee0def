import type { Clock } from '../ports.ts';

/** Longest work without letting others run, in ms. */
const sliceMs = 5;

/** Await it between steps of long work: it lets others run when a slice is over, and costs nothing before. */
export const createSlices = (clock: Pick<Clock, 'monotonic' | 'breathe'>): (() => Promise<void> | undefined) => {
  let started = clock.monotonic();
  return () => {
    if (clock.monotonic() - started < sliceMs) return undefined;
    return clock.breathe().then(() => {
      started = clock.monotonic();
    });
  };
};
