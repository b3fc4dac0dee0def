import type { WordsOf } from '../words.ts';

export const renders = {} as const satisfies WordsOf<'renders'>;
