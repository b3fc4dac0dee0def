/** Requests with exactly the headers and path given, as only an attacker's program would send them. */
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
  /** Sends the headers and this much body, then waits for the answer without ending. */
  readonly leaveOpen?: boolean;
}

export const sendRaw = (
  port: number,
  { method = 'GET', path, headers = {}, body, leaveOpen = false }: RawRequest,
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        });
        request.destroy();
      });
    });
    request.on('error', reject);
    if (leaveOpen) {
      request.flushHeaders();
      if (body !== undefined) request.write(body);
    } else request.end(body);
  });

/** The status of an upgrade: 101 when the socket opened. */
export const tryUpgrade = (url: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
