import type { KeyState } from '#contract/entities.ts';

/** The last characters of a key, without the dots before them; empty where it is too short to show any. */
export const keyEnding = ({ hint }: Pick<KeyState, 'hint'>): string => hint?.replace(/^\W+/, '') ?? '';
