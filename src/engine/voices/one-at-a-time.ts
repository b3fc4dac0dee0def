/** Work by name: one run of each at a time, which everybody who asks meanwhile waits for. */

export interface OneAtATime {
  /** Starts, or joins the run under way. A run that is called off starts again for those who wait. */
  run(name: string): Promise<void>;
  /** What is under way counts for nothing. */
  callOff(name: string): void;
  /** Ends everything; later runs do nothing. */
  stop(): void;
}

interface Run {
  readonly done: Promise<void>;
  readonly controller: AbortController;
}

/** `work` gets a signal, and must change nothing once that is aborted. */
export const createOneAtATime = (work: (name: string, signal: AbortSignal) => Promise<void>): OneAtATime => {
  const running = new Map<string, Run>();
  let stopped = false;

  const start = (name: string): Run => {
    const controller = new AbortController();
    const done = work(name, controller.signal).finally(() => {
      if (running.get(name)?.controller === controller) running.delete(name);
    });
    const run = { done, controller };
    running.set(name, run);
    return run;
  };
  return {
    run: async (name) => {
      while (!stopped) {
        const { done, controller } = running.get(name) ?? start(name);
        await done;
        if (!controller.signal.aborted) return;
      }
    },
    callOff: (name) => {
      running.get(name)?.controller.abort();
      running.delete(name);
    },
    stop: () => {
      stopped = true;
      for (const { controller } of running.values()) controller.abort();
    },
  };
};
