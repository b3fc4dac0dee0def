import type { WordsOf } from '../words.ts';

export const usage = {} as const satisfies WordsOf<'usage'>;
