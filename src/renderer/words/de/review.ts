import type { WordsOf } from '../words.ts';

export const review = {} as const satisfies WordsOf<'review'>;
