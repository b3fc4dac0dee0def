/** A clock whose time of day can be set into the past while the demo's history is written; its timers go by the wall. */
import type { Clock } from '#engine/ports.ts';

export interface MovableClock extends Clock {
  /** Stands still at this time, epoch ms; null: the real time again. */
  standAt(at: number | null): void;
}

export const createMovableClock = (real: Clock): MovableClock => {
  let set: number | null = null;
  return {
    now: () => set ?? real.now(),
    monotonic: () => real.monotonic(),
    after: (delayMs, run) => real.after(delayMs, run),
    breathe: () => real.breathe(),
    standAt: (at) => {
      set = at;
    },
  };
};
