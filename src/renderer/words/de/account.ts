import type { WordsOf } from '../words.ts';

export const account = {} as const satisfies WordsOf<'account'>;
