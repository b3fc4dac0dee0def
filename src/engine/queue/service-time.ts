/**
 * When to look at a generation first. The guess shrinks while the first look finds it done, and grows on a miss, so it
 * settles just above the vendor's real service time.
 */
export interface ServiceTime {
  /** How long to wait before the first look, in ms. */
  firstLookMs(): number;
  /** Wait after look number `count` (1 is the first) found it unfinished. */
  nextLookMs(count: number, random: number): number;
  /** A look at `elapsedMs` after sending found it done. */
  finished(elapsedMs: number, looks: number): void;
  readonly learnedMs: number | null;
}

const firstGuessMs = 1000;
const capMs = 10_000;

/** @param learnedMs what an earlier run learned, or null. */
export const createServiceTime = (learnedMs: number | null): ServiceTime => {
  let guess = learnedMs;
  /** Until a look came too early, the guess falls fast. */
  let missed = learnedMs !== null;
  return {
    firstLookMs: () => guess ?? firstGuessMs,
    nextLookMs: (count, random) => {
      const step = guess === null ? firstGuessMs : Math.max(20, guess * 0.12);
      return Math.min(capMs, step * 1.5 ** Math.min(count - 1, 40)) * (0.85 + 0.3 * random);
    },
    finished: (elapsedMs, looks) => {
      if (looks <= 1) {
        guess = Math.max(10, (guess ?? elapsedMs) * (missed ? 0.99 : 0.6));
        return;
      }
      missed = true;
      guess = guess === null ? elapsedMs : guess * 0.7 + elapsedMs * 1.02 * 0.3;
    },
    get learnedMs() {
      return guess;
    },
  };
};
