/** What the library takes up, and what of it may go. Audio that was paid for never does. */
import { findOpenJob } from '../database/jobs.ts';
import { findRecipeId } from '../database/recipes.ts';
import { hasTakeFile, listTakeFiles } from '../database/takes.ts';
import { exportsFolder } from '../exports.ts';
import type { Ports } from '../ports.ts';
import { listMedia, type MediaFile } from '../takes/adopt-media.ts';
import { readSidecar, type SidecarEntry, sidecarPath } from '../takes/store-audio.ts';

export const previewsFolder = 'previews';

export interface Sum {
  readonly files: number;
  readonly bytes: number;
}
const sumOf = (files: readonly { readonly bytes: number }[]): Sum => ({
  files: files.length,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
});

export const sizeOfFolder = async ({ files }: Pick<Ports, 'files'>, folder: string): Promise<Sum> =>
  sumOf((await files.list(folder)).filter(({ isFolder }) => !isFolder));

/** Made on this machine for nothing. What a vendor made counts as paid for, whatever the books say. */
const isFree = ({ recipe, chargedCredits }: SidecarEntry): boolean => {
  if (chargedCredits !== null && chargedCredits > 0) return false;
  try {
    const { kind, provider } = JSON.parse(recipe) as { readonly kind?: unknown; readonly provider?: unknown };
    return kind === 'joined' || (kind === 'speech' && provider === 'scratch');
  } catch {
    return false;
  }
};

/** Placed audio has no take until its job's last transaction. */
const isAwaited = ({ database }: Pick<Ports, 'database'>, { recipeHash, takeNo }: SidecarEntry): boolean => {
  const recipeId = findRecipeId(database, recipeHash);
  return recipeId !== null && findOpenJob(database, recipeId, takeNo) !== null;
};

/** Without a note beside it nobody knows what it cost: it stays. */
const isRemovable = async (ports: Pick<Ports, 'files' | 'database'>, { sha256 }: MediaFile): Promise<boolean> => {
  const owners = await readSidecar(ports.files, sha256);
  return owners.length > 0 && owners.every((owner) => isFree(owner) && !isAwaited(ports, owner));
};

interface MediaReport {
  readonly media: Sum;
  readonly unreferenced: readonly MediaFile[];
  readonly removable: readonly MediaFile[];
}

export const inspectMedia = async (ports: Pick<Ports, 'files' | 'database' | 'clock'>): Promise<MediaReport> => {
  const media = await listMedia(ports);
  const named = listTakeFiles(ports.database);
  const unreferenced = media.filter(({ sha256 }) => !named.has(sha256));
  const removable: MediaFile[] = [];
  for (const file of unreferenced) if (await isRemovable(ports, file)) removable.push(file);
  return { media: sumOf(media), unreferenced, removable };
};
export const sumUnreferenced = ({ unreferenced, removable }: MediaReport) => {
  const all = sumOf(unreferenced);
  const gone = sumOf(removable);
  return { ...all, removable: gone.files, removableBytes: gone.bytes };
};

const removeFolderFiles = async ({ files }: Pick<Ports, 'files'>, folder: string): Promise<Sum> => {
  const removed: { readonly bytes: number }[] = [];
  for (const { name, bytes, isFolder } of await files.list(folder)) {
    if (isFolder) continue;
    await files.remove(`${folder}/${name}`);
    removed.push({ bytes });
  }
  return sumOf(removed);
};

const removeUnreferenced = async (ports: Pick<Ports, 'files' | 'database' | 'clock'>): Promise<Sum> => {
  const removed: MediaFile[] = [];
  for (const file of (await inspectMedia(ports)).removable) {
    // Looked at again right before: a take may have been adopted meanwhile.
    if (hasTakeFile(ports.database, file.sha256) || !(await isRemovable(ports, file))) continue;
    await ports.files.remove(file.path);
    await ports.files.remove(sidecarPath(file.sha256));
    removed.push(file);
  }
  return sumOf(removed);
};

export type CleanUp = 'unreferenced' | 'previews' | 'exports';

export const cleanUp = async (
  ports: Pick<Ports, 'files' | 'database' | 'clock'>,
  what: ReadonlySet<CleanUp>,
): Promise<Sum> => {
  const sums = [
    ...(what.has('unreferenced') ? [await removeUnreferenced(ports)] : []),
    ...(what.has('previews') ? [await removeFolderFiles(ports, previewsFolder)] : []),
    ...(what.has('exports') ? [await removeFolderFiles(ports, exportsFolder)] : []),
  ];
  return {
    files: sums.reduce((sum, { files }) => sum + files, 0),
    bytes: sums.reduce((sum, { bytes }) => sum + bytes, 0),
  };
};
