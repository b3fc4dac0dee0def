/** `cuebooth://app/`: the renderer's files, takes' audio with ranges, and uploads. There is no file:// page. */
import type { CustomScheme } from 'electron';
import type { BlobId } from '#contract/entities.ts';
import { AppError, toErrorShape } from '#contract/errors.ts';
import type { Logger } from '#engine/ports.ts';
import { mediaResponse, type MediaPath } from '#node/serving/media.ts';
import { securityHeaders } from '#node/serving/security-headers.ts';
import type { StaticFiles } from '#node/serving/static-files.ts';
import { appScheme, appUrl, isAppUrl } from '../channels.ts';

/** To be registered before `ready`: standard for relative URLs and an origin, stream for audio that is sought in. */
export const privilegedScheme: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

export interface SchemeParts {
  readonly staticFiles: StaticFiles;
  readonly mediaPath: MediaPath;
  readonly saveBlob: (body: AsyncIterable<Uint8Array>) => Promise<BlobId>;
  readonly logger: Logger;
}

const notFound = (): Response => new Response('There is nothing at this address.', { status: 404 });
const appOrigin = appUrl.slice(0, -1);

export const createSchemeHandler = ({ staticFiles, mediaPath, saveBlob, logger }: SchemeParts) => {
  const upload = async (request: Request): Promise<Response> => {
    // Chromium names the origin of every POST; one that is not ours is refused. Pages of another origin are never loaded either.
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== appOrigin) {
      return Response.json(
        { ok: false, error: { code: 'unauthorized', message: 'The file came from another page and was not stored.' } },
        { status: 403 },
      );
    }
    if (request.body === null) {
      return Response.json(
        { ok: false, error: { code: 'invalid_input', message: 'Nothing was stored: the file is empty.' } },
        { status: 400 },
      );
    }
    try {
      return Response.json({ ok: true, output: { blobId: await saveBlob(request.body) } });
    } catch (error) {
      if (error instanceof AppError) return Response.json({ ok: false, error: toErrorShape(error) }, { status: 400 });
      logger.error('An upload failed unexpectedly.', { error });
      return Response.json(
        {
          ok: false,
          error: {
            code: 'internal',
            message: 'The file was not stored because of a fault in Cuebooth; the log has the details.',
          },
        },
        { status: 500 },
      );
    }
  };

  const answer = async (request: Request): Promise<Response> => {
    if (!isAppUrl(request.url)) return notFound();
    const { pathname } = new URL(request.url);
    if (pathname === '/blobs') return request.method === 'POST' ? upload(request) : notFound();
    const [, takeId] = /^\/media\/([^/]+)$/.exec(pathname) ?? [];
    if (takeId !== undefined) return mediaResponse(request, await mediaPath(decodeURIComponent(takeId)));
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound();
    return (await staticFiles.respond(pathname)) ?? notFound();
  };

  return async (request: Request): Promise<Response> => {
    let response: Response;
    try {
      response = await answer(request);
    } catch (error) {
      logger.error('A page request failed unexpectedly.', { url: request.url, error });
      response = new Response('The request failed because of a fault in Cuebooth.', { status: 500 });
    }
    for (const [name, value] of Object.entries(securityHeaders())) response.headers.set(name, value);
    return response;
  };
};
