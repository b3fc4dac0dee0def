/** A file as an HTTP response with ranges: one function for the web host and Electron's scheme. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { answerRange } from './range.ts';

export interface MediaFile {
  readonly path: string;
  readonly contentType: string;
}
/** Null when there is no such take, or its file is gone. */
export type MediaPath = (takeId: string) => Promise<MediaFile | null>;

const plain = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  new Response(message, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } });

/** GET and HEAD; the file is closed when the body ends or its reader goes away. */
export const mediaResponse = async (request: Request, file: MediaFile | null): Promise<Response> => {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(405, 'GET or HEAD only.', { allow: 'GET, HEAD' });
  if (file === null) return plain(404, 'There is no audio by this name.');
  const handle = await open(file.path, 'r').catch(() => null);
  if (handle === null) return plain(404, 'The audio file of this take is missing. `cuebooth doctor` tells more.');
  let handedOver = false;
  try {
    const { size } = await handle.stat();
    const range = answerRange(request.headers.get('range'), size);
    if (range.status === 416) return plain(416, 'The file has no such bytes.', { 'content-range': `bytes */${size}` });
    const { status, start, end } = range;
    const headers: Record<string, string> = {
      'content-type': file.contentType,
      'content-length': String(end - start + 1),
      'accept-ranges': 'bytes',
      // A take never changes; the page may keep what it has heard.
      'cache-control': 'private, max-age=86400',
      ...(status === 206 ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    };
    if (request.method === 'HEAD' || end < start) return new Response(null, { status, headers });
    handedOver = true;
    const stream = createReadStream(file.path, { fd: handle, start, end, highWaterMark: 256 * 1024 });
    return new Response(Readable.toWeb(stream) as ReadableStream, { status, headers });
  } finally {
    if (!handedOver) await handle.close();
  }
};
