/**
 * One file being written: open, gathered writes, fsync, close. Callback functions of `node:fs`, because a 50 KB audio file
 * costs more in promise layers than in system calls. `fs.fsync` is F_FULLFSYNC on macOS (libuv, src/unix/fs.c), fsync elsewhere.
 */
import { closeSync, fsync, open, writev } from 'node:fs';
import { AppError } from '#contract/errors.ts';
import type { ByteSink } from '#engine/ports.ts';
import { fromFileSystem } from './files-errors.ts';

/** Small chunks are gathered up to this many bytes before they are handed to the disk. */
const gatherBytes = 256 * 1024;

const openFile = (path: string, flags: string, mode: number): Promise<number> =>
  new Promise((resolve, reject) => {
    open(path, flags, mode, (error, descriptor) => {
      if (error === null) resolve(descriptor);
      else reject(error);
    });
  });

const closeFile = (descriptor: number): void => {
  try {
    // After a flush there is nothing left to write, so this does not wait for the disk.
    closeSync(descriptor);
  } catch {
    // An error here says nothing that fsync has not said already.
  }
};

const flushFile = (descriptor: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fsync(descriptor, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });

const after = (chunks: readonly Uint8Array[], written: number): Uint8Array[] => {
  let left = written;
  const rest: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (left >= chunk.byteLength) left -= chunk.byteLength;
    else {
      rest.push(left === 0 ? chunk : chunk.subarray(left));
      left = 0;
    }
  }
  return rest;
};

const writeAll = (descriptor: number, chunks: readonly Uint8Array[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const step = (rest: readonly Uint8Array[]): void => {
      if (rest.length === 0) {
        resolve();
        return;
      }
      writev(descriptor, rest, (error, written) => {
        if (error !== null) reject(error);
        else if (written === 0) reject(Object.assign(new Error('The disk took no bytes.'), { code: 'ENOSPC' }));
        else step(after(rest, written));
      });
    };
    step(chunks);
  });

/** Opens a new file, or an emptied one. What is written is copied, so a caller may reuse its buffer. */
export const openSink = async (path: string, mode = 0o644): Promise<ByteSink> => {
  let descriptor: number | null;
  try {
    descriptor = await openFile(path, 'w', mode);
  } catch (error) {
    throw fromFileSystem(error);
  }
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;

  const held = (): number => {
    if (descriptor === null) throw new AppError('internal', 'A file was written to after it was closed.');
    return descriptor;
  };
  const release = (): void => {
    const open = descriptor;
    descriptor = null;
    gathered = [];
    if (open !== null) closeFile(open);
  };
  const drain = (): Promise<void> => {
    const chunks = gathered;
    gathered = [];
    gatheredBytes = 0;
    return writeAll(held(), chunks);
  };
  const orClose = async (run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      release();
      throw fromFileSystem(error);
    }
  };

  return {
    write: async (bytes) => {
      held();
      if (bytes.byteLength === 0) return;
      gathered.push(Buffer.from(bytes));
      gatheredBytes += bytes.byteLength;
      if (gatheredBytes >= gatherBytes) await orClose(drain);
    },
    finish: async () => {
      await orClose(async () => {
        await drain();
        await flushFile(held());
      });
      release();
    },
    abandon: async () => {
      if (descriptor === null) return;
      try {
        await drain();
      } catch {
        // Given up anyway: what reached the disk is what is left.
      }
      release();
    },
  };
};
