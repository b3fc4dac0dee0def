import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { startWebHost, type WebHost } from '#hosts/web/server.ts';
import { createPage } from '../../suites/transport/page.ts';
import { createLog, createTestEngine, type TestEngine } from '../../suites/transport/test-engine.ts';
import { sendRaw } from './raw-request.ts';

let folder: string;
let engine: TestEngine;
const start = (port = 0): Promise<WebHost> =>
  startWebHost({
    router: engine.engine,
    mediaPath: async () => null,
    saveBlob: async () => 'b' as never,
    staticFolder: join(folder, 'not-built'),
    logger: createLog().logger,
    port,
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuebooth-close-'));
  engine = createTestEngine();
});
afterEach(() => rm(folder, { recursive: true }));

it('ends its sockets and subscriptions when it closes, and frees the port', async () => {
  const host = await start();
  const page = createPage(host.origin);
  await page.fetch(`${host.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket: host.mintTicket() }),
  });
  const socket = page.openSocket(`${host.origin.replace('http', 'ws')}/push`) as unknown as WebSocket;
  await new Promise((resolve) => socket.once('open', resolve));
  const ended = new Promise((resolve) => socket.once('close', resolve));
  expect(engine.listeners()).toBe(1);
  await host.close();
  await ended;
  await expect.poll(() => engine.listeners()).toBe(0);
  const next = await start(host.port);
  await next.close();
});

it('may be closed twice', async () => {
  const host = await start();
  await Promise.all([host.close(), host.close()]);
});

it('says that its port is taken', async () => {
  const host = await start();
  await expect(start(host.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await host.close();
});

it('listens on this machine only', async () => {
  const host = await start();
  expect(host.origin).toBe(`http://127.0.0.1:${host.port}`);
  await expect(fetch(`http://[::1]:${host.port}/`)).rejects.toThrow();
  await host.close();
});

it('says in words that the screens are not built', async () => {
  const host = await start();
  const answer = await sendRaw(host.port, { path: '/' });
  expect(answer.status).toBe(503);
  expect(answer.body).toContain('npm run build');
  await host.close();
});
