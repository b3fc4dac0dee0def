/** The Http port on a real port. Long, because each way a request can break needs a server that breaks it. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import type { Http, HttpAnswer } from '#engine/ports.ts';
import { createHttp } from '#node/http.ts';
import type { HttpOptions } from '#node/http.ts';
import { ok, startRawServer } from './raw-server.ts';
import type { RawServer } from './raw-server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const serve = async (answer: (socket: Socket, request: string, number: number) => void): Promise<RawServer> => {
  const server = await startRawServer(answer);
  closing.push(() => server.close());
  return server;
};
const client = (options: Partial<HttpOptions> = {}): Http => {
  const http = createHttp({ userAgent: 'Cuebooth/test', environment: {}, ...options });
  closing.push(() => http.close());
  return http;
};
const failure = async (run: Promise<unknown>): Promise<{ phase: string; reason: string }> => {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HttpError)) throw new Error(`Expected an HttpError, got ${String(error)}`);
  return { phase: error.phase, reason: error.reason };
};
const read = async (answer: HttpAnswer): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return Buffer.concat(chunks);
};
const post = (url: string, text = '{"text":"hello"}') =>
  ({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) }) as const;
const get = (url: string) => ({ method: 'GET', url, headers: {} }) as const;

describe('http: what arrives', () => {
  it('sends the exact bytes with our name, and gives status, headers and body', async () => {
    const server = await serve((socket) =>
      socket.write(ok('{"id":1}', 'Request-Id: r1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n')),
    );
    const answer = await client().request('w', post(`${server.url}/v1/x?y=%20z`));
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'request-id': 'r1', 'set-cookie': 'a=1, b=2', 'content-length': '8' });
    expect(await answer.text()).toBe('{"id":1}');
    const [head, body] = server.requests[0]?.split('\r\n\r\n') ?? [];
    expect(head).toMatch(/^POST \/v1\/x\?y=%20z HTTP\/1\.1\r\n/);
    expect(head).toMatch(/\r\nuser-agent: Cuebooth\/test(\r\n|$)/);
    expect(body).toBe('{"text":"hello"}');
  });

  it('opens as many connections as requests are under way, and another pool has its own', async () => {
    const server = await serve((socket) => socket.write(ok('x')));
    const http = client();
    const followEachOther = async (pool: string): Promise<void> => {
      for (let number = 0; number < 10; number += 1) await (await http.request(pool, get(server.url))).text();
    };
    await followEachOther('one');
    expect(server.connections()).toBe(1);
    await followEachOther('two');
    expect(server.connections()).toBe(2);
    await Promise.all(Array.from({ length: 5 }, () => followEachOther('three')));
    expect(server.connections()).toBe(7);
  });

  it('does not follow a redirect, and asks nobody else', async () => {
    const other = await serve((socket) => socket.write(ok('stolen')));
    const server = await serve((socket) =>
      socket.write(`HTTP/1.1 307 Temporary Redirect\r\nlocation: ${other.url}/x\r\ncontent-length: 0\r\n\r\n`),
    );
    const answer = await client().request('w', post(server.url));
    await answer.dump();
    expect(answer.status).toBe(307);
    expect(answer.headers['location']).toBe(`${other.url}/x`);
    expect(other.requests).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('reads text up to a limit', async () => {
    const server = await serve((socket) => socket.write(ok('x'.repeat(500_000))));
    expect(await (await client().request('w', get(server.url))).text(1_000)).toHaveLength(1_000);
  });

  it('holds the sender back while nobody reads, and loses nothing', async () => {
    const total = 24 * 1024 * 1024;
    let written = 0;
    const server = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${total}\r\n\r\n`);
      const chunk = Buffer.alloc(64 * 1024, 7);
      const pump = (): void => {
        while (written < total) {
          written += chunk.byteLength;
          if (!socket.write(chunk)) {
            socket.once('drain', pump);
            return;
          }
        }
      };
      pump();
    });
    const answer = await client().request('w', get(server.url));
    const iterator = answer.body[Symbol.asyncIterator]();
    let bytes = (await iterator.next()).value?.byteLength ?? 0;
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBeLessThan(total);
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
      bytes += next.value.byteLength;
    expect(bytes).toBe(total);
  });

  it('closes the connection of a reader that stops half-way', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    const server = await serve((socket) => {
      closed = once(socket, 'close');
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n${'x'.repeat(1_000)}`);
    });
    const answer = await client().request('w', get(server.url));
    for await (const chunk of answer.body) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    await closed;
  });
});

describe('http: where it broke', () => {
  it('connect, when nobody listens', async () => {
    const server = await startRawServer(() => undefined);
    await server.close();
    expect(await failure(client().request('w', post(server.url)))).toEqual({ phase: 'connect', reason: 'refused' });
  });

  it('connect, when the name does not exist', async () => {
    expect(await failure(client().request('w', post('http://nothing.invalid/')))).toEqual({
      phase: 'connect',
      reason: 'dns',
    });
  });

  it('connect, when the answer to a TLS hello is not TLS', async () => {
    const plain = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    closing.push(async () => void plain.close());
    const { port } = plain.address() as AddressInfo;
    expect(await failure(client().request('w', post(`https://127.0.0.1:${port}/`)))).toEqual({
      phase: 'connect',
      reason: 'tls',
    });
  });

  it('connect, when TLS never answers within the deadline', async () => {
    const silent = await serve(() => undefined);
    const url = silent.url.replace('http:', 'https:');
    expect(await failure(client({ connectTimeoutMs: 200 }).request('w', post(url)))).toEqual({
      phase: 'connect',
      reason: 'timeout',
    });
  });

  it('sent, when the connection is reset after the request', async () => {
    const server = await serve((socket) => socket.resetAndDestroy());
    expect(await failure(client().request('w', post(server.url)))).toEqual({ phase: 'sent', reason: 'reset' });
    expect(server.requests).toHaveLength(1);
  });

  it('sent, when the connection is closed without an answer', async () => {
    const server = await serve((socket) => socket.end());
    expect(await failure(client().request('w', post(server.url)))).toEqual({ phase: 'sent', reason: 'reset' });
    expect(server.requests).toHaveLength(1);
  });

  it('headers, when the answer stops within its head', async () => {
    const server = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\nrequest-id: r'));
    expect(await failure(client().request('w', post(server.url)))).toEqual({ phase: 'headers', reason: 'reset' });
  });

  it('body, when the answer stops within its body, after giving what came', async () => {
    const server = await serve((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
    const answer = await client().request('w', post(server.url));
    expect(answer.status).toBe(200);
    expect(await failure(read(answer))).toEqual({ phase: 'body', reason: 'reset' });
  });

  it('body, when a chunked answer loses its end', async () => {
    const server = await serve((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
    );
    expect((await failure(read(await client().request('w', get(server.url))))).phase).toBe('body');
  });

  it('sent, when no head comes within the deadline', async () => {
    const server = await serve(() => undefined);
    expect(await failure(client().request('w', { ...post(server.url), headersTimeoutMs: 100 }))).toEqual({
      phase: 'sent',
      reason: 'timeout',
    });
  });

  it('body, when the body falls silent', async () => {
    const server = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
    const answer = await client().request('w', { ...get(server.url), bodyTimeoutMs: 100 });
    expect(await failure(read(answer))).toEqual({ phase: 'body', reason: 'timeout' });
  });

  it('body, when a dripping answer outlasts the whole deadline', async () => {
    const server = await serve((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      const timer = setInterval(() => socket.write('x'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const answer = await client().request('w', { ...get(server.url), bodyTimeoutMs: 5_000, totalTimeoutMs: 200 });
    expect(await failure(read(answer))).toEqual({ phase: 'body', reason: 'timeout' });
  });

  it('connect, when it was called off before it left, and nothing leaves later', async () => {
    const server = await serve((socket) => socket.write(ok('x')));
    const http = client();
    const controller = new AbortController();
    const running = failure(http.request('w', { ...post(server.url), signal: controller.signal }));
    controller.abort();
    expect(await running).toEqual({ phase: 'connect', reason: 'aborted' });
    expect(await failure(http.request('w', { ...post(server.url), signal: AbortSignal.abort() }))).toEqual({
      phase: 'connect',
      reason: 'aborted',
    });
    expect(await (await http.request('w', get(`${server.url}/later`))).text()).toBe('x');
    expect(server.requests.map((request) => request.split(' ')[0])).toEqual(['GET']);
  });

  it('sent, when it was called off while waiting for the answer', async () => {
    const controller = new AbortController();
    const server = await serve(() => controller.abort());
    expect(await failure(client().request('w', { ...post(server.url), signal: controller.signal }))).toEqual({
      phase: 'sent',
      reason: 'aborted',
    });
  });

  it('aborted, when the host closes while a request is under way', async () => {
    let arrived: (() => void) | null = null;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await serve(() => arrived?.());
    const http = client();
    const running = failure(http.request('w', post(server.url)));
    await arrival;
    await http.close();
    expect((await running).phase).toBe('sent');
    expect(await failure(http.request('w', post(server.url)))).toEqual({ phase: 'connect', reason: 'aborted' });
  });
});

describe('http: an idle connection that the server closes under a POST', () => {
  it('never sends twice, and never calls a request unsent that arrived', async () => {
    // The server closes right after each answer without saying so: whether the client sees it before it sends is a race of its own.
    const server = await serve((socket, _request, number) => {
      socket.write(ok(String(number)), () =>
        setImmediate(() => (number % 2 === 0 ? socket.end() : socket.resetAndDestroy())),
      );
    });
    const http = client();
    const outcomes = new Map<string, string>();
    for (let number = 0; number < 120; number += 1) {
      const path = `/job-${number}`;
      const outcome = await http.request('w', post(server.url + path)).then(
        async (answer) => {
          await answer.dump();
          return 'answered';
        },
        (error: unknown) => (error instanceof HttpError ? error.phase : 'other'),
      );
      outcomes.set(path, outcome);
      if (number % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    // One more over a fresh connection: whatever an earlier one still had to say has arrived by then.
    await (await client().request('last', get(server.url))).dump();
    const arrived = server.requests.map((request) => request.split(' ')[1] ?? '');
    expect(new Set(arrived).size).toBe(arrived.length);
    expect([...outcomes.values()]).toContain('answered');
    expect([...outcomes.values()]).not.toContain('other');
    for (const [path, outcome] of outcomes) {
      if (outcome === 'answered') expect(arrived).toContain(path);
      if (outcome === 'connect') expect(arrived).not.toContain(path);
    }
  });

  it('calls it sent when the connection is reset as the second request arrives', async () => {
    const server = await serve((socket, _request, number) => {
      if (number === 1) socket.write(ok('first'));
      else socket.resetAndDestroy();
    });
    const http = client();
    expect(await (await http.request('w', post(server.url))).text()).toBe('first');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await failure(http.request('w', post(server.url)))).toEqual({ phase: 'sent', reason: 'reset' });
    expect(server.requests).toHaveLength(2);
    expect(server.connections()).toBe(1);
  });
});

describe('http: proxies', () => {
  const proxyServer = async () => {
    const asked: string[] = [];
    const server = await serve((socket, request) => {
      asked.push(request.split('\r\n')[0] ?? '');
      socket.write(
        request.startsWith('CONNECT')
          ? 'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n'
          : ok('through the proxy'),
      );
    });
    return { url: server.url, asked };
  };

  it('takes the one of the environment, except for this machine and what NO_PROXY names', async () => {
    const proxy = await proxyServer();
    const server = await serve((socket) => socket.write(ok('direct')));
    const http = client({ environment: { HTTP_PROXY: proxy.url, NO_PROXY: 'direct.invalid' } });
    expect(await (await http.request('w', get('http://voices.invalid/x'))).text()).toBe('through the proxy');
    expect(proxy.asked).toEqual(['GET http://voices.invalid/x HTTP/1.1']);
    expect(await (await http.request('w', get(server.url))).text()).toBe('direct');
    expect((await failure(http.request('w', get('http://direct.invalid/')))).reason).toBe('dns');
    expect(proxy.asked).toHaveLength(1);
  });

  it('connect, when the proxy refuses the tunnel', async () => {
    const proxy = await proxyServer();
    const http = client({ proxy: (origin) => Promise.resolve(origin.startsWith('https:') ? proxy.url : null) });
    expect((await failure(http.request('w', post('https://voices.invalid/x')))).phase).toBe('connect');
    expect(proxy.asked).toEqual(['CONNECT voices.invalid:443 HTTP/1.1']);
  });
});
