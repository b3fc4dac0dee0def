/** Who may ask what of the web host, as pure checks over request headers. A refusal says why; it never stays silent. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Sessions } from './session.ts';

export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 415;
  readonly message: string;
}

export interface Guards {
  readonly cookieName: string;
  /** The name the page was reached by: anything but ours is a name that someone else pointed here. */
  host(headers: IncomingHttpHeaders): Refusal | null;
  session(headers: IncomingHttpHeaders): Refusal | null;
  /** For everything that changes something, and for the socket. */
  origin(headers: IncomingHttpHeaders): Refusal | null;
  /** Audio elements send no Origin; the browser itself says where the request came from. */
  sameOriginFetch(headers: IncomingHttpHeaders): Refusal | null;
}

const cookieOf = (header: string | undefined, name: string): string | undefined => {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
};

export const createGuards = ({ port, sessions }: { readonly port: number; readonly sessions: Sessions }): Guards => {
  const host = `127.0.0.1:${port}`;
  const cookieName = `cuebooth-${port}`;
  return {
    cookieName,
    host: (headers) =>
      headers.host === host
        ? null
        : { status: 403, message: `This is Cuebooth's own address; it answers to http://${host} only.` },
    session: (headers) =>
      sessions.holds(cookieOf(headers.cookie, cookieName))
        ? null
        : {
            status: 401,
            message:
              'This page has no session: its address was used before, is older than 60 seconds, or Cuebooth was started anew. Nothing was changed; open the address that `cuebooth serve` prints.',
          },
    origin: (headers) =>
      headers.origin === `http://${host}`
        ? null
        : { status: 403, message: 'The request came from another page and was not run.' },
    sameOriginFetch: (headers) =>
      headers['sec-fetch-site'] === 'same-origin'
        ? null
        : { status: 403, message: 'Audio plays inside Cuebooth only; the request came from elsewhere.' },
  };
};

/** True where a raw request path tries to climb out of a folder, encoded or not. */
export const climbs = (rawUrl: string): boolean => {
  const [path = ''] = rawUrl.split('?', 1);
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return true;
  }
  return (
    decoded.includes('\0') || decoded.split(/[\\/]/).some((segment) => /^\.\.?$/.test(segment) || /^%2e/i.test(segment))
  );
};
