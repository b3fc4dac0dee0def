/** Looks whether rows and files agree, and mends what can be mended. Audio that was paid for is never deleted. */
import type { Recipe, TakeId } from '#contract/entities.ts';
import type { DoctorReport } from '#contract/methods/library.ts';
import { ensureRecipe } from '../database/recipes.ts';
import { insertTake, pageTakeFiles } from '../database/takes.ts';
import { getGeneration } from '../database/generations.ts';
import type { Ports } from '../ports.ts';
import { measure, spokenOf } from './measure.ts';
import { incomingFolder, mediaPath, readSidecar } from './store-audio.ts';

/** What the opener of the library can do with the database file. */
export interface LibraryMaintenance {
  backup(): Promise<{ readonly file: string; readonly bytes: number }>;
  backups(): Promise<readonly { readonly file: string; readonly bytes: number; readonly createdAt: number }[]>;
  /** `ok`, or what is wrong. */
  integrity(): Promise<string>;
}

interface MediaFile {
  readonly path: string;
  readonly sha256: string;
  readonly format: string;
  readonly bytes: number;
}

const listMedia = async (ports: Pick<Ports, 'files'>): Promise<MediaFile[]> => {
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

/** Gives a file without a row its take back, from its sidecar. Returns whether any take of it was added. */
const adopt = async (ports: Ports, file: MediaFile): Promise<boolean> => {
  const entries = await readSidecar(ports.files, file.sha256);
  let added = false;
  for (const entry of entries) {
    const recipe = JSON.parse(entry.recipe) as Recipe;
    const measured = await measure(ports, file.path, spokenOf(recipe));
    if (measured.kind === 'bad') continue;
    const { report, suspect } = measured;
    const text = recipe.kind === 'speech' ? recipe.text : '(joined from parts)';
    added =
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
        return insertTake(ports.database, {
          id: ports.ids.next() as TakeId,
          recipeId,
          takeNo: entry.takeNo,
          generationId: entry.generationId === null ? null : (getGeneration(ports.database, entry.generationId)?.id ?? null),
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
      }) || added;
  }
  return added;
};

/** A row whose file is gone can be had again for nothing where the voice is free: its row goes, the next render makes it anew. */
const dropFreeMissing = (ports: Ports, takeId: string): boolean =>
  ports.database.transaction(() => {
    const take = ports.database
      .prepare<{ seq: number; provider: string | null; kind: string }>(
        'SELECT t.seq, c.provider, c.kind FROM takes t JOIN recipes c ON c.id = t.recipe_id WHERE t.id = ?',
      )
      .get(takeId);
    if (take === undefined || (take.provider !== 'scratch' && take.kind !== 'joined')) return false;
    ports.database.prepare('DELETE FROM selections WHERE take_seq = ?').run(take.seq);
    ports.database.prepare('DELETE FROM take_peaks WHERE take_seq = ?').run(take.seq);
    ports.database.prepare('DELETE FROM takes WHERE seq = ?').run(take.seq);
    return true;
  });

export const inspectLibrary = async (ports: Ports, maintenance: LibraryMaintenance | undefined, repair: boolean): Promise<DoctorReport> => {
  const repaired: string[] = [];
  if (repair) await maintenance?.backup();
  const media = await listMedia(ports);
  const onDisk = new Set(media.map(({ path }) => path));
  const named = new Set<string>();
  const missing: DoctorReport['missing'] = [];
  let takes = 0;
  for (let after = 0; ; ) {
    const page = pageTakeFiles(ports.database, after);
    const last = page.at(-1);
    if (last === undefined) break;
    for (const take of page) {
      takes += 1;
      const path = mediaPath(take.sha256, take.format);
      named.add(path);
      if (onDisk.has(path)) continue;
      if (repair && dropFreeMissing(ports, take.id)) {
        repaired.push(`Take of "${take.text.slice(0, 60)}": its file was gone; it cost nothing and will be made again by the next render.`);
        continue;
      }
      missing.push({ takeId: take.id, sha256: take.sha256, text: take.text, paid: take.paid });
    }
    after = last.seq;
    await ports.clock.breathe();
  }
  const unreferenced: DoctorReport['unreferenced'] = [];
  for (const file of media) {
    if (named.has(file.path)) continue;
    const adoptable = (await readSidecar(ports.files, file.sha256)).length > 0;
    if (repair && adoptable && (await adopt(ports, file))) {
      repaired.push(`${file.path}: its take is back in the library.`);
      continue;
    }
    unreferenced.push({ file: file.path, bytes: file.bytes, adoptable });
  }
  const incoming = (await ports.files.list(incomingFolder))
    .filter(({ isFolder }) => !isFolder)
    .map(({ name, bytes }) => ({ file: `${incomingFolder}/${name}`, bytes, generationId: name.replace(/\.(?:part|audio)$/, '') }));
  const integrity = (await maintenance?.integrity()) ?? 'not checked: the library is open for reading only';
  return {
    databaseOk: integrity === 'ok' || maintenance === undefined,
    databaseMessage: integrity,
    takes,
    mediaFiles: media.length,
    mediaBytes: media.reduce((sum, { bytes }) => sum + bytes, 0),
    missing,
    unreferenced,
    incoming,
    backups: [...((await maintenance?.backups()) ?? [])],
    repaired,
  };
};
