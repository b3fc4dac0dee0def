import type { WordsOf } from '../words.ts';

export const lexicon = {} as const satisfies WordsOf<'lexicon'>;
