/** A web host to break into: one page, one take, one secret beside them, and everything a rightful request carries. */
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBlobStore } from '#node/serving/blobs.ts';
import { startWebHost, type WebHost } from '#hosts/web/server.ts';
import { createLog, createTestEngine } from '../../suites/transport/test-engine.ts';
import { sendRaw, type RawAnswer, type RawRequest } from './raw-request.ts';

export const blobLimit = 4096;
export const secret = 'library.db of the user';

export interface GuardedHost {
  readonly host: WebHost;
  /** The headers of a rightful request, less one. */
  headers(without?: 'origin' | 'cookie' | 'content-type'): Record<string, string>;
  send(request: RawRequest): Promise<RawAnswer>;
  /** A command, as its page would send it. */
  rpc(headers: Record<string, string>, more?: Partial<RawRequest>): Promise<RawAnswer>;
  trade(ticket: unknown, headers?: Record<string, string>): Promise<RawAnswer>;
  /** How often the command was run. */
  runs(): number;
  passTime(ms: number): void;
  blobFiles(): Promise<string[]>;
  close(): Promise<void>;
}

export const openGuardedHost = async (): Promise<GuardedHost> => {
  const root = await mkdtemp(join(tmpdir(), 'cuebooth-web-'));
  const screens = join(root, 'renderer');
  await mkdir(join(screens, 'assets'), { recursive: true });
  await writeFile(join(screens, 'index.html'), '<!doctype html><title>Cuebooth</title>');
  await writeFile(join(screens, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(screens, 'assets', 'app-1a2b.js.map'), '{}');
  await writeFile(join(root, 'library.db'), secret);
  await symlink(join(root, 'library.db'), join(screens, 'link.txt'));
  await writeFile(join(root, 'take.wav'), 'audio');
  const blobs = await createBlobStore(join(root, 'blobs'), { maxBytes: blobLimit });
  let runs = 0;
  let now = 0;
  const host = await startWebHost({
    router: createTestEngine({
      'project.ensure': ({ name }) => {
        runs += 1;
        return { id: 'p' as never, name, createdAt: 1, scriptCount: 0 };
      },
    }).engine,
    mediaPath: async (takeId) => (takeId === 't1' ? { path: join(root, 'take.wav'), contentType: 'audio/wav' } : null),
    saveBlob: blobs.save,
    staticFolder: screens,
    logger: createLog().logger,
    now: () => now,
  });

  let cookie = '';
  const headers: GuardedHost['headers'] = (without) =>
    Object.fromEntries(
      Object.entries({
        host: `127.0.0.1:${host.port}`,
        origin: host.origin,
        cookie,
        'content-type': 'application/json',
      }).filter(([name]) => name !== without),
    );
  const send: GuardedHost['send'] = (request) => sendRaw(host.port, request);
  const trade: GuardedHost['trade'] = (ticket, own = headers('cookie')) =>
    send({ method: 'POST', path: '/session', headers: own, body: JSON.stringify({ ticket }) });
  cookie = String((await trade(host.mintTicket())).headers['set-cookie']).split(';')[0] ?? '';

  return {
    host,
    headers,
    send,
    trade,
    rpc: (own, more = {}) =>
      send({ method: 'POST', path: '/rpc/project.ensure', headers: own, body: JSON.stringify({ name: 'x' }), ...more }),
    runs: () => runs,
    passTime: (ms) => {
      now += ms;
    },
    blobFiles: () => readdir(join(root, 'blobs')),
    close: async () => {
      await host.close();
      await rm(root, { recursive: true });
    },
  };
};
