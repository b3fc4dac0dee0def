/** What the steps of a job share: the lane they run in and the doors they use. */
import type { TakeId, RecipeHash } from '#contract/entities.ts';
import type { AppError } from '#contract/errors.ts';
import type { ClaimedJob } from '../database/claims.ts';
import type { GenerationRow } from '../database/generations.ts';
import type { Ports } from '../ports.ts';
import type { CallContext, ProviderError, SeenConcurrency, SpeechProvider } from '../providers/provider.ts';
import type { CommitGroup } from './commit-group.ts';
import type { ServiceTime } from './service-time.ts';
import type { Turns } from './turns.ts';

export type QueuePorts = Pick<
  Ports,
  'database' | 'files' | 'clock' | 'ids' | 'hash' | 'compute' | 'power' | 'logger' | 'checkpoint' | 'vault'
> & {
  /** By content: two takes of the same sound share a file and its sidecar. */
  readonly turns: Turns;
};

export interface LaneContext {
  readonly ports: QueuePorts;
  readonly group: CommitGroup;
  readonly provider: SpeechProvider;
  readonly serviceTime: ServiceTime;
  /** Key and workspace as they are now; its signal aborts when the queue is parked. */
  call(): CallContext;
  /** The vendor refused or could not be reached: pauses the lane, returns when the job may go again (epoch ms). */
  refused(error: ProviderError): number;
  /** The vendor answered: whatever was counted against it is over. */
  answered(): void;
  /** An answer was lost; returns when to look again (epoch ms), and whether a person should be asked instead. */
  lost(job: Pick<ClaimedJob, 'seq'>): { readonly retryAt: number; readonly givesUp: boolean };
  /** Looks for due jobs again at that time (epoch ms). */
  wakeAt(at: number): void;
  /** The vendor's service has ended: said plainly until it answers again. */
  retired(message: string): void;
  /** Resolves at once, or when the workspace is reachable again. Throws Parked. */
  reachable(): Promise<void>;
  /** Our own disk refused: stops the lane with a message, resolves when writing may be tried again. Throws Parked. */
  blocked(error: AppError): Promise<void>;
  /** A line was delivered for this debit; null when the vendor does not say. */
  priceSeen(credits: number | null, characters: number): void;
  /** A take was stored whose price the vendor tells later. */
  priceMissing(): void;
  /** After the commit: progress and pushes. */
  ended(
    job: Pick<ClaimedJob, 'seq' | 'renderSeq'>,
    take: { readonly takeId: TakeId; readonly recipeHash: RecipeHash; readonly takeNo: number } | null,
  ): void;
  /** A join's last part is stored. */
  joinReady(): void;
}

/** A claimed job on its way, with its generation (null for joins) and the vendor slot it takes up. */
export interface RunningJob {
  readonly job: ClaimedJob;
  readonly generation: GenerationRow | null;
  /** Its request may have left before, in this run or an earlier one. */
  readonly isResend: boolean;
  /** What the answer's headers said about requests at a time. */
  seen(concurrency: SeenConcurrency): void;
  /** Gives the vendor slot back; the rest (download, storing) needs none. Safe to call twice. */
  releaseSlot(): void;
}
