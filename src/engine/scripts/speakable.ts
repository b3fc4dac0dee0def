/** Marks that a voice does not say; everything else, also symbols such as % and &, has something to be said. */
const silentMarks = /[\s\p{Z}\p{C}.,;:!?¡¿…·"'“”„‚‘’«»‹›()[\]{}<>|\\/_*~^`–—-]/gu;

export const isSpeakable = (text: string): boolean => text.replaceAll(silentMarks, '') !== '';
