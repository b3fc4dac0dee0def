/** A few worker threads behind a queue: started when there is work, never what keeps the process alive. */
import { Worker } from 'node:worker_threads';
import { AppError } from '#contract/errors.ts';
import type { ComputeTask, WorkerReply, WorkerRequest } from './messages.ts';

export interface PoolOptions {
  readonly workerUrl: URL;
  readonly workerData: unknown;
  /** Workers at most. */
  readonly size: number;
}
export interface Pool {
  run(task: ComputeTask, signal?: AbortSignal): Promise<unknown>;
  close(): Promise<void>;
}

interface Order {
  readonly task: ComputeTask;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}
interface Member {
  readonly worker: Worker;
  order: { readonly id: number; readonly order: Order } | null;
}

const cancelled = (): AppError => new AppError('cancelled', 'The audio task was cancelled. Nothing was changed.');
const closed = (): AppError => new AppError('cancelled', 'The audio workers are shut down. Nothing was changed.');

export const createPool = ({ workerUrl, workerData, size }: PoolOptions): Pool => {
  const members = new Set<Member>();
  const waiting: Order[] = [];
  let lastId = 0;
  let isClosed = false;

  /** Takes the member out of the pool; what it worked on is the caller's to answer. */
  const drop = (member: Member): Order | null => {
    members.delete(member);
    const order = member.order?.order ?? null;
    member.order = null;
    return order;
  };

  const start = (): Member => {
    // Flags of the host (--input-type, --inspect-brk) are not meant for its workers, and some stop them from starting.
    const worker = new Worker(workerUrl, { workerData, execArgv: [] });
    worker.unref();
    const member: Member = { worker, order: null };
    members.add(member);
    worker.on('message', (reply: WorkerReply) => {
      const current = member.order;
      if (current === null || current.id !== reply.id) return;
      member.order = null;
      worker.unref();
      if (reply.ok) current.order.resolve(reply.result);
      else current.order.reject(new AppError(reply.code, reply.message));
      next();
    });
    const crashed = (why: string, cause?: unknown): void => {
      const message = `The audio worker stopped in the middle of a task (${why}). Nothing was stored; a new worker starts with the next task.`;
      drop(member)?.reject(new AppError('internal', message, { cause }));
      next();
    };
    worker.on('error', (error) => crashed(error instanceof Error ? error.message : String(error), error));
    worker.on('exit', (code) => crashed(`exit code ${code}`));
    return member;
  };

  const next = (): void => {
    while (waiting.length > 0 && !isClosed) {
      const idle = [...members].find((member) => member.order === null);
      if (idle === undefined && members.size >= size) return;
      const order = waiting.shift();
      if (order === undefined) return;
      const member = idle ?? start();
      lastId += 1;
      member.order = { id: lastId, order };
      // The process must not end while somebody waits for this answer.
      member.worker.ref();
      member.worker.postMessage({ id: lastId, task: order.task } satisfies WorkerRequest);
    }
  };

  const abort = (order: Order): void => {
    const place = waiting.indexOf(order);
    if (place >= 0) waiting.splice(place, 1);
    for (const member of members) {
      if (member.order?.order !== order) continue;
      drop(member);
      // A computation hears no messages: ending its thread is the only way to stop it.
      void member.worker.terminate();
    }
    order.reject(cancelled());
    next();
  };

  return {
    run: (task, signal) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(closed());
        if (signal?.aborted) return reject(cancelled());
        const onAbort = (): void => abort(order);
        const settled =
          <Value>(settle: (value: Value) => void) =>
          (value: Value): void => {
            signal?.removeEventListener('abort', onAbort);
            settle(value);
          };
        const order: Order = { task, resolve: settled(resolve), reject: settled(reject) };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(order);
        next();
      }),
    close: async () => {
      isClosed = true;
      for (const order of waiting.splice(0)) order.reject(closed());
      const ending = [...members].map((member) => {
        drop(member)?.reject(closed());
        return member.worker.terminate();
      });
      await Promise.all(ending);
    },
  };
};
