/** Audio that no row names goes back into the library by the note beside it. */
import type { Recipe, TakeId } from '#contract/entities.ts';
import { getGeneration } from '../database/generations.ts';
import { ensureRecipe } from '../database/recipes.ts';
import { insertTake } from '../database/takes.ts';
import type { Ports } from '../ports.ts';
import { measure, spokenOf } from './measure.ts';
import { readSidecar, type SidecarEntry } from './store-audio.ts';

export interface MediaFile {
  readonly path: string;
  readonly sha256: string;
  readonly format: string;
  readonly bytes: number;
}

/** All audio at its content address, from the folder alone. */
export const listMedia = async (ports: Pick<Ports, 'files'>): Promise<MediaFile[]> => {
  const found: MediaFile[] = [];
  for (const folder of await ports.files.list('media')) {
    if (!folder.isFolder || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
    for (const file of await ports.files.list(`media/${folder.name}`)) {
      const [sha256 = '', format = ''] = file.name.split('.');
      if (file.isFolder || format === 'json' || !/^[0-9a-f]{64}$/.test(sha256) || file.name.endsWith('.tmp')) continue;
      found.push({ path: `media/${folder.name}/${file.name}`, sha256, format, bytes: file.bytes });
    }
  }
  return found;
};

export interface Adopted {
  readonly recipeId: number;
  readonly entry: SidecarEntry;
}
/** Gives a file its takes back. Returns those that were not there. */
export const adoptFile = async (
  ports: Pick<Ports, 'database' | 'files' | 'compute' | 'ids' | 'clock'>,
  file: MediaFile,
): Promise<readonly Adopted[]> => {
  const adopted: Adopted[] = [];
  for (const entry of await readSidecar(ports.files, file.sha256)) {
    const recipe = JSON.parse(entry.recipe) as Recipe;
    const measured = await measure(ports, file.path, spokenOf(recipe));
    if (measured.kind === 'bad') continue;
    const { report, suspect } = measured;
    const text = recipe.kind === 'speech' ? recipe.text : '(joined from parts)';
    ports.database.transaction(() => {
      const recipeId = ensureRecipe(ports.database, {
        hash: entry.recipeHash,
        kind: recipe.kind,
        provider: recipe.kind === 'speech' ? recipe.provider : null,
        voice: recipe.kind === 'speech' ? recipe.voice : '',
        text,
        characters: Math.max(1, [...text].length),
        canonical: entry.recipe,
      });
      const isNew = insertTake(ports.database, {
        id: ports.ids.next() as TakeId,
        recipeId,
        takeNo: entry.takeNo,
        generationId:
          entry.generationId === null ? null : (getGeneration(ports.database, entry.generationId)?.id ?? null),
        sha256: file.sha256,
        format: file.format,
        bytes: file.bytes,
        durationMs: report.durationMs,
        sampleRate: report.sampleRate > 0 ? report.sampleRate : null,
        channels: report.channels > 0 ? report.channels : null,
        loudnessLufs: report.loudnessLufs,
        truePeakDb: report.truePeakDb,
        suspect,
        createdAt: ports.clock.now(),
        samplesPerPeak: Math.max(1, report.samplesPerPeak),
        peaks: new Uint8Array(report.peaks.buffer, report.peaks.byteOffset, report.peaks.byteLength),
      });
      if (isNew) adopted.push({ recipeId, entry });
    });
  }
  return adopted;
};
