/** Who is kept out of the web host. Each test starts from a request that would be let in and spoils one thing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketLifetimeMs } from '#hosts/web/session.ts';
import { openGuardedHost, type GuardedHost } from './guarded-host.ts';
import { tryUpgrade } from './raw-request.ts';

describe('the web host', () => {
  let web: GuardedHost;
  beforeAll(async () => {
    web = await openGuardedHost();
  });
  afterAll(() => web.close());

  it('lets the untouched request in', async () => {
    const before = web.runs();
    const answer = await web.rpc(web.headers());
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: true, output: { name: 'x' } });
    expect(web.runs()).toBe(before + 1);
  });

  describe('by name and origin', () => {
    it.each(['localhost', 'evil.example', '127.0.0.1', '127.0.0.1:1', '[::1]', '127.0.0.1.evil.example'])(
      'refuses the host name %s on every route',
      async (name) => {
        const before = web.runs();
        const named = name === 'localhost' ? `localhost:${web.host.port}` : name;
        for (const [method, path] of [
          ['GET', '/'],
          ['GET', '/assets/app-1a2b.js'],
          ['GET', '/host'],
          ['POST', '/session'],
          ['POST', '/rpc/project.ensure'],
        ] as const) {
          const answer = await web.send({
            method,
            path,
            headers: { ...web.headers(), host: named },
            ...(method === 'POST' ? { body: '{"name":"x"}' } : {}),
          });
          expect([path, answer.status]).toEqual([path, 403]);
          expect(answer.body).not.toContain('<title>');
        }
        expect(web.runs()).toBe(before);
      },
    );

    it.each([
      ['another page', 'https://evil.example'],
      ['another port of this machine', 'http://127.0.0.1:1'],
      ['localhost', 'http://localhost'],
      ['https', 'https://127.0.0.1'],
      ['a sandboxed frame', 'null'],
    ])('refuses a request from %s', async (_who, origin) => {
      const before = web.runs();
      const suffix = origin === 'http://localhost' || origin === 'https://127.0.0.1' ? `:${web.host.port}` : '';
      const headers = { ...web.headers(), origin: `${origin}${suffix}` };
      expect((await web.rpc(headers)).status).toBe(403);
      expect((await web.send({ method: 'POST', path: '/blobs', headers, body: 'x' })).status).toBe(403);
      expect((await web.trade(web.host.mintTicket(), headers)).status).toBe(403);
      expect(await tryUpgrade(`ws://127.0.0.1:${web.host.port}/push`, headers)).toBe(403);
      expect(web.runs()).toBe(before);
    });

    it('refuses a request that names no origin', async () => {
      expect((await web.rpc(web.headers('origin'))).status).toBe(403);
      expect(await tryUpgrade(`ws://127.0.0.1:${web.host.port}/push`, web.headers('origin'))).toBe(403);
    });
  });

  describe('by session', () => {
    it.each([
      ['none', undefined],
      ['a made-up one', 'made-up'],
      ['an empty one', ''],
    ])('refuses every route but the shell with %s', async (_what, token) => {
      const before = web.runs();
      const headers =
        token === undefined
          ? web.headers('cookie')
          : { ...web.headers(), cookie: `cuebooth-${web.host.port}=${token}` };
      expect((await web.rpc(headers)).status).toBe(401);
      expect((await web.send({ path: '/host', headers })).status).toBe(401);
      expect((await web.send({ method: 'POST', path: '/blobs', headers, body: 'x' })).status).toBe(401);
      expect(
        (await web.send({ path: '/media/t1', headers: { ...headers, 'sec-fetch-site': 'same-origin' } })).status,
      ).toBe(401);
      expect(await tryUpgrade(`ws://127.0.0.1:${web.host.port}/push`, headers)).toBe(401);
      expect((await web.send({ path: '/', headers })).status).toBe(200);
      expect(web.runs()).toBe(before);
    });

    it("refuses another Cuebooth's cookie", async () => {
      const headers = {
        ...web.headers(),
        cookie: `${web.headers()['cookie']}`.replace(`cuebooth-${web.host.port}=`, 'cuebooth-1='),
      };
      expect((await web.rpc(headers)).status).toBe(401);
    });

    it('finds its cookie among others', async () => {
      expect(
        (await web.rpc({ ...web.headers(), cookie: `theme=dark; ${web.headers()['cookie']}; other=1` })).status,
      ).toBe(200);
    });

    it('sets a cookie that scripts and other sites cannot use', async () => {
      const answer = await web.trade(web.host.mintTicket());
      expect(answer.status).toBe(200);
      expect(answer.headers['set-cookie']).toEqual([
        expect.stringMatching(new RegExp(`^cuebooth-${web.host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`)),
      ]);
    });

    it('takes a ticket once', async () => {
      const ticket = web.host.mintTicket();
      expect((await web.trade(ticket)).status).toBe(200);
      const again = await web.trade(ticket);
      expect([again.status, again.headers['set-cookie']]).toEqual([401, undefined]);
      expect(JSON.parse(again.body)).toMatchObject({ ok: false, error: { code: 'unauthorized' } });
    });

    it('takes a ticket for 60 seconds and no longer', async () => {
      const inTime = web.host.mintTicket();
      const late = web.host.mintTicket();
      web.passTime(ticketLifetimeMs);
      expect((await web.trade(inTime)).status).toBe(200);
      web.passTime(1);
      expect((await web.trade(late)).status).toBe(401);
    });

    it.each([undefined, null, 7, '', 'made up', { toString: 'x' }])('refuses %j as a ticket', async (ticket) => {
      expect((await web.trade(ticket)).status).toBe(401);
    });

    it('puts the ticket into the fragment, which is never sent', () => {
      const url = new URL(web.host.mintUrl());
      expect([url.origin, url.pathname, url.search]).toEqual([web.host.origin, '/', '']);
      expect(url.hash).toMatch(/^#ticket=[\w-]{43}$/);
    });
  });

  describe('on /media', () => {
    const play = (site: string | undefined) =>
      web.send({
        path: '/media/t1',
        headers: { ...web.headers(), ...(site === undefined ? {} : { 'sec-fetch-site': site }) },
      });

    it('plays for its own page', async () => {
      expect(await play('same-origin')).toMatchObject({ status: 200, body: 'audio' });
    });
    it.each(['cross-site', 'same-site', 'none', undefined])('refuses a request whose browser says %s', async (site) => {
      const answer = await play(site);
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain('"audio"');
    });
  });
});
