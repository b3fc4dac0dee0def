/** From a take id to its file, for the hosts that send audio. */
import type { Files } from '#engine/ports.ts';
import type { Router } from '#engine/router.ts';
import { mediaPath } from '#engine/takes/store-audio.ts';
import type { MediaPath } from './media.ts';

const contentTypes: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
};

/** Null for a take that the library does not know. */
export const createMediaPath =
  (router: Pick<Router, 'dispatch'>, files: Pick<Files, 'absolute'>): MediaPath =>
  async (takeId) => {
    const reply = await router.dispatch('take.get', { takeId });
    if (!reply.ok) return null;
    const { sha256, format } = reply.output as { readonly sha256: string; readonly format: string };
    return {
      path: files.absolute(mediaPath(sha256, format)),
      contentType: contentTypes[format] ?? 'application/octet-stream',
    };
  };
