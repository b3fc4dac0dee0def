import type { WordsOf } from '../words.ts';

export const voices = {} as const satisfies WordsOf<'voices'>;
