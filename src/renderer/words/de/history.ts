import type { WordsOf } from '../words.ts';

export const history = {} as const satisfies WordsOf<'history'>;
