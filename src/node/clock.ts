import { performance } from 'node:perf_hooks';
import type { Clock } from '#engine/ports.ts';

/** setTimeout takes no more; it would fire at once. */
const longestTimer = 2 ** 31 - 1;

export interface ClockOptions {
  /** How many times faster than the wall this clock runs. Default 1. */
  readonly speed?: number;
}

/** The real clock. A timer keeps the process alive until its owner calls it off. */
export const createClock = (options: ClockOptions = {}): Clock => {
  const speed = options.speed ?? 1;
  const startedAt = Date.now();
  const now = speed === 1 ? Date.now : () => Math.floor(startedAt + (Date.now() - startedAt) * speed);
  return {
    now,
    monotonic: () => performance.now() * speed,
    after: (delayMs, run) => {
      let left = Math.max(0, delayMs) / speed;
      let timer: NodeJS.Timeout;
      const arm = (): void => {
        const step = Math.min(left, longestTimer);
        left -= step;
        timer = setTimeout(left > 0 ? arm : run, step);
      };
      arm();
      return () => clearTimeout(timer);
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  };
};
