/** Worker thread: the slow jobs on a library database, on a connection of its own, away from the engine's loop. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

export type MaintenanceJob =
  | { readonly kind: 'checkpoint'; readonly mode: 'PASSIVE' | 'TRUNCATE' }
  | { readonly kind: 'backup'; readonly to: string }
  | { readonly kind: 'integrity' };
export interface MaintenanceRequest {
  readonly id: number;
  readonly job: MaintenanceJob;
}
export type MaintenanceReply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly code: string };

const path = (workerData as { readonly path: string }).path;

const withConnection = async <T>(
  file: string,
  options: Sqlite.Options,
  run: (connection: Sqlite.Database) => T | Promise<T>,
): Promise<T> => {
  const connection = new Sqlite(file, { timeout: 5_000, fileMustExist: true, ...options });
  try {
    return await run(connection);
  } finally {
    connection.close();
  }
};

const flush = (file: string): void => {
  const descriptor = openSync(file, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

const problemsIn = (connection: Sqlite.Database): string[] =>
  (connection.pragma('integrity_check') as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((line) => line !== 'ok');

/** A copy gets its final name only after it was read back whole. */
const backup = async (to: string): Promise<{ file: string; bytes: number }> => {
  const partial = `${to}.partial`;
  rmSync(partial, { force: true });
  try {
    await withConnection(path, { readonly: true }, async (connection) => {
      // All pages in one step: a writer between two steps would make the copy start again.
      await connection.backup(partial, { progress: () => 0x7fffffff });
    });
    await withConnection(partial, {}, (copy) => {
      // One file, not three: the copy is read where no -wal may be made.
      copy.pragma('journal_mode = DELETE');
      const problems = problemsIn(copy);
      if (problems.length > 0) throw new Error(`The backup did not pass its check: ${problems.slice(0, 3).join('; ')}`);
    });
    flush(partial);
    renameSync(partial, to);
    return { file: to, bytes: statSync(to).size };
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
};

const perform = async (job: MaintenanceJob): Promise<unknown> => {
  switch (job.kind) {
    case 'checkpoint':
      return withConnection(path, {}, (connection) => {
        if (process.platform === 'darwin') connection.pragma('checkpoint_fullfsync = ON');
        const [row] = connection.pragma(`wal_checkpoint(${job.mode})`) as {
          busy: number;
          log: number;
          checkpointed: number;
        }[];
        return { done: row?.busy === 0, frames: row?.log ?? 0, moved: row?.checkpointed ?? 0 };
      });
    case 'backup':
      return backup(job.to);
    case 'integrity':
      return withConnection(path, { readonly: true }, (connection) => {
        const problems = problemsIn(connection);
        return { ok: problems.length === 0, problems };
      });
  }
};

parentPort?.on('message', (request: MaintenanceRequest) => {
  perform(request.job).then(
    (output) => parentPort?.postMessage({ id: request.id, ok: true, output } satisfies MaintenanceReply),
    (error: unknown) => {
      const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
      const message = error instanceof Error ? error.message : String(error);
      parentPort?.postMessage({ id: request.id, ok: false, message, code } satisfies MaintenanceReply);
    },
  );
});
