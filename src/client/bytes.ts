/** The third door, the same on the web and on Electron's scheme: bytes up by POST, audio down by URL. */
import { BlobId } from '#contract/entities.ts';
import { AppError } from '#contract/errors.ts';
import type { HostTransport } from './host.ts';
import { disconnected, outputOf, toReply } from './reply.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The JSON reply of one request; a lost wire is the reply `disconnected`. Never rejects. */
export const fetchReply = async (fetch: Fetch, url: string, init: RequestInit) => {
  try {
    const response = await fetch(url, { credentials: 'same-origin', redirect: 'error', cache: 'no-store', ...init });
    const text = await response.text();
    try {
      return toReply(JSON.parse(text));
    } catch {
      return toReply(text);
    }
  } catch {
    return disconnected();
  }
};

/** `origin` is empty for a page's own origin. */
export const createByteDoor = (
  fetch: Fetch,
  origin: string,
): Pick<HostTransport, 'upload' | 'mediaUrl' | 'exportUrl'> => ({
  upload: async (file) => {
    const output = outputOf(
      await fetchReply(fetch, `${origin}/blobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
      }),
    );
    const blobId = BlobId.safeParse((output as { readonly blobId?: unknown } | null)?.blobId);
    if (!blobId.success) throw new AppError('bad_response', 'The file was sent, but no id came back. Send it again.');
    return blobId.data;
  },
  mediaUrl: (takeId) => `${origin}/media/${encodeURIComponent(takeId)}`,
  exportUrl: (exportId) => `${origin}/media/${encodeURIComponent(exportId)}`,
});
