import type { KnownRates } from './provider.ts';

/** Before a catalogue was read. */
export const unknownRates: KnownRates = { models: [], voice: null, secondsPerCharacter: null };
