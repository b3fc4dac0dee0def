/** Preview clips over real HTTP: fetched once, without anybody's key, and played like a take. */
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkspaceId } from '#contract/entities.ts';
import { createMediaPath } from '#node/serving/media-path.ts';
import { mediaResponse } from '#node/serving/media.ts';
import { later } from '#test/builders/endings.ts';
import type { Studio } from '#test/builders/studio.ts';
import { toneFor } from '#test/integration/queue/gated-vendor.ts';
import { voiceOf } from './listing-vendor.ts';
import { addVendor, endAll, idsOf, key, type Scene, startScene } from './setup.ts';

endAll();

interface ClipHost {
  readonly origin: string;
  readonly seen: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}
type Answer = (response: ServerResponse, origin: string) => void;
const clip = toneFor('A preview.');
const sound: Answer = (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end(clip);

const startClipHost = async (answers: Readonly<Record<string, Answer>>): Promise<ClipHost> => {
  const seen: ClipHost['seen'] = [];
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    seen.push({ path, headers: request.headers });
    const answer = answers[path.split('?')[0] ?? ''];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response, origin());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  later(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: origin(), seen };
};

const stage = async (
  scene: Scene,
  urls: readonly string[],
): Promise<{
  readonly studio: Studio;
  readonly workspaceId: WorkspaceId;
  readonly preview: (previewId?: string) => Promise<{ mediaId: string }>;
}> => {
  const previews = urls.map((url, index) => ({
    previewId: `p${index}`,
    url,
    language: 'en',
    style: null,
    model: null,
  }));
  scene.vendor.voices = [voiceOf('v', 'Vera', { previews }), voiceOf('bare', 'Bare')];
  const studio = await scene.open();
  const workspaceId = await addVendor(studio);
  await idsOf(studio);
  return {
    studio,
    workspaceId,
    preview: (previewId) =>
      studio.client.call('voice.preview', {
        workspaceId,
        voiceId: 'v',
        ...(previewId === undefined ? {} : { previewId }),
      }),
  };
};

describe('a preview', () => {
  it('is fetched once, even when it is asked for twice at a time, and plays from the library by its media id', async () => {
    const host = await startClipHost({ '/a.mp3': sound });
    const scene = startScene();
    const { studio, workspaceId, preview } = await stage(scene, [`${host.origin}/a.mp3?signature=1`]);
    const { voices } = await studio.client.call('voice.list', { workspaceId });
    expect(voices[0]?.previews).toEqual([{ previewId: 'p0', language: 'en', style: null, model: null }]);
    const [one, two] = await Promise.all([preview(), preview('p0')]);
    expect(one?.mediaId).toMatch(/^preview-[0-9a-f]{64}$/);
    expect(two).toEqual(one);
    // The list signs addresses anew each time; what lies behind them is the same.
    scene.vendor.voices = [
      voiceOf('v', 'Vera', {
        previews: [
          { previewId: 'p0', url: `${host.origin}/a.mp3?signature=2`, language: null, style: null, model: null },
        ],
      }),
    ];
    await studio.client.call('voice.refresh', { workspaceId });
    expect(await preview()).toEqual(one);
    expect(host.seen.map(({ path }) => path)).toEqual(['/a.mp3?signature=1']);
    const media = createMediaPath(studio.engine, studio.ports.files);
    const response = await mediaResponse(new Request('http://x/'), await media(one?.mediaId ?? ''));
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(Buffer.from(await response.arrayBuffer()).equals(clip)).toBe(true);
    const { vendor } = scene;
    expect(vendor.spoken).toEqual([]);
  });

  it('is fetched again when its file was lost, and is there without a network while it was not', async () => {
    const host = await startClipHost({ '/a.mp3': sound });
    const scene = startScene();
    const { studio, preview } = await stage(scene, [`${host.origin}/a.mp3`]);
    const { mediaId } = await preview();
    const path = join(studio.folder, studio.engine.mediaOf(mediaId)?.path ?? '');
    expect(existsSync(path)).toBe(true);
    await studio.close();
    scene.vendor.failure = 'Offline.';
    const again = await scene.open();
    const [workspace] = (await again.client.call('workspace.list', {})).filter(({ name }) => name === 'eleven');
    const ask = () => again.client.call('voice.preview', { workspaceId: workspace?.id as WorkspaceId, voiceId: 'v' });
    expect(await ask()).toEqual({ mediaId });
    expect(host.seen).toHaveLength(1);
    rmSync(path);
    expect(await ask()).toEqual({ mediaId });
    expect(host.seen).toHaveLength(2);
    expect(existsSync(path)).toBe(true);
  });

  it('takes no key along, neither to its first host nor where that one leads', async () => {
    const other = await startClipHost({ '/b.mp3': sound });
    const host = await startClipHost({
      '/a.mp3': (response) => response.writeHead(302, { location: `${other.origin}/b.mp3` }).end(),
    });
    const scene = startScene();
    const { studio, workspaceId, preview } = await stage(scene, [`${host.origin}/a.mp3`]);
    // Its own host, as the vendor's list and its previews often share one.
    await studio.client.call('workspace.update', { workspaceId, baseUrl: host.origin });
    await idsOf(studio);
    await preview();
    expect([host.seen.length, other.seen.length]).toEqual([1, 1]);
    for (const { headers } of [...host.seen, ...other.seen]) {
      expect(JSON.stringify(headers)).not.toContain(key);
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization']));
      expect(Object.keys(headers).filter((name) => /key|auth|cookie/.test(name))).toEqual([]);
    }
  });

  it('follows three redirects and no more', async () => {
    const hop =
      (to: string): Answer =>
      (response, origin) =>
        response.writeHead(307, { location: `${origin}${to}` }).end();
    const host = await startClipHost({
      '/1': hop('/2'),
      '/2': hop('/3'),
      '/3': hop('/4'),
      '/4': sound,
      '/0': hop('/1'),
    });
    const { preview } = await stage(startScene(), [`${host.origin}/1`, `${host.origin}/0`]);
    expect(await preview('p0')).toHaveProperty('mediaId');
    await expect(preview('p1')).rejects.toMatchObject({ code: 'redirect_refused' });
  });

  it('leads to no other scheme', async () => {
    const host = await startClipHost({
      '/a': (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    });
    const { preview } = await stage(startScene(), [`${host.origin}/a`, 'ftp://127.0.0.1/x']);
    await expect(preview('p0')).rejects.toMatchObject({ code: 'redirect_refused' });
    await expect(preview('p1')).rejects.toMatchObject({ code: 'redirect_refused' });
  });

  it('that is no audio, too large, behind a key, gone or unreachable is refused in words, and nothing is stored', async () => {
    const host = await startClipHost({
      '/page': (response) => response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('<html>Hello</html>'),
      '/large': (response) => {
        response.writeHead(200, { 'content-type': 'audio/wav' });
        response.write(clip);
        response.end(Buffer.alloc(6_000_000));
      },
      '/locked': (response) => response.writeHead(401).end(),
      '/broken': (response) => response.writeHead(500).end(),
      '/cut': (response) => {
        response.writeHead(200, { 'content-length': '9999' });
        response.write(clip.subarray(0, 50), () => response.destroy());
      },
    });
    const paths = ['/page', '/large', '/locked', '/broken', '/cut', '/missing'];
    const { studio, workspaceId, preview } = await stage(
      startScene(),
      paths.map((path) => host.origin + path),
    );
    const codes: string[] = [];
    for (const [index] of paths.entries()) {
      codes.push(
        await preview(`p${index}`).then(
          () => 'fetched',
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(codes).toEqual([
      'bad_response',
      'bad_response',
      'missing_permission',
      'provider_error',
      'provider_offline',
      'not_found',
    ]);
    expect(await studio.ports.files.list('previews').catch(() => [])).toEqual([]);
    await expect(studio.client.call('voice.preview', { workspaceId, voiceId: 'bare' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'Bare has no preview. Audition it instead.',
    });
    await expect(preview('p99')).rejects.toMatchObject({ code: 'not_found' });
    const [scratch] = (await studio.client.call('workspace.list', {})).filter(({ name }) => name === 'scratch');
    await expect(
      studio.client.call('voice.preview', { workspaceId: scratch?.id as WorkspaceId, voiceId: 'free-voice' }),
    ).rejects.toMatchObject({ message: 'Free has no preview. Audition it instead; that costs nothing.' });
  });

  it('of a library voice is fetched once it was searched for, without taking a slot', async () => {
    const host = await startClipHost({ '/dave.mp3': sound });
    const scene = startScene();
    const entry = {
      description: null,
      language: 'en',
      accent: null,
      gender: null,
      age: null,
      category: null,
      useCase: null,
      priceMultiplier: null,
      noticePeriodDays: null,
    };
    scene.vendor.library = [
      { ...entry, libraryId: 'dave', name: 'Dave', previewUrl: `${host.origin}/dave.mp3` },
      { ...entry, libraryId: 'mute', name: 'Mute', previewUrl: null },
    ];
    const { studio, workspaceId } = await stage(scene, []);
    const hear = (libraryId: string) => studio.client.call('voice.libraryPreview', { workspaceId, libraryId });
    await expect(hear('dave')).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('Search') });
    for (const page of [0, 1]) await studio.client.call('voice.library', { workspaceId, page });
    const { mediaId } = await hear('dave');
    expect(await hear('dave')).toEqual({ mediaId });
    expect(studio.engine.mediaOf(mediaId)).not.toBeNull();
    expect(host.seen.map(({ path }) => path)).toEqual(['/dave.mp3']);
    expect(host.seen[0]?.headers).not.toHaveProperty('xi-api-key');
    await expect(hear('mute')).rejects.toMatchObject({ message: 'Mute has no preview in the library.' });
  });

  it('is known by its id alone', async () => {
    const host = await startClipHost({ '/a.mp3': sound });
    const { studio, preview } = await stage(startScene(), [`${host.origin}/a.mp3`]);
    const { mediaId } = await preview();
    for (const wrong of [
      'preview-',
      `${mediaId}0`,
      `preview-${'0'.repeat(64)}`,
      '../previews/x',
      mediaId.toUpperCase(),
    ])
      expect(studio.engine.mediaOf(wrong)).toBeNull();
  });
});
