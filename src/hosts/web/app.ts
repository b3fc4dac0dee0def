/** The web host's routes, in front of the router. Every route but the shell and its static files needs the session. */
import { Hono, type Context } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import { AppError, toErrorShape, type ErrorShape } from '#contract/errors.ts';
import type { BlobId } from '#contract/entities.ts';
import type { HostDescription } from '#contract/host.ts';
import type { Logger } from '#engine/ports.ts';
import type { Router } from '#engine/router.ts';
import { readCapped } from './body.ts';
import { climbs, type Guards, type Refusal } from './guards.ts';
import { mediaResponse, type MediaPath } from '#node/serving/media.ts';
import { securityHeaders } from '#node/serving/security-headers.ts';
import type { Sessions } from './session.ts';
import type { StaticFiles } from '#node/serving/static-files.ts';

/** Longer texts go up as a blob. */
export const maxRequestBytes = 32 * 1024 * 1024;
const maxTicketBytes = 4096;

export interface AppOptions {
  readonly router: Pick<Router, 'dispatch'>;
  readonly mediaPath: MediaPath;
  readonly saveBlob: (body: AsyncIterable<Uint8Array>) => Promise<BlobId>;
  readonly staticFiles: StaticFiles;
  readonly host: HostDescription;
  readonly guards: Guards;
  readonly sessions: Sessions;
  readonly logger: Logger;
  readonly port: number;
}

type WebContext = Context<{ Bindings: HttpBindings }>;

const fail = (status: number, error: ErrorShape): Response => Response.json({ ok: false, error }, { status });

const codeOf = (status: Refusal['status']): ErrorShape['code'] => {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404) return 'not_found';
  return status === 413 ? 'blob_too_large' : 'invalid_input';
};
const refuse = ({ status, message }: Refusal): Response => fail(status, { code: codeOf(status), message });

const statusOf = (error: AppError): number => {
  if (error.code === 'blob_too_large') return 413;
  return error.code === 'disk_full' ? 507 : 400;
};

const isJson = (contentType: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(contentType ?? '');

export const createApp = (
  options: AppOptions,
): { fetch: (request: Request, env: HttpBindings) => Promise<Response> } => {
  const { router, guards, sessions, logger } = options;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const headersOf = (context: WebContext) => context.env.incoming.headers;

  /** The parsed body, or why it was not taken. */
  const readJson = async (context: WebContext, maxBytes: number): Promise<{ readonly value: unknown } | Response> => {
    if (!isJson(headersOf(context)['content-type'])) {
      return refuse({ status: 415, message: 'The request was not run: only application/json is taken here.' });
    }
    const bytes = await readCapped(context.req.raw.body, headersOf(context)['content-length'], maxBytes);
    if (bytes === null) {
      return refuse({
        status: 413,
        message: `The request was not run: it is larger than ${maxBytes} bytes. Send long texts as a file.`,
      });
    }
    try {
      return { value: bytes.byteLength === 0 ? {} : JSON.parse(new TextDecoder().decode(bytes)) };
    } catch {
      return refuse({ status: 400, message: 'The request was not run: its body is not JSON.' });
    }
  };

  app.post('/session', async (context) => {
    const refusal = guards.origin(headersOf(context));
    if (refusal !== null) return refuse(refusal);
    const body = await readJson(context, maxTicketBytes);
    if (body instanceof Response) return body;
    const ticket = (body.value as { readonly ticket?: unknown } | null)?.ticket;
    const token = typeof ticket === 'string' ? sessions.trade(ticket) : null;
    if (token === null) {
      return refuse({
        status: 401,
        message:
          'This address was used before or is older than 60 seconds. Open a new one: run `cuebooth serve` again.',
      });
    }
    return Response.json(
      { ok: true, output: {} },
      { headers: { 'set-cookie': `${guards.cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/` } },
    );
  });

  for (const path of ['/host', '/rpc/*', '/blobs', '/media/*']) {
    app.use(path, async (context, next) => {
      const refusal = guards.session(headersOf(context));
      if (refusal !== null) return refuse(refusal);
      return next();
    });
  }
  for (const path of ['/rpc/*', '/blobs']) {
    app.use(path, async (context, next) => {
      if (context.req.method !== 'POST') return refuse({ status: 405, message: 'POST only.' });
      const refusal = guards.origin(headersOf(context));
      if (refusal !== null) return refuse(refusal);
      return next();
    });
  }

  app.get('/host', () => Response.json({ ok: true, output: options.host }));

  app.post('/rpc/:method', async (context) => {
    const body = await readJson(context, maxRequestBytes);
    if (body instanceof Response) return body;
    return Response.json(await router.dispatch(context.req.param('method'), body.value));
  });

  app.post('/blobs', async (context) => {
    const body = context.req.raw.body;
    if (body === null) return refuse({ status: 400, message: 'Nothing was stored: the file is empty.' });
    return Response.json({ ok: true, output: { blobId: await options.saveBlob(body) } });
  });

  app.all('/media/:takeId', async (context) => {
    const refusal = guards.sameOriginFetch(headersOf(context));
    if (refusal !== null) return refuse(refusal);
    return mediaResponse(context.req.raw, await options.mediaPath(context.req.param('takeId')));
  });

  app.get('*', async (context) => {
    const file = await options.staticFiles.respond(new URL(context.req.url).pathname);
    return file ?? refuse({ status: 404, message: 'There is nothing at this address.' });
  });
  app.notFound(() => refuse({ status: 404, message: 'There is nothing at this address.' }));
  app.onError((error) => {
    if (error instanceof AppError) return fail(statusOf(error), toErrorShape(error));
    logger.error('A web request failed unexpectedly.', { error });
    return fail(500, {
      code: 'internal',
      message: 'The request failed because of a fault in Cuebooth; the log has the details.',
    });
  });

  const everywhere = Object.entries(securityHeaders([`ws://127.0.0.1:${options.port}`]));
  const answer = async (request: Request, env: HttpBindings): Promise<Response> => {
    const refusal = guards.host(env.incoming.headers);
    if (refusal !== null) return refuse(refusal);
    if (climbs(env.incoming.url ?? '/')) return refuse({ status: 404, message: 'There is nothing at this address.' });
    return app.fetch(request, env);
  };
  return {
    fetch: async (request, env) => {
      const response = await answer(request, env);
      for (const [name, value] of everywhere) response.headers.set(name, value);
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
      return response;
    },
  };
};
