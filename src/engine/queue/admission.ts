/** Whether a claimed job may leave now: its lane's slots, its key's places and calls a minute. */
import type { SpeechRecipe } from '#contract/entities.ts';
import type { KnownRates, SpeechProvider, WorkspaceView } from '../providers/provider.ts';
import type { Claimed } from './claim.ts';
import type { KeyLimits } from './key-limits.ts';
import { isLost } from './look.ts';

/** What a job takes up at the vendor until it leaves. */
export interface Admission {
  /** The vendor's concurrency group. */
  readonly group: string;
  leave(): void;
}
export interface Gate {
  readonly provider: SpeechProvider;
  readonly view: WorkspaceView;
  readonly limits: KeyLimits;
  readonly keyName: string;
  ratesOf(voice: string): KnownRates;
  /** Whether the lane has a slot left. */
  hasRoom(): boolean;
  /** Requests at a time of a group of which the vendor has told nothing yet. */
  readonly otherwise: number;
}

/** Null while there is no room. Joins and free looks take up nothing. */
export const admission = ({ job, generation, isResend }: Claimed, gate: Gate): Admission | null => {
  if (job.kind === 'join' || (generation !== null && isLost(generation))) return { group: '', leave: () => undefined };
  if (!gate.hasRoom()) return null;
  const recipe = JSON.parse(job.canonical) as SpeechRecipe;
  const group = gate.provider.concurrencyGroup?.(recipe, gate.ratesOf(recipe.voice)) ?? '';
  const leave = gate.limits.enter(gate.keyName, {
    group,
    otherwise: gate.otherwise,
    // What was sent before is only asked after.
    perMinute: isResend ? null : (gate.provider.requestsPerMinute?.(gate.view) ?? null),
  });
  return leave === null ? null : { group, leave };
};
