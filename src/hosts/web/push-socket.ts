/** The WebSocket that carries pushes down. Nothing is read from it. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Router } from '#engine/router.ts';
import type { Guards } from './guards.ts';

/** A page that reads so slowly is cut off; it comes back, sees the gap and fetches snapshots. */
const maxWaitingBytes = 16 * 1024 * 1024;
const maxIncomingBytes = 1024;

export interface PushSockets {
  /** Ends every socket and takes no new ones. */
  close(): void;
}

const refuse = (
  socket: Duplex,
  status: '401 Unauthorized' | '403 Forbidden' | '404 Not Found',
  message: string,
): void => {
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`,
  );
};

export const attachPushSockets = (server: Server, router: Pick<Router, 'subscribe'>, guards: Guards): PushSockets => {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxIncomingBytes, perMessageDeflate: false });

  const serve = (socket: WebSocket): void => {
    const unsubscribe = router.subscribe((push) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxWaitingBytes) socket.terminate();
      else socket.send(JSON.stringify(push));
    });
    socket.on('close', unsubscribe);
    // The close that follows ends the subscription.
    socket.on('error', () => socket.terminate());
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const { headers } = request;
    const refusal = guards.host(headers) ?? guards.origin(headers) ?? guards.session(headers);
    if (refusal !== null)
      refuse(socket, refusal.status === 401 ? '401 Unauthorized' : '403 Forbidden', refusal.message);
    else if (request.url !== '/push') refuse(socket, '404 Not Found', 'There is no socket at this address.');
    else sockets.handleUpgrade(request, socket, head, serve);
  };
  server.on('upgrade', upgrade);

  return {
    close: () => {
      server.off('upgrade', upgrade);
      for (const socket of sockets.clients) {
        socket.close(1001, 'Cuebooth is closing.');
        socket.terminate();
      }
      sockets.close();
    },
  };
};
