import type { WordsOf } from '../words.ts';

export const variants = {} as const satisfies WordsOf<'variants'>;
