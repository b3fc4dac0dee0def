/** The Http port over undici: no redirects, no repeats, one pool of connections per name. */
import { HttpError } from '#engine/ports.ts';
import type { Http } from '#engine/ports.ts';
import { createAgents } from './http-agents.ts';
import type { ProxyChoice } from './http-agents.ts';
import { toHttpError } from './http-errors.ts';
import { exchange } from './http-exchange.ts';

export interface HttpOptions {
  /** Sent with every request that names none. */
  readonly userAgent: string;
  /** Default `environment`. Loopback addresses never go through a proxy. */
  readonly proxy?: ProxyChoice;
  /** DNS, TCP, TLS and a proxy's tunnel together, in ms. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Default: this process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const parse = (url: string): URL => {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) {
    throw new HttpError(
      'connect',
      'other',
      'The address of the request is not an http or https URL; nothing was sent.',
    );
  }
  return parsed;
};

const closing = ({ host }: URL): HttpError =>
  new HttpError('connect', 'aborted', `Nothing was sent to ${host}: Cuebooth is closing.`);

export const createHttp = (options: HttpOptions): Http => {
  const agents = createAgents({
    proxy: options.proxy ?? 'environment',
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    environment: options.environment ?? process.env,
  });
  let closed = false;
  return {
    request: async (pool, request) => {
      const url = parse(request.url);
      if (closed) throw closing(url);
      let dispatcher = agents.find(pool, url);
      if (dispatcher instanceof Promise) {
        dispatcher = await dispatcher.catch((error: unknown) => {
          throw toHttpError(error, 'connect', url.host);
        });
        if (closed) throw closing(url);
      }
      const headers =
        'user-agent' in request.headers ? request.headers : { 'user-agent': options.userAgent, ...request.headers };
      return exchange(dispatcher, url, request, headers);
    },
    close: async () => {
      closed = true;
      await agents.close();
    },
  };
};
