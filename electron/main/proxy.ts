/** The system's proxy settings, automatic configuration included, as Chromium reads them. */
import type { Session } from 'electron';

/** The first answer of a list such as `PROXY a:8080; SOCKS5 b:1080; DIRECT` as a URL; null: go directly. */
export const proxyUrlOf = (answer: string): string | null => {
  for (const entry of answer.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    if (/^(PROXY|HTTPS?)$/i.test(kind) && address !== '')
      return `${kind.toUpperCase() === 'HTTPS' ? 'https' : 'http'}://${address}`;
  }
  return null;
};

export const createSystemProxy =
  (session: Pick<Session, 'resolveProxy'>) =>
  async (origin: string): Promise<string | null> =>
    proxyUrlOf(await session.resolveProxy(origin));
