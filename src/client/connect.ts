/** The page's way to its host: the only place that finds out which one it is. */
import { createElectronTransport, type PreloadBridge } from './electron.ts';
import { openHttpTransport, ticketOf } from './http.ts';
import { createClient, type Client } from './index.ts';
import type { SocketLike } from './socket.ts';

const bridgeOf = (page: object): PreloadBridge | undefined =>
  'cuebooth' in page ? (page.cuebooth as PreloadBridge) : undefined;

/** Throws AppError `unauthorized` when the page has no session, `disconnected` when no host answers. */
export const connect = async (): Promise<Client> => {
  const fetch = (url: string, init: RequestInit): Promise<Response> => globalThis.fetch(url, init);
  const bridge = bridgeOf(globalThis);
  if (bridge !== undefined) return createClient(createElectronTransport(bridge, { fetch }));

  const ticket = ticketOf(location.hash);
  // Out of the address before anything else, so that it lands in no bookmark and no history.
  if (ticket !== undefined) history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return createClient(
    await openHttpTransport({
      origin: location.origin,
      fetch,
      ticket,
      openSocket: (url) => new WebSocket(url) as SocketLike,
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      random: Math.random,
    }),
  );
};
