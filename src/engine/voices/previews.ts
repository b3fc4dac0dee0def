/**
 * Preview clips, fetched once and kept in the library. Nobody's key goes along: they are public, and the vendors' lists
 * may name any host. Content decides the name, so that a clip which changed gets a new address in every player.
 */
import { AppError } from '#contract/errors.ts';
import type { Voice } from '#contract/voices.ts';
import { sniffFormat } from '../audio/sniff-format.ts';
import { getPreview, getPreviewFormat, type PreviewKey, savePreview } from '../database/previews.ts';
import { type HttpAnswer, HttpError, type Ports } from '../ports.ts';
import type { ProviderPreview } from '../providers/provider.ts';

const limitBytes = 5_000_000;
const maxRedirects = 3;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const mediaIdPattern = /^preview-([0-9a-f]{64})$/;

export const previewPath = (sha256: string, format: string): string => `previews/${sha256}.${format}`;
const addressOf = (url: string): string => {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.origin}${parsed.pathname}`;
};

export interface Previews {
  /** The media id of a preview, fetched first where it is not here yet. Throws in words that say what to do instead. */
  fetch(workspaceSeq: number, voice: Pick<Voice, 'voiceId' | 'name'>, preview: ProviderPreview): Promise<string>;
  /** Null for an id that is no preview's. */
  mediaOf(mediaId: string): { readonly path: string; readonly format: string } | null;
}

const refusal = (status: number, name: string, address: string): AppError => {
  const instead = 'Nothing was stored. Audition the voice instead.';
  if (status === 401 || status === 403) {
    return new AppError(
      'missing_permission',
      `${address} asks for a key before it plays the preview of ${name} (status ${status}), and previews are fetched without one. ${instead}`,
    );
  }
  if (status === 404 || status === 410) {
    return new AppError(
      'not_found',
      `The preview of ${name} is not at ${address} any more. ${instead} Reading the voices anew may bring a new address.`,
    );
  }
  return new AppError(
    'provider_error',
    `${address} answered with status ${status} instead of the preview of ${name}. ${instead}`,
  );
};

export const createPreviews = (
  ports: Pick<Ports, 'database' | 'files' | 'hash' | 'http'>,
  options: { readonly readOnly: boolean },
): Previews => {
  const { database, files, hash, http } = ports;
  const fetching = new Map<string, Promise<string>>();

  /** Follows a few redirects by hand. Each request has nothing but an address. */
  const follow = async (url: string, name: string, signal: AbortSignal): Promise<HttpAnswer> => {
    let at = URL.parse(url);
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      if (at === null || (at.protocol !== 'https:' && at.protocol !== 'http:')) break;
      const answer = await http.request('previews', {
        method: 'GET',
        url: at.href,
        headers: { accept: 'audio/*' },
        signal,
        totalTimeoutMs: 60_000,
      });
      if (answer.status >= 200 && answer.status < 300) return answer;
      const next = redirects.has(answer.status) ? URL.parse(answer.headers['location'] ?? '', at.href) : null;
      await answer.dump();
      if (next === null) throw refusal(answer.status, name, at.host);
      if (at.protocol === 'https:' && next.protocol === 'http:') break;
      at = next;
    }
    throw new AppError(
      'redirect_refused',
      `The preview of ${name} leads from address to address, or to one that is not safe to follow. Nothing was stored. Audition the voice instead.`,
    );
  };

  const tooLarge = (name: string): AppError =>
    new AppError(
      'bad_response',
      `The preview of ${name} is larger than ${limitBytes / 1_000_000} MB and was not stored. Audition the voice instead.`,
    );
  const read = async (answer: HttpAnswer, name: string): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of answer.body) {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) throw tooLarge(name);
      chunks.push(chunk);
    }
    const whole = new Uint8Array(bytes);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.byteLength;
    }
    return whole;
  };

  const load = async (key: PreviewKey, voice: Pick<Voice, 'name'>, url: string): Promise<string> => {
    const controller = new AbortController();
    let bytes: Uint8Array;
    try {
      bytes = await read(await follow(url, voice.name, controller.signal), voice.name);
    } catch (error) {
      controller.abort();
      if (!(error instanceof HttpError)) throw error;
      throw new AppError(
        'provider_offline',
        `The preview of ${voice.name} could not be fetched: ${error.message} Nothing was stored; try again when the network is there.`,
        { cause: error, action: { type: 'retry' } },
      );
    }
    const format = sniffFormat(bytes);
    if (format === 'unknown') {
      throw new AppError(
        'bad_response',
        `What lies at the address of ${voice.name}'s preview is no audio that can be played (WAV, MP3, FLAC or OGG). It was not stored. Audition the voice instead.`,
      );
    }
    const sha256 = hash.sha256().update(bytes).hex();
    await files.writeAtomic(previewPath(sha256, format), bytes);
    database.transaction(() =>
      savePreview(database, { ...key, address: addressOf(url), sha256, format, bytes: bytes.byteLength }),
    );
    return `preview-${sha256}`;
  };

  return {
    fetch: async (workspaceSeq, voice, { previewId, url }) => {
      const key = { workspaceSeq, voiceId: voice.voiceId, previewId };
      const known = getPreview(database, key);
      if (known?.address === addressOf(url) && (await files.size(previewPath(known.sha256, known.format))) !== null)
        return `preview-${known.sha256}`;
      if (options.readOnly) {
        throw new AppError(
          'library_read_only',
          `The preview of ${voice.name} was not fetched yet, and this library is open for reading only. Fetch it in the running Cuebooth.`,
        );
      }
      const name = JSON.stringify(key);
      const current =
        fetching.get(name) ??
        load(key, voice, url).finally(() => {
          fetching.delete(name);
        });
      fetching.set(name, current);
      return current;
    },
    mediaOf: (mediaId) => {
      const sha256 = mediaIdPattern.exec(mediaId)?.[1];
      const format = sha256 === undefined ? null : getPreviewFormat(database, sha256);
      return sha256 === undefined || format === null ? null : { path: previewPath(sha256, format), format };
    },
  };
};
