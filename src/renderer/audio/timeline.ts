import type { TakeId } from '#contract/entities.ts';

/** One take and the silence around it. A step without a take is silence that stands for a line not rendered yet. */
export interface Step {
  readonly takeId: TakeId | null;
  readonly title: string;
  readonly text: string;
  readonly leadingMs: number;
  readonly trailingMs: number;
  /** Of the longer one where there is another. */
  readonly durationMs: number;
  /** Level over the sound's own, in dB. Default 0. */
  readonly gainDb?: number;
  /** Runs beside it, silent, until it is switched to. */
  readonly other?: { readonly takeId: TakeId; readonly gainDb: number };
}
/** Which of two sounds that run side by side is heard. */
export type Side = 'first' | 'other';

/** What the transport bar plays: one take, or all takes of a spot. */
export interface Program {
  /** The same id means the same thing to play, so that pressing play again goes on. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly steps: readonly Step[];
  readonly slotSeconds: number | null;
  /** Its outline would give away what is compared without names. */
  readonly isBlind?: true;
}

export interface PlacedStep {
  readonly index: number;
  /** Where the step begins, its leading silence included. */
  readonly fromSeconds: number;
  /** Where its audio begins. */
  readonly soundSeconds: number;
  readonly soundEndSeconds: number;
  readonly toSeconds: number;
}

export const placeSteps = (steps: readonly Step[]): readonly PlacedStep[] => {
  let fromMs = 0;
  return steps.map((step, index) => {
    const soundMs = fromMs + step.leadingMs;
    const soundEndMs = soundMs + step.durationMs;
    const toMs = soundEndMs + step.trailingMs;
    const placed = {
      index,
      fromSeconds: fromMs / 1000,
      soundSeconds: soundMs / 1000,
      soundEndSeconds: soundEndMs / 1000,
      toSeconds: toMs / 1000,
    };
    fromMs = toMs;
    return placed;
  });
};

export const lengthOf = (steps: readonly Step[]): number => placeSteps(steps).at(-1)?.toSeconds ?? 0;

/** The step that is heard, or whose silence is heard, at a moment; the last one at and after the end. */
export const stepAt = (placed: readonly PlacedStep[], seconds: number): number => {
  const found = placed.find((step) => seconds < step.toSeconds);
  return found?.index ?? Math.max(0, placed.length - 1);
};

/** What is still to be heard from a moment on: when it starts, counted from then, and how far into its audio. */
export const remainingFrom = (
  placed: readonly PlacedStep[],
  seconds: number,
): readonly { readonly index: number; readonly delaySeconds: number; readonly offsetSeconds: number }[] =>
  placed
    .filter((step) => step.soundEndSeconds > seconds)
    .map((step) => ({
      index: step.index,
      delaySeconds: Math.max(0, step.soundSeconds - seconds),
      offsetSeconds: Math.max(0, seconds - step.soundSeconds),
    }));
