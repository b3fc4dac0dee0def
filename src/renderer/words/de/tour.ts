import type { WordsOf } from '../words.ts';

export const tour = {} as const satisfies WordsOf<'tour'>;
