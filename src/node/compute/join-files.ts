import { AppError } from '#contract/errors.ts';
import { type JoinPart, joinParts, pcmOfWav } from '#engine/audio/join.ts';
import { sniffFormat } from '#engine/audio/sniff-format.ts';
import { pcmOfMp3 } from './mp3.ts';
import { readMedia } from './read-media.ts';

/** One WAV of WAV (or MP3) files. Throws `audio_undecodable` naming the part that cannot be joined. */
export const joinFiles = async (
  parts: readonly { readonly path: string; readonly gapAfterMs: number }[],
): Promise<Uint8Array<ArrayBuffer>> => {
  const decoded: JoinPart[] = [];
  for (const [i, { path, gapAfterMs }] of parts.entries()) {
    const bytes = readMedia(path);
    try {
      const audio = sniffFormat(bytes) === 'mp3' ? await pcmOfMp3(bytes) : pcmOfWav(bytes);
      decoded.push({ audio, gapAfterMs });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `Part ${i + 1} of ${parts.length} cannot be joined: ${reason} The parts are kept.`;
      throw new AppError('audio_undecodable', message, { cause: error });
    }
  }
  return joinParts(decoded);
};
