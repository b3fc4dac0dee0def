import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import { answering, bytesOf, createManualClock, failureOf, setUp } from './setup.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('speaks a line: the audio is what the vendor made, and the charge is its length in seconds', async () => {
  const { server, submit } = await setUp();
  const status = await submit('Spring is here, at the store on the corner.');
  const audio = await bytesOf(status);
  expect(status).toMatchObject({ kind: 'audio', vendorId: null });
  expect(server.ledger()).toMatchObject([{ key: null, audioSha256: sha256(audio) }]);
  if (status.kind !== 'audio') return;
  expect(status.chargedCredits).toBe(server.ledger()[0]?.chargedCredits);
  expect(status.chargedCredits).toBeCloseTo(43 * 0.06, 6);
  expect(status.timings).toBeUndefined();
});

it('brings the times of phonemes out of JSON, together with the same audio', async () => {
  const { server, submit } = await setUp({}, { timestamps: 'true' });
  const status = await submit('Hello there, neighbour.');
  if (status.kind !== 'audio') throw new Error('No audio.');
  expect(status.timings?.()).toBeNull();
  expect(server.ledger()).toMatchObject([{ audioSha256: sha256(await bytesOf(status)) }]);
  const timings = status.timings?.();
  expect(timings).toMatchObject({ unit: 'phonemes' });
  expect(timings?.symbols.slice(0, 3)).toEqual(['h', 'e', 'l']);
  expect(timings?.endSeconds.at(-1)).toBeCloseTo(status.chargedCredits ?? 0, 6);
  expect(timings?.startSeconds).toHaveLength(timings?.symbols.length ?? -1);
});

it('asks for MP3 where the workspace says so', async () => {
  const { supertone, workspace, server, submit } = await setUp({}, { format: 'mp3' });
  const rates = { models: [], voice: null, secondsPerCharacter: null };
  const { format } = supertone.textRules(workspace, '', null, rates);
  expect(format).toBe('mp3');
  const audio = await bytesOf(await submit('In the other format.', { format }));
  expect(audio.subarray(0, 3).toString()).toBe('ID3');
  expect(server.ledger()).toMatchObject([{ audioSha256: sha256(audio) }]);
});

it('leaves the charge open when the answer does not name the length', async () => {
  const { supertone, workspace, context } = await answering((_req, res) => {
    res.writeHead(200, { 'content-type': 'audio/wav' });
    res.end('RIFF');
  });
  const request = {
    method: 'POST',
    url: `${workspace.baseUrl}/v1/text-to-speech/v`,
    contentType: 'a',
    body: new Uint8Array(),
  } as const;
  expect(await supertone.submit(context, request, null)).toMatchObject({ kind: 'audio', chargedCredits: null });
  expect(supertone.creditsOfAudio?.(2500)).toBe(2.5);
});

it('does not know what a web page in place of audio did, and says so', async () => {
  const { supertone, workspace, context } = await answering((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html' });
    res.end('<h1>Hello</h1>');
  });
  const request = {
    method: 'POST',
    url: `${workspace.baseUrl}/v1/text-to-speech/v`,
    contentType: 'a',
    body: new Uint8Array(),
  } as const;
  expect(await failureOf(supertone.submit(context, request, null))).toMatchObject({
    code: 'bad_response',
    charged: 'unknown',
    disposition: 'unknown',
  });
});

it.each([
  ['{"phonemes":null}', /without audio_base64/],
  ['{"audio_base64":"not base64!"}', /without audio_base64/],
  ['nonsense', /not with JSON/],
])('fails in the body when JSON has no audio in it: %s', async (body, message) => {
  const { supertone, workspace, context } = await answering((_req, res) => {
    res.writeHead(200, { 'content-type': 'application/json', 'x-audio-length': '1.5' });
    res.end(body);
  });
  const request = {
    method: 'POST',
    url: `${workspace.baseUrl}/v1/text-to-speech/v`,
    contentType: 'a',
    body: new Uint8Array(),
  } as const;
  const status = await supertone.submit(context, request, null);
  expect(status).toMatchObject({ kind: 'audio', chargedCredits: 1.5 });
  const failure = await failureOf(bytesOf(status));
  expect(failure).toMatchObject({ code: 'bad_response', charged: 'unknown' });
  expect(failure.message).toMatch(message);
});

it('keeps the length of audio that was cut: the headers came, the rest is lost', async () => {
  const { server, submit } = await setUp({ faults: { headersThenCut: 1 } });
  const status = await submit('A line that is cut on its way.');
  expect(status).toMatchObject({ kind: 'audio', chargedCredits: server.ledger()[0]?.chargedCredits });
  await expect(bytesOf(status)).rejects.toThrow(HttpError);
  expect(server.ledger()).toHaveLength(1);
});

it('is refused for a minute when the plan has no call left, and goes again when the minute is over', async () => {
  const clock = createManualClock();
  const { server, submit } = await setUp({ plan: 'free', serviceTimeMs: 0 }, {}, clock);
  const call = async (text: string) => {
    const answer = submit(text);
    answer.catch(() => undefined);
    await expect.poll(() => server.pendingTimers()).toBe(1);
    clock.advance(0);
    return answer;
  };
  for (let index = 0; index < 20; index += 1) await bytesOf(await call(`Line number ${index}.`));
  const failure = await failureOf(submit('One line too many.'));
  expect(failure).toMatchObject({ code: 'provider_rate_limited', charged: 'no', disposition: 'again' });
  expect(failure.retryAfterMs).toBeUndefined();
  expect(server.ledger()).toHaveLength(20);
  clock.advance(60_000);
  await bytesOf(await call('One line too many.'));
  expect(server.ledger()).toHaveLength(21);
  expect(server.counts()['overRate']).toBe(1);
});

it('shows the key to the vendor alone, also where voices have their samples elsewhere', async () => {
  const { server, supertone, context } = await setUp();
  const [voice] = await supertone.voices(context);
  expect(voice?.previews?.[0]?.url).toContain(server.otherOrigin);
  expect(server.seenKeys()).toEqual([]);
  const request = {
    method: 'POST',
    url: `${server.otherOrigin}/v1/text-to-speech/v`,
    contentType: 'a',
    body: new Uint8Array(),
  } as const;
  expect(await failureOf(supertone.submit(context, request, null))).toMatchObject({ code: 'conflict', charged: 'no' });
  expect(server.seenKeys()).toEqual([]);
});
