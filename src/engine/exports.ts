/** Files that were made to be taken away: review packages, the library as one file. They lie in `exports/` until they are cleaned up. */
import type { Ids } from './ports.ts';

export const exportsFolder = 'exports';
const known = /^export-[0-9a-f-]{36}\.(zip|cuebooth)$/;

/** Names a new file; its path is `exportPath(exportId)`. */
export const newExportId = (ids: Pick<Ids, 'next'>, extension: 'zip' | 'cuebooth'): string =>
  `export-${ids.next()}.${extension}`;

export const exportPath = (exportId: string): string => `${exportsFolder}/${exportId}`;

/** Null for what is no export's id. */
export const exportOf = (exportId: string): { readonly path: string; readonly format: string } | null => {
  const extension = known.exec(exportId)?.[1];
  return extension === undefined ? null : { path: exportPath(exportId), format: extension };
};
