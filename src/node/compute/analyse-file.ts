import { assertNever } from '#contract/errors.ts';
import { analyseWav, type Measures, unreadableReport } from '#engine/audio/analyse.ts';
import { sniffFormat } from '#engine/audio/sniff-format.ts';
import type { AudioReport } from '#engine/ports.ts';
import { analyseMp3 } from './mp3.ts';
import { readMedia } from './read-media.ts';

/** Measures a file by what it really holds. Throws only when the file itself cannot be read. */
export const analyseFile = async (path: string, measures: Measures): Promise<AudioReport> => {
  const bytes = readMedia(path);
  const format = sniffFormat(bytes);
  switch (format) {
    case 'wav':
      return analyseWav(bytes, measures);
    case 'mp3':
      return analyseMp3(bytes, measures);
    case 'flac':
    case 'ogg':
      return unreadableReport(
        format,
        `${format === 'flac' ? 'FLAC' : 'Ogg'} audio cannot be decoded here yet. The file is kept as it came.`,
      );
    case 'unknown':
      return unreadableReport(
        format,
        bytes.length === 0 ? 'The file is empty.' : 'The file is not audio of a known kind.',
      );
    default:
      return assertNever(format);
  }
};
