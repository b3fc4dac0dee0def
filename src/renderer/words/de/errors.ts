import type { WordsOf } from '../words.ts';

export const errors = {} as const satisfies WordsOf<'errors'>;
