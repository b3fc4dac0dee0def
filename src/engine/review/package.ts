/** From a board to the files of a review package. */
import { getPeaks, getTake } from '../database/takes.ts';
import type { ArchiveEntry, Ports } from '../ports.ts';
import { mediaPath } from '../takes/store-audio.ts';
import type { Board } from './board.ts';
import { type PackedReview, type PackedTake, reviewPage } from './page/page.ts';
import { createSlices } from './slices.ts';

const peaksShown = 180;
const variantsNamed = 8;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A part of a file name that every system takes. */
export const plainName = (text: string, longest = 40): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '') || 'untitled';

/** `peaks` as stored: [min, max, min, max ...], each -127..127. */
export const outlineOf = (peaks: Int8Array): string => {
  const pairs = peaks.length >> 1;
  const points = Math.min(peaksShown, pairs);
  let outline = '';
  for (let point = 0; point < points; point += 1) {
    let highest = 0;
    const end = Math.max(Math.floor((point * pairs) / points) + 1, Math.floor(((point + 1) * pairs) / points));
    for (let at = Math.floor((point * pairs) / points); at < end; at += 1)
      highest = Math.max(highest, Math.abs(peaks[at * 2] ?? 0), Math.abs(peaks[at * 2 + 1] ?? 0));
    outline += alphabet[Math.round((Math.min(127, highest) / 127) * 63)] ?? 'A';
  }
  return outline;
};

export interface PackageOrder {
  readonly packageId: string;
  readonly fileName: string;
  readonly title: string;
  readonly note: string;
  /** Places on the board, in the order of the script. */
  readonly places: readonly number[];
}

export const packReview = async (
  { database, files, clock }: Pick<Ports, 'database' | 'files' | 'clock'>,
  { scope, facts }: Board,
  { places, ...about }: PackageOrder,
): Promise<{ readonly review: PackedReview; readonly entries: readonly ArchiveEntry[] }> => {
  const takes: PackedTake[] = [];
  const entries: ArchiveEntry[] = [];
  const pause = createSlices(clock);
  for (const at of places) {
    const sound = scope.sounds[at];
    const take = getTake(database, facts[at]?.shown?.id ?? '');
    if (sound === undefined || take === null) continue;
    const number = takes.length + 1;
    const variants = sound.spots.map((place) => scope.spots[place]?.variant ?? '');
    const parts = [String(number).padStart(4, '0'), plainName(variants[0] ?? ''), `line-${sound.linePosition}`];
    const file = `audio/${[...parts, plainName(sound.character, 24)].join('-')}.${take.format}`;
    const stored = getPeaks(database, take.id);
    takes.push({
      id: take.id,
      number,
      character: sound.character,
      text: sound.text,
      variants: variants.slice(0, variantsNamed),
      variantCount: variants.length,
      spots: sound.spots,
      file,
      durationMs: Math.round(take.durationMs),
      peaks:
        stored === null
          ? ''
          : outlineOf(new Int8Array(stored.peaks.buffer, stored.peaks.byteOffset, stored.peaks.byteLength)),
    });
    entries.push({ name: file, content: { file: files.absolute(mediaPath(take.sha256, take.format)) } });
    await pause();
  }
  const review = { ...about, spots: scope.spots.map(({ variant }) => variant), takes };
  return { review, entries: [{ name: 'index.html', content: reviewPage(review) }, ...entries] };
};
