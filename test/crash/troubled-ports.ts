/** Ports of a studio on which something goes wrong that no vendor can be told to do. */
import { AppError } from '#contract/errors.ts';
import type { Compute, Ports } from '#engine/ports.ts';

type Trouble = (ports: Ports) => Partial<Ports>;

/** Throws what `error` makes, the first `times` times. */
const failing = (times: number, error: () => Error): (() => void) => {
  let left = times;
  return () => {
    if (left <= 0) return;
    left -= 1;
    throw error();
  };
};

/** A task of the workers fails once. */
const stumblingAt =
  (task: 'analyse' | 'flite' | 'join', message: string): Trouble =>
  ({ compute }) => {
    const stumble = failing(1, () => new Error(message));
    const before =
      <Args extends readonly unknown[], Result>(run: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        stumble();
        return run(...args);
      };
    const troubled: Partial<Compute> = { [task]: before(compute[task] as (...args: unknown[]) => Promise<unknown>) };
    return { compute: { ...compute, ...troubled } };
  };

export const stumblingVoice = stumblingAt('flite', 'The voice stumbled.');
export const stumblingJoin = stumblingAt('join', 'The parts would not fit.');
/** A fault of our own: it is rightly logged as an error, which here is on purpose. */
export const stumblingMeasure: Trouble = (ports) => ({
  ...stumblingAt('analyse', 'Nobody foresaw this.')(ports),
  logger: { ...ports.logger, error: () => undefined },
});

/** The disk takes a file only at the third try. */
export const fullTwice: Trouble = ({ files }) => {
  const full = failing(2, () => new AppError('disk_full', 'The disk is full.'));
  return {
    files: {
      ...files,
      create: (path) => {
        full();
        return files.create(path);
      },
    },
  };
};

/** Audio of calls whose text has this word cannot be played. */
export const unplayable =
  (word: string): Trouble =>
  ({ compute, database }) => ({
    compute: {
      ...compute,
      analyse: async (task, signal) => {
        const report = await compute.analyse(task, signal);
        const id = /([^/\\]+)\.audio$/.exec(task.path)?.[1] ?? '';
        const call = database.prepare<{ body: Uint8Array }>('SELECT body FROM generations WHERE id = ?').get(id);
        const isBroken = call !== undefined && new TextDecoder().decode(call.body).includes(word);
        return isBroken ? { ...report, ok: false, problem: 'It is noise.' } : report;
      },
    },
  });

/** The vendor's answers name no debit while any line is open. */
export const debitLater: Trouble = ({ http, database }) => ({
  http: {
    ...http,
    request: async (pool, request) => {
      const answer = await http.request(pool, request);
      return {
        ...answer,
        body: answer.body,
        dump: () => answer.dump(),
        text: async (limit) => {
          const text = await answer.text(limit);
          const open = database
            .prepare("SELECT 1 AS found FROM jobs WHERE state IN ('queued', 'running', 'uncertain')")
            .get();
          return open === undefined ? text : text.replace(/"credits":\d+/, '"remarks":0');
        },
      };
    },
  },
});
