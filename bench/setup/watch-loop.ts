/** The longest time the event loop was away, in ms: a `setImmediate` that follows itself sees every turn of the loop, however short. */
export interface Slices {
  readonly longestMs: number;
  /** How many turns were over 10 ms. */
  readonly over: number;
}
export interface LoopWatch {
  /** What was seen since the last call. */
  lap(): Slices;
  stop(): void;
}
export const watchLoop = (): LoopWatch => {
  let longestMs = 0;
  let over = 0;
  let last = performance.now();
  let next: NodeJS.Immediate;
  const look = (): void => {
    const now = performance.now();
    const slice = now - last;
    if (slice > longestMs) longestMs = slice;
    if (slice > 10) over += 1;
    last = now;
    next = setImmediate(look);
  };
  next = setImmediate(look);
  return {
    lap: () => {
      const seen = { longestMs, over };
      longestMs = 0;
      over = 0;
      return seen;
    },
    stop: () => clearImmediate(next),
  };
};
