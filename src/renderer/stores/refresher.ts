/**
 * One piece of work asked for many times: never twice at once, and once more when it was asked for meanwhile.
 * `settle` waits until the asking stops (typing), `steady` runs at most once per `delayMs` (bursts of pushes).
 */
export interface Refresher {
  ask(): void;
  /** Runs at once, or joins the run under way and its successor. */
  now(): Promise<void>;
  stop(): void;
}

export const createRefresher = (
  work: () => Promise<void>,
  options: { readonly delayMs: number; readonly pace: 'settle' | 'steady' },
): Refresher => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Promise<void> | undefined;
  let again = false;

  const run = async (): Promise<void> => {
    do {
      again = false;
      await work();
    } while (again);
  };
  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (current !== undefined) {
      again = true;
      return current;
    }
    current = run().finally(() => {
      current = undefined;
    });
    return current;
  };

  return {
    ask: () => {
      if (timer !== undefined) {
        if (options.pace === 'steady') return;
        clearTimeout(timer);
      }
      timer = setTimeout(() => void start(), options.delayMs);
    },
    now: start,
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      again = false;
    },
  };
};
