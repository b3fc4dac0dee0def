/** Ranges of audio files: the same promises from the pure function, the web host and Electron's scheme. */
import { mkdtemp, open, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchemeHandler } from '#electron/main/scheme.ts';
import type { MediaPath } from '#node/serving/media.ts';
import { answerRange } from '#node/serving/range.ts';
import { startWebHost, type WebHost } from '#hosts/web/server.ts';
import { createPage, type Page } from '../transport/page.ts';
import { createLog, createTestEngine } from '../transport/test-engine.ts';

describe('the range of a header', () => {
  it.each([
    [null, { status: 200, start: 0, end: 9 }],
    ['bytes=0-3', { status: 206, start: 0, end: 3 }],
    ['bytes=4-', { status: 206, start: 4, end: 9 }],
    ['bytes=-3', { status: 206, start: 7, end: 9 }],
    ['bytes=-30', { status: 206, start: 0, end: 9 }],
    ['bytes=9-9', { status: 206, start: 9, end: 9 }],
    ['bytes=0-999999999999999999999', { status: 206, start: 0, end: 9 }],
    ['BYTES = 2 - 4', { status: 206, start: 2, end: 4 }],
    ['bytes=10-', { status: 416 }],
    ['bytes=10-20', { status: 416 }],
    ['bytes=-0', { status: 416 }],
    ['bytes=5-2', { status: 200, start: 0, end: 9 }],
    ['bytes=0-1,4-5', { status: 200, start: 0, end: 9 }],
    ['bytes=-', { status: 200, start: 0, end: 9 }],
    ['bytes=a-b', { status: 200, start: 0, end: 9 }],
    ['bytes=0x1-2', { status: 200, start: 0, end: 9 }],
    ['lines=1-2', { status: 200, start: 0, end: 9 }],
    ['', { status: 200, start: 0, end: 9 }],
  ])('%j of ten bytes', (header, answer) => {
    expect(answerRange(header, 10)).toEqual(answer);
  });

  it('never leaves the file, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(1_000), (noise, first, last, size) => {
        for (const header of [noise, `bytes=${first}-${last}`, `bytes=${first}-`, `bytes=-${last}`, `bytes=${noise}`]) {
          const answer = answerRange(header, size);
          if (answer.status === 416) continue;
          expect(answer.start).toBeGreaterThanOrEqual(0);
          expect(answer.end).toBeLessThan(Math.max(size, 1));
          expect(answer.end - answer.start + 1).toBeGreaterThanOrEqual(answer.status === 206 ? 1 : 0);
        }
      }),
    );
  });
});

/** Sparse: it takes no room on the disk. */
const hugeBytes = 3 * 1024 ** 3;
const twoGigabytes = 2 ** 31;

describe.each(['web', 'Electron'] as const)('audio from the %s host', (kind) => {
  let folder: string;
  let host: WebHost | undefined;
  let page: Page;
  let get: (takeId: string, headers?: Record<string, string>, method?: string) => Promise<Response>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuebooth-media-'));
    await writeFile(join(folder, 'short'), '0123456789');
    await writeFile(join(folder, 'empty'), '');
    const file = await open(join(folder, 'huge'), 'w');
    await file.truncate(hugeBytes);
    await file.write('end', hugeBytes - 3);
    await file.write('mid', twoGigabytes);
    await file.close();
    const mediaPath: MediaPath = async (takeId) =>
      ['short', 'empty', 'huge', 'gone'].includes(takeId)
        ? { path: join(folder, takeId), contentType: 'audio/wav' }
        : null;
    const staticFiles = { respond: async () => null };
    const saveBlob = async () => 'b' as never;
    const { logger } = createLog();
    if (kind === 'Electron') {
      const scheme = createSchemeHandler({ staticFiles, mediaPath, saveBlob, logger });
      get = (takeId, headers = {}, method = 'GET') =>
        scheme(new Request(`cuebooth://app/media/${takeId}`, { method, headers }));
      return;
    }
    host = await startWebHost({ router: createTestEngine().engine, mediaPath, saveBlob, staticFolder: folder, logger });
    page = createPage(host.origin);
    const { origin } = host;
    await page.fetch(`${origin}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ticket: host.mintTicket() }),
    });
    get = (takeId, headers = {}, method = 'GET') => page.fetch(`${origin}/media/${takeId}`, { method, headers });
  });
  afterAll(async () => {
    await host?.close();
    await rm(folder, { recursive: true });
  });

  const openFiles = async (): Promise<number> => {
    const names = await readdir('/proc/self/fd').catch(() => []);
    const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
    return targets.filter((target) => target.startsWith(folder)).length;
  };

  it('sends a whole file with its length and says that it takes ranges', async () => {
    const response = await get('short');
    expect(response.status).toBe(200);
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(response.headers.get('content-length')).toBe('10');
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(await response.text()).toBe('0123456789');
  });

  it('sends a part with its place', async () => {
    const response = await get('short', { range: 'bytes=2-5' });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe('bytes 2-5/10');
    expect(await response.text()).toBe('2345');
  });

  it('refuses a range behind the end with the size', async () => {
    const response = await get('short', { range: 'bytes=10-' });
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */10');
    await response.text();
  });

  it('sends a part that lies behind 2 GB', async () => {
    const middle = await get('huge', { range: `bytes=${twoGigabytes}-${twoGigabytes + 2}` });
    expect(middle.headers.get('content-range')).toBe(`bytes ${twoGigabytes}-${twoGigabytes + 2}/${hugeBytes}`);
    expect(await middle.text()).toBe('mid');
    expect(await (await get('huge', { range: 'bytes=-3' })).text()).toBe('end');
  });

  it('starts a range of 2 GB at once and closes the file when the listener goes away', async () => {
    const response = await get('huge', { range: `bytes=0-${twoGigabytes - 1}` });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-length')).toBe(String(twoGigabytes));
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.byteLength).toBeGreaterThan(0);
    await reader?.cancel();
    await expect.poll(openFiles).toBe(0);
  });

  it('sends an empty file as one', async () => {
    const response = await get('empty');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', '']);
  });

  it('answers HEAD without a body', async () => {
    const response = await get('short', {}, 'HEAD');
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '10', '']);
  });

  it.each(['unknown', 'gone', '..%2Fshort'])('finds nothing under %s', async (takeId) => {
    const response = await get(takeId);
    expect(response.status).toBe(404);
    await response.text();
  });
});
