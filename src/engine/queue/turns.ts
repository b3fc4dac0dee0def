/** Runs what has the same name one after the other; different names do not wait for each other. */
export type Turns = <T>(name: string, run: () => Promise<T>) => Promise<T>;

export const createTurns = (): Turns => {
  const last = new Map<string, Promise<unknown>>();
  return (name, run) => {
    const before = last.get(name) ?? Promise.resolve();
    const result = before.then(run, run);
    const ended = result.then(
      () => undefined,
      () => undefined,
    );
    last.set(name, ended);
    void ended.then(() => {
      if (last.get(name) === ended) last.delete(name);
    });
    return result;
  };
};
