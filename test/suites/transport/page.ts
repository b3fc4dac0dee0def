/** A browser's part in the web wire: keeps cookies, names its origin, and says so on every request. */
import { WebSocket } from 'ws';
import type { Fetch } from '#client/bytes.ts';
import type { SocketLike } from '#client/socket.ts';

export interface Page {
  readonly fetch: Fetch;
  readonly openSocket: (url: string) => SocketLike;
  readonly cookies: Map<string, string>;
  /** Cuts every open socket as a lost network does: no goodbye. */
  cutSockets(): void;
}

export const createPage = (origin: string): Page => {
  const cookies = new Map<string, string>();
  const sockets = new Set<WebSocket>();
  const cookieHeader = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    cookies,
    fetch: async (url, init) => {
      const headers = new Headers(init.headers);
      headers.set('cookie', cookieHeader());
      headers.set('sec-fetch-site', 'same-origin');
      if (init.method !== 'GET') headers.set('origin', origin);
      const response = await fetch(url, { ...init, headers });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return response;
    },
    openSocket: (url) => {
      const socket = new WebSocket(url, { origin, headers: { cookie: cookieHeader() } });
      sockets.add(socket);
      return socket as unknown as SocketLike;
    },
    cutSockets: () => {
      for (const socket of sockets) socket.terminate();
      sockets.clear();
    },
  };
};
