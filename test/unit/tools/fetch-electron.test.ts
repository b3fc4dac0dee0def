import { createServer } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { whyUnreachable } from '../../../tools/fetch-electron.mjs';

describe('the look at the download host before Electron is fetched', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('says that the connection is refused', async () => {
    const host = await listen(createServer());
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect(await whyUnreachable(`http://${host}/electron.zip`)).toBe(`${host} refuses the connection`);
  });

  it('gives up on a host that accepts the connection and never answers', async () => {
    const host = await listen(createServer((socket) => void socket.on('error', () => undefined)));
    expect(await whyUnreachable(`http://${host}/electron.zip`, 200)).toBe(`${host} does not answer`);
  });

  it('passes on what the host answered', async () => {
    const host = await listen(createHttpServer((_request, response) => void response.writeHead(403).end()));
    expect(await whyUnreachable(`http://${host}/electron.zip`)).toBe(`${host} answered 403`);
  });

  it('follows a redirect to where the file lies', async () => {
    const files = await listen(createHttpServer((_request, response) => void response.writeHead(200).end()));
    const host = await listen(
      createHttpServer(
        (_request, response) => void response.writeHead(302, { location: `http://${files}/file` }).end(),
      ),
    );
    expect(await whyUnreachable(`http://${host}/electron.zip`)).toBeUndefined();
  });
});
