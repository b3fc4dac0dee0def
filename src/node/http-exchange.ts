/**
 * One request and its answer over an undici dispatcher.
 *
 * undici calls `onRequestStart` in the same step in which it writes to the socket (lib/dispatcher/client-h1.js, writeH1), and never
 * writes without it. So before that call nothing has left, for certain; after it, bytes may have. If undici should ever start the
 * same request a second time, the second one is stopped there, before its first byte.
 */
import type { Dispatcher } from 'undici';
import { HttpError } from '#engine/ports.ts';
import type { HttpAnswer, HttpPhase, HttpRequest } from '#engine/ports.ts';
import { createBody } from './http-body.ts';
import type { Body } from './http-body.ts';
import { describeFailure, toHttpError } from './http-errors.ts';

const defaults = { headersTimeoutMs: 60_000, bodyTimeoutMs: 30_000, totalTimeoutMs: 300_000 } as const;

const joined = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> => {
  const output: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) output[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return output;
};

export const exchange = (
  dispatcher: Dispatcher,
  url: URL,
  request: HttpRequest,
  headers: Readonly<Record<string, string>>,
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const signal = request.signal;
    let phase: HttpPhase = 'connect';
    let controller: Dispatcher.DispatchController | null = null;
    let body: Body | null = null;
    let over = false;

    const finish = (): void => {
      over = true;
      clearTimeout(total);
      signal?.removeEventListener('abort', onAbort);
    };
    const failed = (error: unknown): void => {
      if (over) return;
      finish();
      const translated = toHttpError(error, phase, url.host);
      if (body === null) reject(translated);
      else body.fail(translated);
    };
    const stop = (reason: 'timeout' | 'aborted'): void => {
      const error = new HttpError(phase, reason, describeFailure(url.host, phase, reason), signal?.reason);
      // Said first: undici may report its own view of a socket that is being torn down.
      failed(error);
      controller?.abort(error);
    };
    const onAbort = (): void => stop('aborted');
    const total = setTimeout(() => stop('timeout'), request.totalTimeoutMs ?? defaults.totalTimeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) {
      stop('aborted');
      return;
    }

    const send = (): void => {
      if (over) return;
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: request.method,
          headers,
          ...(request.body === undefined ? {} : { body: request.body }),
          headersTimeout: request.headersTimeoutMs ?? defaults.headersTimeoutMs,
          bodyTimeout: request.bodyTimeoutMs ?? defaults.bodyTimeoutMs,
        },
        {
          onRequestStart: (started) => {
            if (over || controller !== null) {
              started.abort(
                new HttpError(
                  phase,
                  'aborted',
                  `A request to ${url.host} was not sent: it was given up or had been sent before.`,
                ),
              );
              return;
            }
            controller = started;
            phase = 'sent';
          },
          onResponseStarted: () => {
            if (phase === 'sent') phase = 'headers';
          },
          onResponseStart: (open, status, answerHeaders) => {
            if (status < 200 || over) return;
            phase = 'body';
            body = createBody({ pause: () => open.pause(), resume: () => open.resume(), cut: () => stop('aborted') });
            resolve({ status, headers: joined(answerHeaders), ...body.reading });
          },
          onResponseData: (_open, chunk) => {
            if (!over) body?.push(chunk);
          },
          onResponseEnd: () => {
            if (over) return;
            finish();
            body?.end();
          },
          onResponseError: (_open, error) => failed(error),
        },
      );
    };
    // undici takes a connection back one turn of the loop after its answer ended. Asking at once, as a caller that goes straight
    // on does, would open a second connection for each one in use (measured: 20 for 10 in flight).
    setImmediate(send);
  });
