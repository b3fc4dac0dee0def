import type { WordsOf } from '../words.ts';

export const cast = {} as const satisfies WordsOf<'cast'>;
