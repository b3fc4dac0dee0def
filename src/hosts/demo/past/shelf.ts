/** A few dozen audio files that thousands of made-up takes share: by voice and by length. */
import type { SpeechRecipe } from '#contract/entities.ts';
import type { AudioReport, Ports } from '#engine/ports.ts';
import { placeAudio, type SidecarEntry } from '#engine/takes/store-audio.ts';
import { createMp3Tones } from '../vendors/common/mp3.ts';
import { createTones, type Tone } from '../vendors/common/tone.ts';

export interface ShelfFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly format: string;
  readonly report: AudioReport;
}
export interface Shelf {
  /** The file whose length suits the text; made and placed when it is first wanted, by `first`. */
  fileFor(recipe: SpeechRecipe, first: SidecarEntry): Promise<ShelfFile>;
}

/** Lengths in characters; a text gets the nearest. */
const lengths = [30, 50, 70, 95, 130] as const;
const nearest = (characters: number): number =>
  lengths.reduce((best, length) => (Math.abs(length - characters) < Math.abs(best - characters) ? length : best));

export const createShelf = (ports: Pick<Ports, 'files' | 'hash' | 'compute'>): Shelf => {
  const files = new Map<string, Promise<ShelfFile>>();
  const wave = createTones('by-text');
  const mp3 = createMp3Tones('by-text', 44_100, 128);

  const place = async (tone: Tone, isMp3: boolean, name: string, first: SidecarEntry): Promise<ShelfFile> => {
    const hasher = ports.hash.sha256();
    for (const chunk of tone.chunks) hasher.update(chunk);
    const sha256 = hasher.hex();
    const from = `media/incoming/demo-${name}.audio`;
    const sink = await ports.files.create(from);
    for (const chunk of tone.chunks) await sink.write(chunk);
    await sink.finish();
    const report = await ports.compute.analyse({ path: ports.files.absolute(from) });
    const format = isMp3 ? 'mp3' : 'wav';
    await placeAudio(ports, from, { sha256, format }, first);
    await ports.files.remove(from);
    return { sha256, bytes: tone.bytes, format, report };
  };

  return {
    fileFor: ({ voice, text, format }, first) => {
      const length = nearest([...text].length);
      const isMp3 = format.startsWith('mp3');
      const name = `${voice.replaceAll(/[^A-Za-z0-9]/g, '')}-${length}-${isMp3 ? 'mp3' : 'wav'}`;
      const known = files.get(name);
      if (known !== undefined) return known;
      const made = `${'-'.repeat(length - 1)}.`;
      const file = place((isMp3 ? mp3 : wave).of(made, voice), isMp3, name, first);
      files.set(name, file);
      return file;
    },
  };
};
