/** The fake's own time: shared with the program under test, or the wall's, `speed` times as fast. */
export interface FakeClock {
  now(): number;
  /** Runs once after `delayMs` of this clock; returns what calls it off. */
  after(delayMs: number, run: () => void): () => void;
}

export const createSpeedClock = (speed: number): FakeClock => {
  const startedAt = Date.now();
  const zero = performance.now();
  return {
    now: () => startedAt + (performance.now() - zero) * speed,
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs / speed);
      return () => clearTimeout(timer);
    },
  };
};

/** Knows every timer that is still to come, so that a server can end with none left. */
export const createTimers = (clock: FakeClock) => {
  const open = new Set<() => void>();
  return {
    after(delayMs: number, run: () => void): void {
      const cancel = clock.after(delayMs, () => {
        open.delete(cancel);
        run();
      });
      open.add(cancel);
    },
    clear(): void {
      for (const cancel of open) cancel();
      open.clear();
    },
    count: () => open.size,
  };
};
export type Timers = ReturnType<typeof createTimers>;
