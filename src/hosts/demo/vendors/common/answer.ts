/** How fake vendors answer, and how they fail to. */
import type { ServerResponse } from 'node:http';

/** A client that has gone gets nothing, without complaint. */
export const send = (
  res: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => {
  if (res.socket === null || res.socket.destroyed) return;
  const text = JSON.stringify(value);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  res.end(text);
};

export const cut = (res: ServerResponse): void => {
  res.socket?.destroy();
};

/** Lets what was written go out, then closes. */
export const cutAfterFlush = (res: ServerResponse): void => {
  res.socket?.destroySoon();
};
