/** Checkpoints, backups and integrity checks in a worker thread that lives only while there is work. */
import { Worker } from 'node:worker_threads';
import { AppError } from '#contract/errors.ts';
import { fromSqlite } from './database-errors.ts';
import type { MaintenanceJob, MaintenanceReply, MaintenanceRequest } from './database-worker.ts';
import { fromFileSystem } from './files-errors.ts';

export interface Maintenance {
  /** Moves WAL pages into the database. PASSIVE never waits; TRUNCATE also empties the WAL. */
  checkpoint(
    mode?: 'PASSIVE' | 'TRUNCATE',
  ): Promise<{ readonly done: boolean; readonly frames: number; readonly moved: number }>;
  /** Online copy to `to` (absolute), read back whole before it gets that name. */
  backup(to: string): Promise<{ readonly file: string; readonly bytes: number }>;
  integrityCheck(): Promise<{ readonly ok: boolean; readonly problems: readonly string[] }>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
export interface MaintenanceOptions {
  /** Where a bundler put `database-worker`. Default: beside this file. */
  readonly workerUrl?: URL;
  /** The thread ends after this silence, in ms. Default 20,000. */
  readonly idleMs?: number;
}

/** Bundles keep the name and change the ending. */
const workerBeside = (here: string): URL =>
  new URL(here.endsWith('.ts') ? './database-worker.ts' : './database-worker.js', here);

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export const createMaintenance = (path: string, options: MaintenanceOptions = {}): Maintenance => {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let nextId = 1;
  let last: Promise<unknown> = Promise.resolve();

  const stop = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    if (idle !== null) clearTimeout(idle);
    idle = null;
    await ending?.terminate();
  };

  const start = (): Worker => {
    const started = new Worker(options.workerUrl ?? workerBeside(import.meta.url), {
      workerData: { path },
      name: 'library-maintenance',
    });
    started.on('message', (reply: MaintenanceReply) => {
      const call = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) {
        started.unref();
        idle = setTimeout(() => void stop(), options.idleMs ?? 20_000).unref();
      }
      if (reply.ok) call?.resolve(reply.output);
      else call?.reject(translate(reply));
    });
    const fail = (error: unknown): void => {
      if (worker === started) worker = null;
      for (const call of waiting.values()) call.reject(error);
      waiting.clear();
    };
    started.on('error', fail);
    started.on('exit', () =>
      fail(new AppError('internal', 'The maintenance thread ended early. The library itself is untouched.')),
    );
    return started;
  };

  const send = <Output>(job: MaintenanceJob): Promise<Output> =>
    new Promise<unknown>((resolve, reject) => {
      worker ??= start();
      if (idle !== null) clearTimeout(idle);
      idle = null;
      const id = nextId++;
      waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, job } satisfies MaintenanceRequest);
    }) as Promise<Output>;

  // One after the other: two heavy jobs at once would only slow each other and the engine.
  const enqueue = <Output>(job: MaintenanceJob): Promise<Output> => {
    const result = last.then(() => send<Output>(job));
    last = result.catch(() => undefined);
    return result;
  };

  return {
    checkpoint: (mode = 'PASSIVE') => enqueue({ kind: 'checkpoint', mode }),
    backup: (to) => enqueue({ kind: 'backup', to }),
    integrityCheck: () => enqueue({ kind: 'integrity' }),
    close: async () => {
      await last;
      await stop();
    },
  };
};

const translate = (reply: { readonly message: string; readonly code: string }): unknown => {
  const error = Object.assign(new Error(reply.message), { code: reply.code });
  const sqlite = fromSqlite(error);
  return sqlite === error ? fromFileSystem(error) : sqlite;
};
