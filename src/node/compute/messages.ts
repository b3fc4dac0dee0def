/** What goes between the pool and a worker. */
import type { ErrorCode } from '#contract/errors.ts';
import type { Measures } from '#engine/audio/analyse.ts';
import type { FliteTask, MatchTask } from '#engine/ports.ts';

export type ComputeTask =
  | { readonly kind: 'analyse'; readonly path: string; readonly measures: Measures }
  | { readonly kind: 'join'; readonly parts: readonly { readonly path: string; readonly gapAfterMs: number }[] }
  | ({ readonly kind: 'flite' } & FliteTask)
  | ({ readonly kind: 'match' } & MatchTask);

export interface WorkerRequest {
  readonly id: number;
  readonly task: ComputeTask;
}
export type WorkerReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode; readonly message: string };

export interface WorkerOptions {
  /** Absolute path of flite.wasm. */
  readonly fliteWasm: string;
}
