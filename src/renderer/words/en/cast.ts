export const cast = {} as const;
