/** What the web host takes and serves: sizes, kinds, paths, and what it says to the browser. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { maxRequestBytes } from '#hosts/web/app.ts';
import { blobLimit, openGuardedHost, secret, type GuardedHost } from './guarded-host.ts';
import { tryUpgrade } from './raw-request.ts';

describe('the web host', () => {
  let web: GuardedHost;
  beforeAll(async () => {
    web = await openGuardedHost();
  });
  afterAll(() => web.close());

  describe('by size and kind', () => {
    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      undefined,
    ])('refuses %s on /rpc, which a form could send', async (type) => {
      const before = web.runs();
      const headers = type === undefined ? web.headers('content-type') : { ...web.headers(), 'content-type': type };
      expect((await web.rpc(headers)).status).toBe(415);
      expect(web.runs()).toBe(before);
    });
    it('takes JSON with a charset', async () => {
      expect((await web.rpc({ ...web.headers(), 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
    });
    it('refuses what is not JSON', async () => {
      const answer = await web.rpc(web.headers(), { body: '{"name":' });
      expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([400, 'invalid_input']);
    });
    it('refuses a huge body by its announced length, before it comes', async () => {
      const answer = await web.rpc(
        { ...web.headers(), 'content-length': String(maxRequestBytes + 1) },
        { body: '{', leaveOpen: true },
      );
      expect(answer.status).toBe(413);
    });
    it('refuses a huge body that announced nothing', async () => {
      const answer = await web.rpc(
        { ...web.headers(), 'transfer-encoding': 'chunked' },
        { body: Buffer.alloc(maxRequestBytes + 1, ' '), leaveOpen: true },
      );
      expect(answer.status).toBe(413);
    });
    it('refuses a huge ticket', async () => {
      expect((await web.trade('x'.repeat(10_000))).status).toBe(413);
    });
    it('refuses a blob over the limit and leaves no file', async () => {
      const answer = await web.send({
        method: 'POST',
        path: '/blobs',
        headers: web.headers(),
        body: Buffer.alloc(blobLimit + 1),
      });
      expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([413, 'blob_too_large']);
      expect(await web.blobFiles()).toEqual([]);
    });
    it('leaves no file of a blob that was cut off', async () => {
      const socket = connect(web.host.port, '127.0.0.1');
      const headers = Object.entries({ ...web.headers(), 'content-length': '1000' }).map(
        ([name, value]) => `${name}: ${value}`,
      );
      socket.write(`POST /blobs HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\nhalf`);
      await expect.poll(() => web.blobFiles()).toHaveLength(1);
      socket.destroy();
      await expect.poll(() => web.blobFiles()).toEqual([]);
    });
    it('keeps the host alive after a page sent a huge frame', async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${web.host.port}/push`, { headers: web.headers() });
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      socket.on('open', () => socket.send('x'.repeat(100_000)));
      expect(await closed).toBeGreaterThanOrEqual(1006);
      expect((await web.rpc(web.headers())).status).toBe(200);
    });
  });

  describe('by path', () => {
    it.each([
      '/../library.db',
      '/../etc/passwd',
      '/assets/%2e%2e%2fetc',
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
      const answer = await web.send({ path, headers: { ...web.headers(), 'sec-fetch-site': 'same-origin' } });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.body).not.toContain(secret);
    });
    it('refuses a method other than POST on /rpc', async () => {
      expect((await web.send({ path: '/rpc/project.ensure', headers: web.headers() })).status).toBe(405);
    });
    it('finds no socket elsewhere', async () => {
      expect(await tryUpgrade(`ws://127.0.0.1:${web.host.port}/rpc/project.ensure`, web.headers())).toBe(404);
    });
  });

  describe('on the shell', () => {
    it.each(['/', '/index.html', '/renders/r-1'])('serves the page at %s', async (path) => {
      const answer = await web.send({ path, headers: { host: `127.0.0.1:${web.host.port}` } });
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('<title>Cuebooth</title>');
    });
    it('serves hashed assets for good', async () => {
      const answer = await web.send({ path: '/assets/app-1a2b.js', headers: { host: `127.0.0.1:${web.host.port}` } });
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
        const { headers } = await web.send({ headers: { host: `127.0.0.1:${web.host.port}` }, ...request });
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
