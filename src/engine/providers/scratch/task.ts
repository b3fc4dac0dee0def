/** The body of a scratch request: what is spoken, in canonical JSON (sorted keys, no spaces). */
import type { SpeechRecipe } from '#contract/entities.ts';
import { ProviderError } from '../provider.ts';

export interface ScratchTask {
  readonly voice: string;
  readonly text: string;
  readonly speed: number;
}

export const SLOWEST = 0.25;
export const FASTEST = 4;

export const encodeTask = ({ voice, text, settings }: SpeechRecipe): Uint8Array<ArrayBuffer> => {
  // A speed that is no number becomes null here and is refused when it is about to be spoken.
  const speed = Number(settings.speed ?? 1);
  return new TextEncoder().encode(JSON.stringify({ speed, text, voice }));
};

/** Throws a permanent ProviderError for a body that cannot be spoken. */
export const decodeTask = (body: Uint8Array): ScratchTask => {
  const task: unknown = JSON.parse(new TextDecoder().decode(body));
  const { voice, text, speed } = (task ?? {}) as Partial<Record<keyof ScratchTask, unknown>>;
  const isSpeakable = typeof voice === 'string' && typeof text === 'string';
  if (isSpeakable && typeof speed === 'number' && speed >= SLOWEST && speed <= FASTEST) return { voice, text, speed };
  const message = isSpeakable
    ? `The speed must be a number from ${SLOWEST} to ${FASTEST}. Change it in the cast or in the line's braces.`
    : 'The stored request of this line is not readable. Render the line again.';
  throw new ProviderError('invalid_input', message, { phase: 'connect', charged: 'no', disposition: 'permanent' });
};
