import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchemeHandler, privilegedScheme } from '#electron/main/scheme.ts';
import { AppError } from '#contract/errors.ts';
import { readStaticFiles } from '#node/serving/static-files.ts';
import { createLog } from '../../suites/transport/test-engine.ts';

describe('cuebooth://app', () => {
  let folder: string;
  let handle: (request: Request) => Promise<Response>;
  let saved: number;
  let failWith: Error | undefined;
  const log = createLog();

  beforeAll(async () => {
    saved = 0;
    folder = await mkdtemp(join(tmpdir(), 'cuebooth-scheme-'));
    await writeFile(join(folder, 'index.html'), '<title>Cuebooth</title>');
    handle = createSchemeHandler({
      staticFiles: await readStaticFiles(folder),
      mediaPath: async (takeId) => {
        if (takeId === 'broken') throw new Error('database is closed');
        return null;
      },
      saveBlob: async () => {
        if (failWith !== undefined) throw failWith;
        saved += 1;
        return 'b' as never;
      },
      logger: log.logger,
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('serves the page with a policy that lets no foreign script in', async () => {
    const response = await handle(new Request('cuebooth://app/'));
    expect(await response.text()).toContain('Cuebooth');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe-eval');
  });
  it.each([
    'cuebooth://other/',
    'https://app/',
    'cuebooth://app/../../etc/passwd.txt',
    'cuebooth://app/%2e%2e%2fkeys.json',
    'cuebooth://app/missing.js',
  ])('finds nothing at %s', async (url) => {
    expect((await handle(new Request(url))).status).toBe(404);
  });
  it('refuses an upload from another origin', async () => {
    const request = new Request('cuebooth://app/blobs', {
      method: 'POST',
      body: 'x',
      headers: { origin: 'https://evil.example' },
    });
    expect((await handle(request)).status).toBe(403);
    expect(saved).toBe(0);
  });
  it('takes an upload of its own page', async () => {
    const request = new Request('cuebooth://app/blobs', {
      method: 'POST',
      body: 'x',
      headers: { origin: 'cuebooth://app' },
    });
    expect(await (await handle(request)).json()).toEqual({ ok: true, output: { blobId: 'b' } });
  });
  it('passes on why an upload was not stored, and keeps faults to the log', async () => {
    const send = () =>
      handle(new Request('cuebooth://app/blobs', { method: 'POST', body: 'x' })).then((response) => response.json());
    failWith = new AppError('disk_full', 'The disk is full.');
    expect(await send()).toMatchObject({ ok: false, error: { code: 'disk_full' } });
    failWith = new Error('/home/me/secret');
    const reply = await send();
    expect(reply).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(reply)).not.toContain('secret');
  });
  it('answers when a lookup breaks', async () => {
    expect((await handle(new Request('cuebooth://app/media/broken'))).status).toBe(500);
    expect(log.lines.some(({ level }) => level === 'error')).toBe(true);
  });
  it('is a secure standard scheme that can neither bypass the policy nor install workers', () => {
    expect(privilegedScheme.privileges).toMatchObject({
      standard: true,
      secure: true,
      stream: true,
      supportFetchAPI: true,
    });
    expect(privilegedScheme.privileges?.bypassCSP ?? false).toBe(false);
    expect(privilegedScheme.privileges?.allowServiceWorkers ?? false).toBe(false);
  });
});
