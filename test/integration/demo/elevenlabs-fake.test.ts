import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sniffFormat } from '#engine/audio/sniff-format.ts';
import { pcmOfMp3 } from '#node/compute/mp3.ts';
import { bytesOf, complaintOf, setUp, sha256 } from './elevenlabs-setup.ts';

describe('a speech call', () => {
  it('is billed once, told in headers, and its audio is what the books say', async () => {
    const { server, speak } = await setUp();
    const answer = await speak('Spring is here.');
    const audio = await bytesOf(answer);
    const [row] = server.ledger();
    expect(server.ledger()).toHaveLength(1);
    expect(row).toMatchObject({ text: 'Spring is here.', source: 'TTS', chargedCredits: 15, refundedCredits: 0 });
    expect(answer.headers.get('history-item-id')).toBe(row?.id);
    expect(answer.headers.get('request-id')).toBe(row?.requestId);
    expect(answer.headers.get('character-cost')).toBe('15');
    expect(answer.headers.get('maximum-concurrent-requests')).toBe('10');
    expect(sha256(audio)).toBe(row?.audioSha256);
    const { sampleRate, samples } = await pcmOfMp3(audio);
    expect(sampleRate).toBe(44_100);
    expect(samples.length / sampleRate).toBeCloseTo(0.9, 1);
  });

  it('gives other bytes to another text, another voice and another format', async () => {
    const { server, speak } = await setUp();
    const other = server.voices()[2]?.voiceId ?? '';
    await speak('One.');
    await speak('Two.');
    await speak('One.', { voice: other });
    await speak('One.', { query: '?output_format=mp3_22050_32' });
    expect(new Set(server.ledger().map(({ audioSha256 }) => audioSha256)).size).toBe(4);
  });

  it.each([
    ['mp3_22050_32', 'mp3'],
    ['mp3_44100_192', 'mp3'],
    ['wav_44100', 'wav'],
    ['pcm_16000', 'unknown'],
  ] as const)('answers %s as %s', async (format, sniffed) => {
    const { speak } = await setUp();
    expect(sniffFormat(await bytesOf(await speak('Hello.', { query: `?output_format=${format}` })))).toBe(sniffed);
  });

  it('keeps formats for the plans that have them', async () => {
    const { server, speak } = await setUp({ tier: 'starter', errorShape: 'current' });
    const gated = await speak('Hello.', { query: '?output_format=wav_44100' });
    expect(await complaintOf(gated)).toEqual([403, 'output_format_not_allowed']);
    expect(server.ledger()).toEqual([]);
  });

  it('costs half with a fast model and double with a voice of that rate', async () => {
    const { server, speak } = await setUp();
    const dear = server.voices().find(({ rate }) => rate === 2)?.voiceId ?? '';
    await speak('0123456789', { body: { model_id: 'eleven_flash_v2_5' } });
    await speak('0123456789', { voice: dear });
    expect(server.ledger().map(({ chargedCredits }) => chargedCredits)).toEqual([5, 20]);
  });

  it('checks the schema before the key, and the key before the rest', async () => {
    const { call, voice } = await setUp({ errorShape: 'current' });
    const misfit = await call(
      'POST',
      `/v1/text-to-speech/${voice}`,
      { voice_settings: { stability: 2 } },
      { key: null },
    );
    expect(misfit.status).toBe(422);
    expect(await misfit.json()).toMatchObject({
      detail: [
        { loc: ['body', 'text'], type: 'missing' },
        { loc: ['body', 'voice_settings', 'stability'], type: 'less_than_equal' },
      ],
    });
    const noKey = await call('POST', `/v1/text-to-speech/${voice}`, { text: 'Hello.' }, { key: null });
    expect(await complaintOf(noKey)).toEqual([401, 'needs_authorization']);
    const badKey = await call('POST', `/v1/text-to-speech/${voice}`, { text: 'Hello.' }, { key: 'wrong' });
    expect(await complaintOf(badKey)).toEqual([401, 'invalid_api_key']);
  });

  it.each([
    ['an unknown voice', { voice: 'nobody' }, 'Hello.', 404, 'voice_not_found'],
    ['an unknown model', { body: { model_id: 'eleven_v9' } }, 'Hello.', 400, 'unsupported_model'],
    ['a blank text', {}, '  ', 400, 'empty_text'],
    [
      'a text over the limit',
      { body: { model_id: 'eleven_v3' } },
      'a'.repeat(5001),
      400,
      'max_character_limit_exceeded',
    ],
    ['a language the model does not take', { body: { language_code: 'de' } }, 'Hallo.', 400, 'unsupported_language'],
    ['an unknown neighbour', { body: { previous_request_ids: ['x'] } }, 'Hello.', 400, 'invalid_parameters'],
    ['a rejected text', {}, 'unspeakable', 400, 'invalid_text'],
  ] as const)('refuses %s without a charge', async (_what, more, text, http, status) => {
    const { server, speak } = await setUp({ errorShape: 'current' });
    expect(await complaintOf(await speak(text, more))).toEqual([http, status]);
    expect(server.ledger()).toEqual([]);
  });

  it('takes the request id of a neighbour for two hours', async () => {
    const { clock, speak } = await setUp();
    const id = (await speak('First.')).headers.get('request-id');
    expect((await speak('Second.', { body: { previous_request_ids: [id] } })).status).toBe(200);
    clock.advance(2 * 3_600_000);
    expect((await speak('Third.', { body: { previous_request_ids: [id] } })).status).toBe(400);
  });

  it('carries the times of its characters where they were asked for', async () => {
    const { server, call, work, voice } = await setUp();
    const answer = await work(call('POST', `/v1/text-to-speech/${voice}/with-timestamps`, { text: 'Hi there.' }));
    const stamped = (await answer.json()) as { audio_base64: string; alignment: { characters: string[] } };
    expect(stamped.alignment.characters.join('')).toBe('Hi there.');
    expect(sha256(Buffer.from(stamped.audio_base64, 'base64'))).toBe(server.ledger()[0]?.audioSha256);
  });
});

describe('the credits', () => {
  it('grow with each call and start anew with the period', async () => {
    const { clock, speak, subscription } = await setUp({ creditsUsed: 100, resetAt: Date.UTC(2026, 0, 3) });
    await speak('0123456789');
    expect(await subscription()).toMatchObject({
      character_count: 110,
      character_limit: 600_000,
      next_character_count_reset_unix: Date.UTC(2026, 0, 3) / 1000,
    });
    clock.advance(3 * 86_400_000);
    expect(await subscription()).toMatchObject({
      character_count: 100,
      next_character_count_reset_unix: Date.UTC(2026, 1, 3) / 1000,
    });
  });

  it.each([
    ['quota_exceeded', 401],
    ['insufficient_credits', 402],
  ] as const)('that are used up are %s', async (quotaAnswer, http) => {
    const { server, speak } = await setUp({ creditLimit: 15, quotaAnswer, errorShape: 'current' });
    expect((await speak('0123456789')).status).toBe(200);
    expect(await complaintOf(await speak('0123456789'))).toEqual([http, quotaAnswer]);
    expect(server.ledger()).toHaveLength(1);
  });

  it('go over the limit where overage is on, and that is shown', async () => {
    const { speak, subscription } = await setUp({ creditLimit: 5, overageCredits: 'unlimited' });
    expect((await speak('0123456789')).status).toBe(200);
    expect(await subscription()).toMatchObject({ character_count: 10, max_credit_limit_extension: 'unlimited' });
  });

  it('come with invoices and a pending change where they are wanted', async () => {
    const { subscription } = await setUp({ openInvoices: 1, pendingChange: 'cancellation' });
    expect(await subscription()).toMatchObject({
      status: 'past_due',
      has_open_invoices: true,
      open_invoices: [{ payment_intent_statusses: ['requires_action'] }],
      pending_change: { kind: 'cancellation' },
    });
  });

  it('that were used are counted by day, voice and model, also those of others', async () => {
    const { clock, server, json, speak, voice } = await setUp();
    const day = Date.UTC(2025, 11, 30);
    server.addHistory([{ at: day + 5000, text: '0123456789', voiceId: voice, model: 'eleven_flash_v2_5' }]);
    await speak('0123456789');
    const range = `start_unix=${day}&end_unix=${clock.now()}`;
    expect(await json('GET', `/v1/usage/character-stats?${range}`)).toEqual({
      time: [day, day + 86_400_000, day + 2 * 86_400_000],
      usage: { All: [5, 0, 10] },
    });
    expect(await json('GET', `/v1/usage/character-stats?${range}&breakdown_type=model`)).toMatchObject({
      usage: { eleven_flash_v2_5: [5, 0, 0], eleven_multilingual_v2: [0, 0, 10] },
    });
    expect(
      await json('POST', '/v1/workspace/analytics/query/usage-by-product-over-time', {
        start_time: day,
        end_time: clock.now(),
        interval_seconds: 86_400,
        group_by: ['product_type'],
      }),
    ).toMatchObject({
      rows: [
        ['2025-12-30T00:00:00.000Z', 'TTS', 5],
        ['2026-01-01T00:00:00.000Z', 'TTS', 10],
      ],
    });
  });
});

describe('a key', () => {
  it.each([
    ['speech_history_read', 'GET', '/v1/history'],
    ['user_read', 'GET', '/v1/user/subscription'],
    ['voices_read', 'GET', '/v2/voices'],
    ['models_read', 'GET', '/v1/models'],
  ] as const)('without %s is told so by name', async (scope, method, path) => {
    const { call } = await setUp({ scopes: ['text_to_speech'], errorShape: 'current' });
    const answer = await call(method, path);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      detail: { status: 'missing_permissions', message: expect.stringContaining(scope) as string },
    });
  });

  it('that is shown to the other host is noticed', async () => {
    const { server, call } = await setUp();
    await call('GET', `${server.otherOrigin}/previews/none.mp3`, undefined, { key: null });
    expect(server.seenKeys()).toEqual([]);
    await call('GET', `${server.otherOrigin}/previews/none.mp3`);
    expect(server.seenKeys()).toEqual(['GET /previews/none.mp3']);
  });
});

it('takes only so many requests at a time in each concurrency group, and says so', async () => {
  const { clock, server, call, voice } = await setUp({ concurrencyCap: 2, errorShape: 'current' });
  const send = (text: string, model: string) => call('POST', `/v1/text-to-speech/${voice}`, { text, model_id: model });
  const working = [send('One.', 'eleven_multilingual_v2'), send('Two.', 'eleven_multilingual_v2')];
  await expect.poll(() => server.ledger().length).toBe(2);
  const refused = await send('Three.', 'eleven_multilingual_v2');
  expect(refused.headers.get('current-concurrent-requests')).toBe('2');
  expect(refused.headers.get('maximum-concurrent-requests')).toBe('2');
  expect(await complaintOf(refused)).toEqual([429, 'too_many_concurrent_requests']);
  const other = send('Four.', 'eleven_flash_v2_5');
  await expect.poll(() => server.ledger().length).toBe(3);
  clock.advance(1000);
  expect((await Promise.all([...working, other])).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(server.counts()).toMatchObject({ posts: 4, overCap: 1 });
});

it('runs as its own process and answers its books', async () => {
  const main = fileURLToPath(new URL('../../../src/hosts/demo/vendors/elevenlabs/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--port', '0', '--mix', 'slow', '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { baseUrl } = JSON.parse(line) as { baseUrl: string };
  expect(await (await fetch(`${baseUrl}/__ledger`)).json()).toEqual({
    generations: [],
    billedTwice: [],
    seenKeys: [],
    counts: {},
  });
  const exit = once(child, 'exit');
  child.stdin.end();
  expect((await exit)[0]).toBe(0);
});

it('leaves no timer behind when it is closed in the middle of its work', async () => {
  const { server, call, voice } = await setUp();
  const lost = call('POST', `/v1/text-to-speech/${voice}`, { text: 'Never answered.' }).catch(
    (error: unknown) => error,
  );
  await expect.poll(() => server.pendingTimers()).toBe(1);
  await server.close();
  await lost;
  expect(server.pendingTimers()).toBe(0);
});
