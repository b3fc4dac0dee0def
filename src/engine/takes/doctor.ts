/** Looks whether rows and files agree, and mends what can be mended. Audio that was paid for is never deleted. */
import type { DoctorReport } from '#contract/methods/library.ts';
import { pageTakeFiles } from '../database/takes.ts';
import type { WholeLibrary } from '../whole-library.ts';
import type { Ports } from '../ports.ts';
import { adoptFile, listMedia } from './adopt-media.ts';
import { incomingFolder, mediaPath, readSidecar } from './store-audio.ts';

/** What the opener of the library can do with the database file. */
export interface LibraryMaintenance {
  backup(): Promise<{ readonly file: string; readonly bytes: number }>;
  backups(): Promise<
    readonly { readonly file: string; readonly bytes: number; readonly createdAt: number; readonly reason: string }[]
  >;
  /** `ok`, or what is wrong. */
  integrity(): Promise<string>;
  /** Absent where whole libraries cannot be exchanged. */
  readonly whole?: WholeLibrary;
}

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

export const inspectLibrary = async (
  ports: Ports,
  maintenance: LibraryMaintenance | undefined,
  repair: boolean,
): Promise<DoctorReport> => {
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
        repaired.push(
          `Take of "${take.text.slice(0, 60)}": its file was gone; it cost nothing and will be made again by the next render.`,
        );
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
    if (repair && adoptable && (await adoptFile(ports, file)).length > 0) {
      repaired.push(`${file.path}: its take is back in the library.`);
      continue;
    }
    unreferenced.push({ file: file.path, bytes: file.bytes, adoptable });
  }
  const incoming = (await ports.files.list(incomingFolder))
    .filter(({ isFolder }) => !isFolder)
    .map(({ name, bytes }) => ({
      file: `${incomingFolder}/${name}`,
      bytes,
      generationId: name.replace(/\.(?:part|audio)$/, ''),
    }));
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
