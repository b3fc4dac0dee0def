/** A clock that moves when it is told to. */
import type { Clock } from '#engine/ports.ts';

export interface ManualClock extends Clock {
  /** Moves on, calling what falls due in its order; promises that were waiting settle in between. */
  advance(ms: number): Promise<void>;
  /** The calendar alone, as a user sets it. */
  setBack(ms: number): void;
  pending(): number;
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

export const createManualClock = (startAt = 1_000_000): ManualClock => {
  let elapsed = 0;
  let shift = 0;
  let next = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  return {
    now: () => startAt + elapsed - shift,
    monotonic: () => elapsed,
    after: (delayMs, run) => {
      const id = (next += 1);
      timers.set(id, { at: elapsed + Math.max(0, delayMs), run });
      return () => timers.delete(id);
    },
    breathe: () => Promise.resolve(),
    advance: async (ms) => {
      const end = elapsed + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due[0]);
        elapsed = Math.max(elapsed, due[1].at);
        due[1].run();
        await settle();
      }
      elapsed = end;
      await settle();
    },
    setBack: (ms) => {
      shift += ms;
    },
    pending: () => timers.size,
  };
};
