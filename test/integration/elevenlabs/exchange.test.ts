import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import { ProviderError } from '#engine/providers/provider.ts';
import { adapterAt, audioOf, failureOf, gather, listen, present } from './setup.ts';

const told = {
  'request-id': 'req1',
  'history-item-id': 'item1',
  'character-cost': '12',
  'current-concurrent-requests': '2',
  'maximum-concurrent-requests': '5',
};
const audio = Buffer.alloc(50_000, 9);
const whole = JSON.stringify({ audio_base64: audio.toString('base64'), alignment: null });

describe('speech', () => {
  it('tells ids, debit and requests at a time before a byte of its body has come', async () => {
    let release: () => void = () => undefined;
    const base = await listen((_req, res) => {
      res.writeHead(200, { 'content-type': 'audio/mpeg', ...told });
      res.flushHeaders();
      release = () => res.end(audio);
    });
    const { elevenlabs, context, request } = adapterAt(base, { timestamps: false });
    const status = audioOf(await elevenlabs.submit(context, request(), null));
    expect(status).toMatchObject({
      vendorId: 'item1',
      requestId: 'req1',
      chargedCredits: 12,
      concurrency: { current: 2, maximum: 5 },
    });
    release();
    expect(await gather(status.body)).toEqual(audio);
  });

  it('takes the other name of the debit, and none', async () => {
    for (const [headers, charged] of [
      [{ 'x-character-count': '7' }, 7],
      [{}, null],
    ] as const) {
      const base = await listen((_req, res) => {
        res.writeHead(200, { 'content-type': 'audio/mpeg', ...headers });
        res.end(audio);
      });
      const { elevenlabs, context, request } = adapterAt(base, { timestamps: false });
      const status = audioOf(await elevenlabs.submit(context, request(), null));
      expect(status).toMatchObject({ vendorId: null, requestId: null, chargedCredits: charged });
      await gather(status.body);
    }
  });

  it('sends its key, its body and nothing else once', async () => {
    const seen: {
      readonly method: string | undefined;
      readonly key: unknown;
      readonly type: unknown;
      readonly body: string;
    }[] = [];
    const base = await listen((req, res) => {
      const pieces: Buffer[] = [];
      req.on('data', (piece: Buffer) => pieces.push(piece));
      req.on('end', () => {
        seen.push({
          method: req.method,
          key: req.headers['xi-api-key'],
          type: req.headers['content-type'],
          body: Buffer.concat(pieces).toString(),
        });
        res.writeHead(500);
        res.end('{"status":"internal_server_error","message":"No."}');
      });
    });
    const { elevenlabs, context, request } = adapterAt(base);
    expect(await failureOf(elevenlabs.submit(context, request(), null))).toMatchObject({ charged: 'unknown' });
    expect(seen).toEqual([
      {
        method: 'POST',
        key: 'sk_secret_key',
        type: 'application/json',
        body: '{"text":"Hello there.","model_id":"eleven_multilingual_v2"}',
      },
    ]);
  });

  it.each([
    ['of audio', { timestamps: false }, 'audio/mpeg', audio],
    ['with timestamps', {}, 'application/json', Buffer.from(whole)],
  ] as const)(
    '%s that is cut within its body has told its ids, and breaks where it is read',
    async (_name, settings, type, body) => {
      const base = await listen((_req, res) => {
        res.writeHead(200, { 'content-type': type, 'content-length': body.length, ...told });
        res.write(body.subarray(0, body.length / 2), () => res.destroy());
      });
      const { elevenlabs, context, request } = adapterAt(base, settings);
      const status = audioOf(await elevenlabs.submit(context, request(), null));
      expect(status.vendorId).toBe('item1');
      const error: unknown = await gather(status.body).catch((broken: unknown) => broken);
      expect(error).toBeInstanceOf(HttpError);
      expect(error).toMatchObject({ phase: 'body' });
      expect(status.timings?.() ?? null).toBeNull();
    },
  );

  it('with timestamps whose text ends early without a sign breaks too', async () => {
    const base = await listen((_req, res) => {
      res.writeHead(200, { 'content-type': 'application/json', ...told });
      res.end(whole.slice(0, -1));
    });
    const { elevenlabs, context, request } = adapterAt(base);
    const status = audioOf(await elevenlabs.submit(context, request(), null));
    const error: unknown = await gather(status.body).catch((broken: unknown) => broken);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ code: 'bad_response', phase: 'body', charged: 'unknown' });
  });

  it('answered by a page of somebody in between may have been charged', async () => {
    const base = await listen((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/html' });
      res.end('<html>Please log in</html>');
    });
    const { elevenlabs, context, request } = adapterAt(base);
    expect(await failureOf(elevenlabs.submit(context, request(), null))).toMatchObject({
      code: 'bad_response',
      charged: 'unknown',
      disposition: 'unknown',
    });
  });

  it('is cut, silent or unreachable: what is known of its charge follows from how far it came', async () => {
    const cut = await listen((_req: IncomingMessage, res: ServerResponse) => res.destroy());
    const silent = await listen(() => undefined);
    const nobody = 'http://127.0.0.1:1';
    const fail = async (base: string) => {
      const { elevenlabs, context, request } = adapterAt(base, { answerTimeoutSeconds: 0.1 });
      return failureOf(elevenlabs.submit(context, request(), null));
    };
    expect(await fail(cut)).toMatchObject({ code: 'outcome_unknown', charged: 'unknown', disposition: 'unknown' });
    expect(await fail(silent)).toMatchObject({ code: 'outcome_unknown', charged: 'unknown', disposition: 'unknown' });
    expect(await fail(nobody)).toMatchObject({ code: 'provider_offline', charged: 'no', disposition: 'again' });
  });
});

describe('the key', () => {
  it('never follows a redirect of a keyed request', async () => {
    const keys: unknown[] = [];
    const away = await listen((req, res) => {
      keys.push(req.headers['xi-api-key']);
      res.end('{"history":[]}');
    });
    const base = await listen((_req, res) => {
      res.writeHead(307, { location: `${away}/v1/history` });
      res.end();
    });
    const { elevenlabs, context, request } = adapterAt(base);
    expect(await failureOf(elevenlabs.submit(context, request(), null))).toMatchObject({
      code: 'redirect_refused',
      charged: 'no',
    });
    expect(await failureOf(present(elevenlabs.history)(context, { cursor: null, limit: 1 }))).toMatchObject({
      code: 'redirect_refused',
      disposition: 'again',
    });
    expect(keys).toEqual([]);
  });

  it('goes with audio of the own host only, also behind redirects', async () => {
    const seen: [string, unknown][] = [];
    const away = await listen((req, res) => {
      seen.push(['away', req.headers['xi-api-key']]);
      if (req.url === '/back') {
        res.writeHead(302, { location: `${base}/again` });
        return res.end();
      }
      return res.end('audio');
    });
    const base: string = await listen((req, res) => {
      seen.push([`home ${req.url ?? ''}`, req.headers['xi-api-key']]);
      if (req.url === '/leave') {
        res.writeHead(302, { location: `${away}/back` });
        return res.end();
      }
      return res.end('audio');
    });
    const { elevenlabs, context } = adapterAt(base);
    const download = present(elevenlabs.download);
    await gather(await download(context, `${base}/audio`));
    await gather(await download(context, `${away}/audio`));
    await gather(await download(context, `${base}/leave`));
    expect(seen).toEqual([
      ['home /audio', 'sk_secret_key'],
      ['away', undefined],
      ['home /leave', 'sk_secret_key'],
      ['away', undefined],
      ['home /again', undefined],
    ]);
  });

  it('does not go to another base URL than the one a request was written for', async () => {
    const seen: unknown[] = [];
    const base = await listen((req, res) => {
      seen.push(req.url);
      res.end();
    });
    const { elevenlabs, context, request, workspace } = adapterAt(base);
    const moved = { ...context, workspace: { ...workspace, baseUrl: 'http://127.0.0.1:2' } };
    expect(await failureOf(elevenlabs.submit(moved, request(), null))).toMatchObject({
      code: 'conflict',
      charged: 'no',
    });
    expect(seen).toEqual([]);
  });

  it('is not quoted when the vendor repeats it', async () => {
    const base = await listen((_req, res) => {
      res.writeHead(401);
      res.end('{"detail":{"status":"invalid_api_key","message":"sk_secret_key is no key"}}');
    });
    const { elevenlabs, context, request } = adapterAt(base);
    const { message } = await failureOf(elevenlabs.submit(context, request(), null));
    expect(message).toContain('[key] is no key');
    expect(message).not.toContain('sk_secret_key');
  });

  it('that is missing or cannot be a header stops everything before it leaves', async () => {
    const seen: unknown[] = [];
    const base = await listen((req, res) => {
      seen.push(req.url);
      res.end('[]');
    });
    const { elevenlabs, context, request } = adapterAt(base);
    for (const [key, code] of [
      [null, 'key_missing'],
      ['a\nb', 'key_refused'],
    ] as const)
      expect(await failureOf(elevenlabs.submit({ ...context, key }, request(), null))).toMatchObject({
        code,
        charged: 'no',
      });
    expect(seen).toEqual([]);
  });
});

it('is reachable as soon as anything answers, and sends no key to find out', async () => {
  const keys: unknown[] = [];
  const base = await listen((req, res) => {
    keys.push(req.headers['xi-api-key']);
    res.writeHead(404);
    res.end();
  });
  const { elevenlabs, context } = adapterAt(base);
  await elevenlabs.probe(context);
  expect(keys).toEqual([undefined]);
  const gone = adapterAt('http://127.0.0.1:1');
  expect(await failureOf(gone.elevenlabs.probe(gone.context))).toMatchObject({ code: 'provider_offline' });
});
