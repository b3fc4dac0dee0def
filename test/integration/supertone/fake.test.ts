import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { faultMixes, mixesThatMayAsk } from '#hosts/demo/vendors/supertone/mixes.ts';
import { bytesOf, createAdapter, failureOf, setUp, viewOf } from './setup.ts';

const main = fileURLToPath(new URL('../../../src/hosts/demo/vendors/supertone/main.ts', import.meta.url));

it('runs as its own process, answers its books and ends with its parent', async () => {
  const options = JSON.stringify({ serviceTimeMs: 1, audioBytes: 5000 });
  const child = spawn(process.execPath, [main, '--json-options', options, '--mix', 'none', '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { baseUrl, apiKey } = JSON.parse(line) as { baseUrl: string; apiKey: string };
  const { http, recipe } = await setUp();
  const supertone = createAdapter(http, Date.now);
  const context = { workspace: viewOf(baseUrl), key: apiKey, signal: new AbortController().signal };
  await bytesOf(await supertone.submit(context, supertone.request(context.workspace, recipe('Hello.')), null));
  const books: unknown = await (await fetch(`${baseUrl}/__ledger`)).json();
  expect(books).toMatchObject({ calls: [{ key: null, text: 'Hello.' }], seenKeys: [], counts: { posts: 1 } });
  const exit = once(child, 'exit');
  child.stdin.end();
  expect((await exit)[0]).toBe(0);
});

it('leaves no timer behind when it is closed in the middle of its work', async () => {
  const { server, submit } = await setUp({ serviceTimeMs: 60_000 });
  const lost = submit('Never answered.').catch((error: unknown) => error);
  await expect.poll(() => server.pendingTimers()).toBe(1);
  await server.close();
  await lost;
  expect(server.pendingTimers()).toBe(0);
});

it('closes a kept socket under the next request, which it never looks at', async () => {
  const { server, submit } = await setUp({ faults: { idleClose: 1 } });
  await bytesOf(await submit('A fresh socket is spared.'));
  expect(await failureOf(submit('This one is not.'))).toMatchObject({ code: 'outcome_unknown', charged: 'unknown' });
  expect(server.ledger().map(({ text }) => text)).toEqual(['A fresh socket is spared.']);
});

it('names every mix in which something can be lost as one that may end in a question', () => {
  const harmless = new Set(['none', 'rate-limit', 'slow']);
  expect(new Set(mixesThatMayAsk.keys())).toEqual(
    new Set(Object.keys(faultMixes).filter((name) => !harmless.has(name))),
  );
});

describe('endpoints that the studio does not need', () => {
  const call = async (path: string, init: RequestInit = {}) => {
    const { server, voice } = await setUp({ extraVoices: 30, spelling: 'snake' });
    const headers = { 'x-sup-api-key': server.apiKey };
    const go = (at: string, more: RequestInit = {}) =>
      fetch(`${server.baseUrl}${at}`, { ...more, headers: { ...headers, ...more.headers } });
    return { answer: await go(path, init), go, voice, server };
  };

  it('search presets, with either of several values, both of several styles, and no mixture of these', async () => {
    const { answer, go } = await call('/v1/voices/search?language=ko,de&gender=female&page_size=10');
    const found = (await answer.json()) as { items: { gender: string }[]; total: number; next_page_token: string };
    expect(new Set(found.items.map(({ gender }) => gender))).toEqual(new Set(['female']));
    expect(found.items).toHaveLength(10);
    const next = await go(`/v1/voices/search?gender=female&page_size=100&next_page_token=${found.next_page_token}`);
    expect(((await next.json()) as { items: unknown[] }).items.length).toBe(found.total - 10);
    const both = (await (await go('/v1/voices/search?style=happy;sad&page_size=100')).json()) as {
      items: { styles: string[] }[];
    };
    for (const { styles } of both.items) expect(styles).toEqual(expect.arrayContaining(['happy', 'sad']));
    expect((await go('/v1/voices/search?style=happy;sad,serene')).status).toBe(400);
  });

  it('tell one voice, and change and remove clones', async () => {
    const { answer, go, voice } = await call('/v1/custom-voices');
    const { items } = (await answer.json()) as { items: { voice_id: string }[] };
    const path = `/v1/custom-voices/${items[0]?.voice_id ?? ''}`;
    expect(await (await go(`/v1/voices/${voice}`)).json()).toMatchObject({ name: 'Marlow' });
    const named = await go(path, { method: 'PATCH', body: JSON.stringify({ name: 'Renamed' }) });
    expect(await named.json()).toMatchObject({ name: 'Renamed' });
    expect((await go(path, { method: 'DELETE' })).status).toBe(204);
    const gone = await go(path);
    expect([gone.status, await gone.json()]).toMatchObject([404, { message: { status_code: 404 } }]);
  });

  it('make a clone from a recording, which can then be searched for and speak', async () => {
    const form = new FormData();
    form.set('files', new Blob(['RIFF']), 'a.wav');
    form.set('name', 'Fresh clone');
    const { answer, go, server } = await call('/v1/custom-voices/cloned-voice', { method: 'POST', body: form });
    const { voice_id } = (await answer.json()) as { voice_id: string };
    const found = await (await go('/v1/custom-voices/search?name=fresh')).json();
    expect(found).toMatchObject({ items: [{ voice_id, name: 'Fresh clone' }] });
    const speech = await go(`/v1/text-to-speech/${voice_id}`, {
      method: 'POST',
      body: JSON.stringify({ text: 'Hello.', language: 'en' }),
    });
    expect(speech.headers.get('x-audio-length')).toBe(String(server.ledger()[0]?.chargedCredits));
    server.change({ plan: 'free' });
    expect((await go('/v1/custom-voices/cloned-voice', { method: 'POST', body: form })).status).toBe(403);
  });

  it('stream speech, its length in a trailer', async () => {
    const { server, voice } = await setUp();
    const stream = async (order: object) => {
      const outgoing = request(`${server.baseUrl}/v1/text-to-speech/${voice}/stream`, {
        method: 'POST',
        headers: { 'x-sup-api-key': server.apiKey },
      });
      outgoing.end(JSON.stringify({ text: 'Hello there.', language: 'en', ...order }));
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      return { answer, body: Buffer.concat(chunks) };
    };
    const { answer, body } = await stream({});
    expect(answer.headers['x-audio-length']).toBeUndefined();
    expect(answer.trailers['x-audio-length']).toBe(String(server.ledger()[0]?.chargedCredits));
    expect(body.subarray(0, 4).toString()).toBe('RIFF');
    const lines = (await stream({ include_phonemes: true })).body.toString().trim().split('\n');
    const parsed = lines.map((line) => JSON.parse(line) as { audio_base64: string | null });
    const audio = parsed.map(({ audio_base64 }) => Buffer.from(audio_base64 ?? '', 'base64'));
    expect(Buffer.concat(audio).equals(body)).toBe(true);
    expect(parsed.at(-1)).toMatchObject({ audio_base64: null, phonemes: { symbols: expect.arrayContaining(['h']) } });
  });

  it('count use by the day under the names of voices, page by page', async () => {
    const query =
      'start_time=2026-01-01T00:00:00Z&end_time=2026-01-26T00:00:00Z&breakdown_type=voice_name&page_size=20';
    const { answer, go } = await call(`/v1/usage?${query}`);
    const first = (await answer.json()) as { data: unknown[]; total: number; next_page_token: string };
    expect(first).toMatchObject({ total: 25, next_page_token: '20' });
    const last = (await (await go(`/v1/usage?${query}&next_page_token=20`)).json()) as typeof first;
    expect([last.data.length, last.next_page_token]).toEqual([5, null]);
    expect((await go(`/v1/usage?${query}&breakdown_type=voice_id`)).status).toBe(400);
    expect((await go('/v1/voice-usage?start_date=2026-01-01&end_date=2026-01-31')).status).toBe(400);
    expect((await go('/v1/voice-usage?start_date=2026-01-01&end_date=2026-01-30')).status).toBe(200);
  });
});
