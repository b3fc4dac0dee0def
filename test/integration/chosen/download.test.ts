import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { completed, failureOf, setUp } from './setup.ts';

const listen = async (answer: RequestListener): Promise<string> => {
  const host = createServer(answer);
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    host.closeAllConnections();
    host.close();
  });
  return `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
};

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('audio', () => {
  it('on another host is fetched without the key, even where the settings always send it', async () => {
    const { submit, download, server } = await setUp({ audioHost: 'other' }, { audioKey: 'always' });
    const audio = await download(completed(await submit('A line.')).audioUrl);
    expect(server.ledger()).toMatchObject([{ audioSha256: sha256(audio) }]);
    expect(server.counts()['foreign']).toBe(1);
    expect(server.seenKeys()).toEqual([]);
  });

  it('behind a redirect to another host is followed without the key', async () => {
    const { submit, download, server } = await setUp(
      { faults: { redirectAudio: 1 }, audioNeedsKey: true },
      { audioKey: 'always' },
    );
    const audio = await download(completed(await submit('A line.')).audioUrl);
    expect(server.ledger()).toMatchObject([{ audioSha256: sha256(audio) }]);
    expect(server.counts()['foreign']).toBe(1);
    expect(server.seenKeys()).toEqual([]);
  });

  it('on the own host is asked for again with the key after a 401', async () => {
    const { submit, download, server } = await setUp({ audioNeedsKey: true });
    expect((await download(completed(await submit('A line.')).audioUrl)).length).toBeGreaterThan(1000);
    expect(server.counts()['downloads']).toBe(2);
  });

  it('on the own host is asked for once where the settings always send the key', async () => {
    const { submit, download, server } = await setUp({ audioNeedsKey: true }, { audioKey: 'always' });
    await download(completed(await submit('A line.')).audioUrl);
    expect(server.counts()['downloads']).toBe(1);
  });

  it('on the own host stays missing where the settings forbid the key', async () => {
    const { submit, download } = await setUp({ audioNeedsKey: true }, { audioKey: 'never' });
    const { audioUrl } = completed(await submit('A line.'));
    expect(await failureOf(download(audioUrl))).toMatchObject({ code: 'media_missing', disposition: 'again' });
  });

  it('led back to the own host by another one is fetched without the key', async () => {
    const { chosen, context, workspace } = await setUp({}, { audioKey: 'always' });
    const seen: (string | undefined)[] = [];
    const home = await listen((req, res) => {
      seen.push(req.headers.authorization);
      res.end('audio');
    });
    const away = await listen((_req, res) => {
      res.writeHead(302, { location: `${home}/audio.wav` });
      res.end();
    });
    const atHome = { ...context, workspace: { ...workspace, baseUrl: home } };
    await chosen.download?.(atHome, `${home}/audio.wav`);
    await chosen.download?.(atHome, `${away}/audio.wav`);
    expect(seen).toEqual([`Bearer ${context.key}`, undefined]);
  });
});

it('gives up on redirects after three', async () => {
  const { download } = await setUp();
  let asked = 0;
  const loop = await listen((_req, res) => {
    asked += 1;
    res.writeHead(302, { location: '/again' });
    res.end();
  });
  expect(await failureOf(download(`${loop}/`))).toMatchObject({
    code: 'redirect_refused',
    charged: 'no',
    disposition: 'again',
  });
  expect(asked).toBe(4);
});
