export const lexicon = {} as const;
