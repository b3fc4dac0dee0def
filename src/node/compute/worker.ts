/** Entry of a worker thread: one task after the other, results handed over without a copy. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError, assertNever } from '#contract/errors.ts';
import { analyseFile } from './analyse-file.ts';
import { createFlite } from './flite.ts';
import { joinFiles } from './join-files.ts';
import { matchTexts } from './match-texts.ts';
import type { ComputeTask, WorkerOptions, WorkerReply, WorkerRequest } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread.');
const { fliteWasm } = workerData as WorkerOptions;
// The MP3 decoder prints its complaints as well as returning them; they belong in the report only.
Object.assign(console, { error: () => undefined });
const speak = createFlite(fliteWasm);

/** The result, and the memory that moves with it. */
const perform = async (
  task: ComputeTask,
): Promise<{ readonly result: unknown; readonly moved: ArrayBufferLike | null }> => {
  switch (task.kind) {
    case 'analyse': {
      const report = await analyseFile(task.path, task.measures);
      return { result: report, moved: report.peaks.buffer };
    }
    case 'join': {
      const wav = await joinFiles(task.parts);
      return { result: wav, moved: wav.buffer };
    }
    case 'flite': {
      const wav = await speak(task);
      return { result: wav, moved: wav.buffer };
    }
    case 'match':
      return { result: matchTexts(task), moved: null };
    default:
      return assertNever(task);
  }
};

port.on('message', async ({ id, task }: WorkerRequest) => {
  try {
    const { result, moved } = await perform(task);
    port.postMessage({ id, ok: true, result } satisfies WorkerReply, moved === null ? [] : [moved as ArrayBuffer]);
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ id, ok: false, code, message } satisfies WorkerReply);
  }
});
