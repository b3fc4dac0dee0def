/**
 * Completions and claims of the same few milliseconds share one commit: the same durability at a fraction of the
 * fsyncs (PERF: one commit for ten jobs is 13 times two commits for each). Whoever awaits a piece of work is answered
 * after the commit that holds it.
 */
import type { Clock, Ports, Sync, WritableDatabase } from '../ports.ts';
import { commitAt } from './commit-at.ts';

interface Piece {
  readonly point: string;
  readonly work: () => unknown;
  readonly done: (result: unknown) => void;
  readonly failed: (error: unknown) => void;
}
export interface CommitGroup {
  /**
   * Runs `work` inside the next shared transaction; it may run twice when a neighbour's work fails, and must only touch the database.
   * `point` names what becomes durable, for the crash suite.
   */
  run<T>(point: string, work: () => Sync<T>): Promise<T>;
  /** Commits what waits now. */
  flush(): void;
  /** Resolves when nothing waits. */
  idle(): Promise<void>;
}

/** @param windowMs longest wait of a piece for company; default 10 (DESIGN 5: headers are grouped for at most that; measured at 10 in flight: 0.64 fsyncs a job, 1.05 at 3 ms). @param sliceMs longest work of one commit; default 5. */
export const createCommitGroup = (
  database: WritableDatabase,
  clock: Clock,
  {
    windowMs = 10,
    sliceMs = 5,
    checkpoint,
  }: { readonly windowMs?: number; readonly sliceMs?: number; readonly checkpoint?: Ports['checkpoint'] } = {},
): CommitGroup => {
  let waiting: Piece[] = [];
  let cancelTimer: (() => void) | null = null;

  const alone = (piece: Piece): void => {
    try {
      piece.done(commitAt({ database, checkpoint }, piece.point, () => piece.work() as Sync<unknown>));
    } catch (error) {
      piece.failed(error);
    }
  };

  const commit = (): void => {
    cancelTimer = null;
    const started = clock.monotonic();
    const pieces = waiting;
    waiting = [];
    let taken = 0;
    const results: unknown[] = [];
    try {
      database.transaction(() => {
        for (const piece of pieces) {
          results.push(piece.work());
          taken += 1;
          if (clock.monotonic() - started > sliceMs) break;
        }
        if (checkpoint !== undefined) for (const { point } of pieces.slice(0, taken)) checkpoint(`${point}.committing`);
      });
    } catch {
      // One of them cannot be written, or the disk refuses: each gets its own commit and its own answer.
      for (const piece of pieces) alone(piece);
      return;
    }
    if (checkpoint !== undefined) for (const { point } of pieces.slice(0, taken)) checkpoint(`${point}.committed`);
    if (taken < pieces.length) {
      waiting = [...pieces.slice(taken), ...waiting];
      schedule(0);
    }
    for (let index = 0; index < taken; index += 1) pieces[index]?.done(results[index]);
  };
  const schedule = (delayMs: number): void => {
    cancelTimer ??= clock.after(delayMs, commit);
  };

  return {
    run: <T>(point: string, work: () => Sync<T>) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ point, work, done: (result) => resolve(result as T), failed: reject });
        schedule(windowMs);
      }),
    flush: () => {
      cancelTimer?.();
      if (waiting.length > 0) commit();
    },
    idle: async () => {
      while (waiting.length > 0) {
        cancelTimer?.();
        commit();
        await clock.breathe();
      }
    },
  };
};
