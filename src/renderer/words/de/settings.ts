import type { WordsOf } from '../words.ts';

export const settings = {} as const satisfies WordsOf<'settings'>;
