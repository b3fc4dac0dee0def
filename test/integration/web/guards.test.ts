/** Who is kept out of the web host. Each test starts from a request that would be let in and spoils one thing. */
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlobStore } from '#hosts/blobs.ts';
import { maxRequestBytes } from '#hosts/web/app.ts';
import { startWebHost, type WebHost } from '#hosts/web/server.ts';
import { ticketLifetimeMs } from '#hosts/web/session.ts';
import { createLog, createTestEngine, type TestEngine } from '../../suites/transport/test-engine.ts';
import { sendRaw, tryUpgrade, type RawAnswer, type RawRequest } from './raw-request.ts';

const blobLimit = 4096;
const secret = 'library.db of the user';

describe('the web host', () => {
  let root: string;
  let engine: TestEngine;
  let host: WebHost;
  let cookie: string;
  let runs: number;
  let now = 0;

  const own = (): Record<string, string> => ({
    host: `127.0.0.1:${host.port}`,
    origin: host.origin,
    cookie,
    'content-type': 'application/json',
  });
  const without = (name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(own()).filter(([header]) => header !== name));
  const send = (request: RawRequest): Promise<RawAnswer> => sendRaw(host.port, request);
  const rpc = (headers: Record<string, string>, more: Partial<RawRequest> = {}): Promise<RawAnswer> =>
    send({ method: 'POST', path: '/rpc/project.ensure', headers, body: JSON.stringify({ name: 'x' }), ...more });
  const trade = (ticket: unknown, headers = without('cookie')): Promise<RawAnswer> =>
    send({ method: 'POST', path: '/session', headers, body: JSON.stringify({ ticket }) });

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cuebooth-web-'));
    const screens = join(root, 'renderer');
    await mkdir(join(screens, 'assets'), { recursive: true });
    await writeFile(join(screens, 'index.html'), '<!doctype html><title>Cuebooth</title>');
    await writeFile(join(screens, 'assets', 'app-1a2b.js'), 'export {};');
    await writeFile(join(screens, 'assets', 'app-1a2b.js.map'), '{}');
    await writeFile(join(root, 'library.db'), secret);
    await symlink(join(root, 'library.db'), join(screens, 'link.txt'));
    await writeFile(join(root, 'take.wav'), 'audio');
    const blobs = await createBlobStore(join(root, 'blobs'), { maxBytes: blobLimit });
    engine = createTestEngine({
      'project.ensure': ({ name }) => {
        runs += 1;
        return { id: 'p' as never, name, createdAt: 1, scriptCount: 0 };
      },
    });
    runs = 0;
    host = await startWebHost({
      router: engine.engine,
      mediaPath: async (takeId) =>
        takeId === 't1' ? { path: join(root, 'take.wav'), contentType: 'audio/wav' } : null,
      saveBlob: blobs.save,
      staticFolder: screens,
      logger: createLog().logger,
      now: () => now,
    });
    cookie = '';
    const answer = await trade(host.mintTicket());
    cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  });
  afterAll(async () => {
    await host.close();
    await rm(root, { recursive: true });
  });

  it('lets the untouched request in', async () => {
    const before = runs;
    const answer = await rpc(own());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: true, output: { name: 'x' } });
    expect(runs).toBe(before + 1);
  });

  describe('by name and origin', () => {
    it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]', '127.0.0.1.evil.example'])(
      'refuses the host name %s on every route',
      async (name) => {
        const before = runs;
        const named = name === 'localhost' ? `localhost:${host.port}` : name;
        for (const [method, path] of [
          ['GET', '/'],
          ['GET', '/assets/app-1a2b.js'],
          ['GET', '/host'],
          ['POST', '/session'],
          ['POST', '/rpc/project.ensure'],
        ] as const) {
          const answer = await send({
            method,
            path,
            headers: { ...own(), host: named },
            ...(method === 'POST' ? { body: '{"name":"x"}' } : {}),
          });
          expect([path, answer.status]).toEqual([path, 403]);
          expect(answer.body).not.toContain('<title>');
        }
        expect(runs).toBe(before);
      },
    );

    it.each([
      ['another page', 'https://evil.example'],
      ['another port of this machine', 'http://127.0.0.1:1'],
      ['localhost', 'http://localhost'],
      ['https', 'https://127.0.0.1'],
      ['a sandboxed frame', 'null'],
    ])('refuses a request from %s', async (_who, origin) => {
      const before = runs;
      const suffix = origin === 'http://localhost' || origin === 'https://127.0.0.1' ? `:${host.port}` : '';
      const headers = { ...own(), origin: `${origin}${suffix}` };
      expect((await rpc(headers)).status).toBe(403);
      expect((await send({ method: 'POST', path: '/blobs', headers, body: 'x' })).status).toBe(403);
      expect((await trade(host.mintTicket(), headers)).status).toBe(403);
      expect(await tryUpgrade(`ws://127.0.0.1:${host.port}/push`, headers)).toBe(403);
      expect(runs).toBe(before);
    });

    it('refuses a request that names no origin', async () => {
      expect((await rpc(without('origin'))).status).toBe(403);
      expect(await tryUpgrade(`ws://127.0.0.1:${host.port}/push`, without('origin'))).toBe(403);
    });
  });

  describe('by session', () => {
    it.each([
      ['none', undefined],
      ['a made-up one', 'made-up'],
      ['an empty one', ''],
    ])('refuses every route but the shell with %s', async (_what, token) => {
      const before = runs;
      const headers = token === undefined ? without('cookie') : { ...own(), cookie: `cuebooth-${host.port}=${token}` };
      expect((await rpc(headers)).status).toBe(401);
      expect((await send({ path: '/host', headers })).status).toBe(401);
      expect((await send({ method: 'POST', path: '/blobs', headers, body: 'x' })).status).toBe(401);
      expect((await send({ path: '/media/t1', headers: { ...headers, 'sec-fetch-site': 'same-origin' } })).status).toBe(
        401,
      );
      expect(await tryUpgrade(`ws://127.0.0.1:${host.port}/push`, headers)).toBe(401);
      expect((await send({ path: '/', headers })).status).toBe(200);
      expect(runs).toBe(before);
    });

    it("refuses another Cuebooth's cookie", async () => {
      const headers = { ...own(), cookie: cookie.replace(`cuebooth-${host.port}=`, 'cuebooth-1=') };
      expect((await rpc(headers)).status).toBe(401);
    });

    it('finds its cookie among others', async () => {
      expect((await rpc({ ...own(), cookie: `theme=dark; ${cookie}; other=1` })).status).toBe(200);
    });

    it('sets a cookie that scripts and other sites cannot use', async () => {
      const answer = await trade(host.mintTicket());
      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toEqual([
        expect.stringMatching(new RegExp(`^cuebooth-${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`)),
      ]);
    });

    it('takes a ticket once', async () => {
      const ticket = host.mintTicket();
      expect((await trade(ticket)).status).toBe(200);
      const again = await trade(ticket);
      expect([again.status, again.headers['set-cookie']]).toEqual([401, undefined]);
      expect(JSON.parse(again.body)).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    });

    it('takes a ticket for 60 seconds and no longer', async () => {
      const inTime = host.mintTicket();
      const late = host.mintTicket();
      now += ticketLifetimeMs;
      expect((await trade(inTime)).status).toBe(200);
      now += 1;
      expect((await trade(late)).status).toBe(401);
    });

    it.each([undefined, null, 7, '', 'made up', { toString: 'x' }])('refuses %j as a ticket', async (ticket) => {
      expect((await trade(ticket)).status).toBe(401);
    });

    it('puts the ticket into the fragment, which is never sent', () => {
      const url = new URL(host.mintUrl());
      expect([url.origin, url.pathname, url.search]).toEqual([host.origin, '/', '']);
      expect(url.hash).toMatch(/^#ticket=[\w-]{43}$/);
    });
  });

  describe('on /media', () => {
    const play = (site: string | undefined) =>
      send({ path: '/media/t1', headers: { ...own(), ...(site === undefined ? {} : { 'sec-fetch-site': site }) } });

    it('plays for its own page', async () => {
      expect(await play('same-origin')).toMatchObject({ status: 200, body: 'audio' });
    });
    it.each(['cross-site', 'same-site', 'none', undefined])('refuses a request whose browser says %s', async (site) => {
      const answer = await play(site);
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain('"audio"');
    });
  });

  describe('by size and kind', () => {
    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      undefined,
    ])('refuses %s on /rpc, which a form could send', async (type) => {
      const before = runs;
      const headers = type === undefined ? without('content-type') : { ...own(), 'content-type': type };
      expect((await rpc(headers)).status).toBe(415);
      expect(runs).toBe(before);
    });
    it('takes JSON with a charset', async () => {
      expect((await rpc({ ...own(), 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
    });
    it('refuses what is not JSON', async () => {
      const answer = await rpc(own(), { body: '{"name":' });
      expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([400, 'invalid_input']);
    });
    it('refuses a huge body by its announced length, before it comes', async () => {
      const answer = await rpc(
        { ...own(), 'content-length': String(maxRequestBytes + 1) },
        { body: '{', leaveOpen: true },
      );
      expect(answer.status).toBe(413);
    });
    it('refuses a huge body that announced nothing', async () => {
      const answer = await rpc(
        { ...own(), 'transfer-encoding': 'chunked' },
        { body: Buffer.alloc(maxRequestBytes + 1, ' '), leaveOpen: true },
      );
      expect(answer.status).toBe(413);
    });
    it('refuses a huge ticket', async () => {
      expect((await trade('x'.repeat(10_000))).status).toBe(413);
    });
    it('refuses a blob over the limit and leaves no file', async () => {
      const answer = await send({ method: 'POST', path: '/blobs', headers: own(), body: Buffer.alloc(blobLimit + 1) });
      expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([413, 'blob_too_large']);
      expect(await readdir(join(root, 'blobs'))).toEqual([]);
    });
    it('leaves no file of a blob that was cut off', async () => {
      const socket = connect(host.port, '127.0.0.1');
      const headers = Object.entries({ ...own(), 'content-length': '1000' }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      socket.write(`POST /blobs HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\nhalf`);
      await expect.poll(() => readdir(join(root, 'blobs'))).toHaveLength(1);
      socket.destroy();
      await expect.poll(() => readdir(join(root, 'blobs'))).toEqual([]);
    });
    it('keeps the host alive after a page sent a huge frame', async () => {
      const { WebSocket } = await import('ws');
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/push`, { headers: own() });
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      socket.on('open', () => socket.send('x'.repeat(100_000)));
      expect(await closed).toBeGreaterThanOrEqual(1006);
      expect((await rpc(own())).status).toBe(200);
    });
  });

  describe('by path', () => {
    it.each([
      '/../library.db',
      '/assets/../../library.db',
      '/%2e%2e/library.db',
      '/assets/%2e%2e%2f%2e%2e%2flibrary.db',
      '/..%5clibrary.db',
      '/assets/..%252f..%252flibrary.db',
      '//etc/passwd',
      '/link.txt',
      '/library.db',
      '/assets/app-1a2b.js.map',
      '/%00',
      '/%zz',
      '/media/..%2flibrary.db',
    ])('finds nothing under %s', async (path) => {
      const answer = await send({ path, headers: { ...own(), 'sec-fetch-site': 'same-origin' } });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).not.toContain(secret);
    });
    it('refuses a method other than POST on /rpc', async () => {
      expect((await send({ path: '/rpc/project.ensure', headers: own() })).status).toBe(405);
    });
    it('finds no socket elsewhere', async () => {
      expect(await tryUpgrade(`ws://127.0.0.1:${host.port}/rpc/project.ensure`, own())).toBe(404);
    });
  });

  describe('on the shell', () => {
    it.each(['/', '/index.html', '/renders/r-1'])('serves the page at %s', async (path) => {
      const answer = await send({ path, headers: { host: `127.0.0.1:${host.port}` } });
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('<title>Cuebooth</title>');
    });
    it('serves hashed assets for good', async () => {
      const answer = await send({ path: '/assets/app-1a2b.js', headers: { host: `127.0.0.1:${host.port}` } });
      expect(answer.headers['content-type']).toContain('text/javascript');
      expect(answer.headers['cache-control']).toContain('immutable');
    });
    it('lets no script in but its own, on every answer', async () => {
      for (const request of [
        { path: '/' },
        { path: '/host' },
        { path: '/nothing.here' },
        { path: '/', headers: { host: 'evil.example' } },
      ]) {
        const { headers } = await send({ headers: { host: `127.0.0.1:${host.port}` }, ...request });
        const policy = String(headers['content-security-policy']);
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("script-src 'self';");
        expect(policy).not.toContain('unsafe-eval');
        expect(policy).toContain("frame-ancestors 'none'");
        expect(headers).toMatchObject({
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-resource-policy': 'same-origin',
        });
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    });
  });
});
