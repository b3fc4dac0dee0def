/** From a take id to its file, for the hosts that send audio. */
import type { Files } from '#engine/ports.ts';
import type { MediaPath } from './media.ts';

/** What is asked of the engine. */
interface MediaIndex {
  mediaOf(takeId: string): { readonly path: string; readonly format: string } | null;
}

const contentTypes: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  zip: 'application/zip',
};

/** Null for a take that the library does not know. */
export const createMediaPath =
  (engine: MediaIndex, files: Pick<Files, 'absolute'>): MediaPath =>
  async (takeId) => {
    const media = engine.mediaOf(takeId);
    if (media === null) return null;
    return {
      path: files.absolute(media.path),
      contentType: contentTypes[media.format] ?? 'application/octet-stream',
    };
  };
