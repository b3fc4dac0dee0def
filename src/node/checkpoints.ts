/** Checkpoints in the maintenance thread, for hosts whose loop must not wait for the disk: `automaticCheckpoints: false`. */
import { stat } from 'node:fs/promises';
import type { Logger } from '#engine/ports.ts';
import type { Maintenance } from './maintenance.ts';

export interface CheckpointOptions {
  /** Looks at the log's size this often, in ms. Default 2,000. */
  readonly everyMs?: number;
  /** Copies pages once the log is this long, in bytes. Default 4 MiB. */
  readonly passiveBytes?: number;
  /** Under constant writing only a truncating checkpoint shortens the log; it holds writers off for a moment. Default 64 MiB. */
  readonly truncateBytes?: number;
  readonly logger?: Logger;
}

/** Starts looking; returns the function that stops it and waits for a checkpoint under way. */
export const keepLogShort = (
  database: string,
  maintenance: Maintenance,
  options: CheckpointOptions = {},
): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  let doneAt = 0;

  const look = async (): Promise<void> => {
    const bytes = await stat(`${database}-wal`).then(
      (found) => found.size,
      () => 0,
    );
    // The log keeps its length after a checkpoint and is written again from its start: only growth is work.
    if (bytes < doneAt) doneAt = 0;
    if (bytes - doneAt < (options.passiveBytes ?? 4 * 1024 ** 2)) return;
    await maintenance.checkpoint('PASSIVE');
    doneAt = bytes;
    if (bytes >= (options.truncateBytes ?? 64 * 1024 ** 2)) {
      await maintenance.checkpoint('TRUNCATE');
      doneAt = 0;
    }
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = look()
      .catch((error: unknown) =>
        options.logger?.warn('A checkpoint of the library failed; it is tried again.', { error }),
      )
      .finally(() => {
        busy = false;
      });
  }, options.everyMs ?? 2_000);
  timer.unref();

  return async () => {
    clearInterval(timer);
    await running;
  };
};
