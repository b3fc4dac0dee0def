import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fromBase64 } from '#engine/providers/supertone/base64.ts';
import { isRetired } from '#engine/providers/supertone/retired.ts';
import type { Circumstances } from '#engine/providers/supertone/retired.ts';
import { readComplaint } from '#engine/providers/supertone/schema.ts';
import { audioSeconds } from '#engine/providers/supertone/speech.ts';
import { windowsOf } from '#engine/providers/supertone/usage.ts';

const dayMs = 86_400_000;
const dayAt = (day: string): number => Date.parse(`${day}T00:00:00Z`);

describe('windows of days', () => {
  it('are one for thirty days and two for thirty-one, both ends counted', () => {
    expect(windowsOf({ from: '2024-11-01', to: '2024-11-30' })).toEqual([{ from: '2024-11-01', to: '2024-11-30' }]);
    expect(windowsOf({ from: '2024-10-31', to: '2024-11-30' })).toEqual([
      { from: '2024-10-31', to: '2024-11-29' },
      { from: '2024-11-30', to: '2024-11-30' },
    ]);
  });

  it('cover a leap day and the turn of a year, and are none for a range that ends before it begins', () => {
    expect(windowsOf({ from: '2024-02-01', to: '2024-03-01' })).toHaveLength(1);
    expect(windowsOf({ from: '2025-12-31', to: '2026-04-04' }).map(({ from }) => from)).toEqual([
      '2025-12-31',
      '2026-01-30',
      '2026-03-01',
      '2026-03-31',
    ]);
    expect(windowsOf({ from: '2026-02-02', to: '2026-02-01' })).toEqual([]);
  });

  it('follow one another without a gap, within thirty days each, over any range', () => {
    const day = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(days * dayMs).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), (from, length) => {
        const to = new Date(dayAt(from) + length * dayMs).toISOString().slice(0, 10);
        const windows = windowsOf({ from, to });
        expect(windows[0]?.from).toBe(from);
        expect(windows.at(-1)?.to).toBe(to);
        for (const [index, window] of windows.entries()) {
          const days = (dayAt(window.to) - dayAt(window.from)) / dayMs + 1;
          expect(days >= 1 && days <= 30).toBe(true);
          const next = windows[index + 1];
          if (next !== undefined) expect(dayAt(next.from) - dayAt(window.to)).toBe(dayMs);
        }
      }),
    );
  });
});

it('reads Base64 of any bytes, in both alphabets, with and without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const buffer = Buffer.from(bytes);
      for (const text of [buffer.toString('base64'), buffer.toString('base64url'), `${buffer.toString('base64')}\n`])
        expect(Buffer.from(fromBase64(text) ?? [256]).equals(buffer)).toBe(true);
    }),
  );
  for (const wrong of ['a', 'ab*d', 'abc=d', 'é']) expect(fromBase64(wrong)).toBeNull();
});

describe("the vendor's complaint", () => {
  it.each([
    ['{"status":"error","message":{"message":"Invalid API Key","error":"Unauthorized","status_code":401}}', 401],
    ['{"status":"error","message":{"message":"Invalid API Key","error":"Unauthorized","statusCode":401}}', 401],
    ['{"message":"Invalid API Key"}', null],
    ['{"message":["Invalid API Key"]}', null],
    ['{"message":{"message":["Invalid API Key"],"statusCode":"x"}}', null],
  ])('is read from %s', (body, status) => {
    expect(readComplaint(body)).toEqual({ message: 'Invalid API Key', status });
  });
  it.each(['', '<html>', '[]', '{}', '{"message":{}}', '{"message":" "}', '{"error":1}'])(
    'is nothing in %s',
    (body) => {
      expect(readComplaint(body).message).toBeNull();
    },
  );
});

it.each([
  ['12.345', 12.345],
  ['0', 0],
  [' 3 ', 3],
  ['', null],
  ['-1', null],
  ['long', null],
])('reads an audio length of "%s" as %s', (value, seconds) => {
  expect(audioSeconds({ 'x-audio-length': value })).toBe(seconds);
  expect(audioSeconds({})).toBeNull();
});

describe('the end of the service', () => {
  const at = (rest: Partial<Circumstances> = {}): Circumstances => ({
    baseUrl: 'https://supertoneapi.com',
    call: 'credits',
    now: Date.UTC(2026, 8, 1),
    ...rest,
  });
  const answer = (status: number, contentType: string | undefined = 'text/html; charset=utf-8') =>
    ({ kind: 'answer', status, contentType }) as const;
  const nameless = { kind: 'broken', phase: 'connect', reason: 'dns' } as const;

  it('is 410 from anywhere at any time', () => {
    expect(isRetired(answer(410, undefined), at({ baseUrl: 'http://127.0.0.1:1', now: 0, call: 'create' }))).toBe(true);
  });

  it.each([200, 301, 403, 404, 500, 503])('is a page with status %i where the balance was', (status) => {
    expect(isRetired(answer(status), at())).toBe(true);
    expect(isRetired(answer(status), at({ now: Date.UTC(2026, 7, 31, 23) }))).toBe(false);
    expect(isRetired(answer(status), at({ baseUrl: 'https://supertoneapi.example.com' }))).toBe(false);
  });

  it('is not an error that the API itself answers', () => {
    for (const status of [401, 402, 403, 404, 429, 500])
      expect(isRetired(answer(status, 'application/json'), at())).toBe(false);
  });

  it('is not a failed page in answer to new speech: that may have been charged', () => {
    for (const status of [500, 502, 503]) expect(isRetired(answer(status), at({ call: 'create' }))).toBe(false);
    expect(isRetired(answer(404), at({ call: 'create' }))).toBe(true);
  });

  it('is a name without an address, and no other broken connection', () => {
    expect(isRetired(nameless, at({ call: 'create' }))).toBe(true);
    expect(isRetired(nameless, at({ now: Date.UTC(2026, 7, 31) }))).toBe(false);
    expect(isRetired({ ...nameless, reason: 'refused' }, at())).toBe(false);
    expect(isRetired({ kind: 'broken', phase: 'sent', reason: 'reset' }, at())).toBe(false);
  });
});
