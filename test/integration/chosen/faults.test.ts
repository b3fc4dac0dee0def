import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HttpError } from '#engine/ports.ts';
import { ProviderError } from '#engine/providers/provider.ts';
import { completed, createManualClock, failureOf, setUp } from './setup.ts';

describe('a fault of a new generation', () => {
  it.each([
    ['rateLimitSeconds', 'provider_rate_limited', 'no', 'again', 0],
    ['rateLimitDate', 'provider_rate_limited', 'no', 'again', 0],
    ['rateLimitSilent', 'provider_rate_limited', 'no', 'again', 0],
    ['errorBefore', 'provider_error', 'unknown', 'unknown', 0],
    ['errorAfter', 'provider_error', 'unknown', 'unknown', 1],
    ['cutBefore', 'outcome_unknown', 'unknown', 'unknown', 0],
    ['cutAfter', 'outcome_unknown', 'unknown', 'unknown', 1],
    ['cutHeaders', 'outcome_unknown', 'unknown', 'unknown', 1],
    ['cutAnswer', 'outcome_unknown', 'unknown', 'unknown', 1],
    ['hang', 'outcome_unknown', 'unknown', 'unknown', 1],
  ] as const)(
    '%s is %s (charged %s, %s) with %i on the vendor books, and the same key settles it',
    async (fault, code, charged, disposition, billed) => {
      const { submit, submitUntilAnswered, server } = await setUp(
        { faults: { [fault]: 1 } },
        { answerTimeoutSeconds: 0.3 },
      );
      const key = randomUUID();
      expect(await failureOf(submit('One line.', key))).toMatchObject({ code, charged, disposition });
      expect(server.ledger()).toHaveLength(billed);
      expect((await submitUntilAnswered('One line.', key)).kind).toBe('completed');
      expect(server.ledger()).toHaveLength(1);
      expect(server.billedTwice()).toEqual([]);
      expect(server.counts()[`fault.${fault}`]).toBe(2);
    },
  );

  it('tells how long a rate limit asks to wait, in seconds, by date, or not at all', async () => {
    const clock = createManualClock();
    const wait = async (fault: string) =>
      (await failureOf((await setUp({ faults: { [fault]: 1 } }, {}, clock)).submit('x'))).retryAfterMs;
    expect(await wait('rateLimitSeconds')).toBe(1000);
    expect(await wait('rateLimitDate')).toBe(2000);
    expect(await wait('rateLimitSilent')).toBeUndefined();
  });

  it('breaks in the phase it was cut in', async () => {
    const phase = async (fault: string) =>
      (await failureOf((await setUp({ faults: { [fault]: 1 } })).submit('x'))).phase;
    expect(await phase('cutBefore')).toBe('sent');
    expect(['sent', 'headers']).toContain(await phase('cutHeaders'));
    expect(await phase('cutAnswer')).toBe('body');
  });

  it('on a kept socket that closes under the request is unknown and was never looked at', async () => {
    const { submit, submitUntilAnswered, server } = await setUp({ faults: { idleClose: 1 } });
    // A fresh socket is spared, so the first lines only open sockets.
    const lose = async (
      left: number,
    ): Promise<{ readonly text: string; readonly key: string; readonly failure: ProviderError }> => {
      const line = { text: `Line ${left}`, key: randomUUID() };
      const outcome = await submit(line.text, line.key).catch((error: unknown) => error);
      if (outcome instanceof ProviderError) return { ...line, failure: outcome };
      if (left === 0) throw new Error('No socket was ever used twice.');
      return lose(left - 1);
    };
    const { text, key, failure } = await lose(9);
    expect(failure).toMatchObject({ code: 'outcome_unknown', charged: 'unknown' });
    expect(server.ledger().map((row) => row.key)).not.toContain(key);
    expect((await submitUntilAnswered(text, key)).kind).toBe('completed');
    expect(server.billedTwice()).toEqual([]);
  });

  it('that redirects to another host is not followed, and that host sees nothing', async () => {
    const { submit, server } = await setUp({ faults: { redirectPost: 1 } });
    expect(await failureOf(submit('x'))).toMatchObject({
      code: 'redirect_refused',
      disposition: 'permanent',
      charged: 'no',
    });
    expect(server.counts()['foreign']).toBeUndefined();
    expect(server.seenKeys()).toEqual([]);
  });

  it('that is called off after it left has an unknown outcome', async () => {
    const clock = createManualClock();
    const { submit, context, server } = await setUp({ serviceTimeMs: 1000 }, {}, clock);
    const stop = new AbortController();
    const failure = failureOf(submit('x', 'k', { ...context, signal: stop.signal }));
    await expect.poll(() => server.ledger().length).toBe(1);
    stop.abort();
    expect(await failure).toMatchObject({ code: 'outcome_unknown', charged: 'unknown' });
  });
});

describe('an outage', () => {
  it('leaves what was in flight unknown, what comes after unsent, and ends with nothing paid twice', async () => {
    const clock = createManualClock();
    const { submit, chosen, context, server } = await setUp(
      { serviceTimeMs: 1000, faults: { outage: { afterPosts: 2, forMs: 3000 } } },
      {},
      clock,
    );
    const keys = [randomUUID(), randomUUID()];
    const inFlight = keys.map((key, index) => failureOf(submit(`Line ${index}`, key)));
    for (const failure of await Promise.all(inFlight))
      expect(failure).toMatchObject({ code: 'outcome_unknown', charged: 'unknown' });
    expect(server.ledger()).toHaveLength(2);
    expect(await failureOf(submit('Line 2'))).toMatchObject({
      code: 'provider_offline',
      phase: 'connect',
      charged: 'no',
      disposition: 'again',
    });
    expect(await failureOf(chosen.probe(context))).toMatchObject({ code: 'provider_offline', disposition: 'again' });
    clock.advance(3000);
    await expect
      .poll(() =>
        chosen.probe(context).then(
          () => 'reached',
          () => 'offline',
        ),
      )
      .toBe('reached');
    for (const [index, key] of keys.entries()) expect((await submit(`Line ${index}`, key)).kind).toBe('completed');
    expect(server.ledger()).toHaveLength(2);
    expect(server.pendingTimers()).toBe(0);
  });
});

describe('a fault of a free request', () => {
  it('of the status goes again until it is answered', async () => {
    const { submit, poll } = await setUp({ mode: 'processing', faults: { statusTrouble: 1 } });
    const id = (await submit('A line.')).vendorId ?? '';
    expect(await failureOf(poll(id))).toMatchObject({ charged: 'no', disposition: 'again' });
    expect(await failureOf(poll(id))).toMatchObject({ charged: 'no', disposition: 'again' });
    expect((await poll(id)).vendorId).toBe(id);
  });

  it('of the status of an unknown id is not_found and goes again', async () => {
    const { poll } = await setUp();
    expect(await failureOf(poll('gen_none'))).toMatchObject({ code: 'not_found', charged: 'no', disposition: 'again' });
  });

  it('of the status with a key that was withdrawn does not end the line', async () => {
    const { submit, poll, server } = await setUp({ mode: 'processing' });
    const id = (await submit('A line.')).vendorId ?? '';
    server.change({ apiKey: 'rotated' });
    expect(await failureOf(poll(id))).toMatchObject({ code: 'key_refused', charged: 'no', disposition: 'again' });
  });

  it('that takes too long to answer goes again', async () => {
    const clock = createManualClock();
    const { submit, poll } = await setUp({ mode: 'processing', faults: { slow: 1 }, serviceTimeMs: 1000 }, {}, clock);
    const id = (await submit('A line.')).vendorId ?? '';
    clock.advance(4999);
    expect((await poll(id)).kind).toBe('processing');
    clock.advance(1);
    expect((await poll(id)).kind).toBe('completed');
  });

  it('of audio that is cut half-way surfaces in the body, and the next download is whole', async () => {
    const { submit, download, server } = await setUp({ faults: { cutAudio: 1 } });
    const { audioUrl } = completed(await submit('A line.'));
    for (const _ of [1, 2]) {
      const failure: unknown = await download(audioUrl).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(HttpError);
      expect(failure).toMatchObject({ phase: 'body' });
    }
    expect((await download(audioUrl)).length).toBeGreaterThan(1000);
    expect(server.ledger()).toMatchObject([{ downloads: 1 }]);
  });

  it('of an expired audio URL asks for a fresh one, which another status answer has', async () => {
    const { submit, poll, download } = await setUp({ faults: { expiredAudio: 1 } });
    const status = completed(await submit('A line.'));
    let url = status.audioUrl;
    for (const _ of [1, 2]) {
      expect(await failureOf(download(url))).toMatchObject({
        code: 'media_missing',
        charged: 'no',
        disposition: 'again',
      });
      url = completed(await poll(status.vendorId ?? '')).audioUrl;
    }
    expect(await failureOf(download(status.audioUrl))).toMatchObject({ code: 'media_missing' });
    expect((await download(url)).toString('latin1', 8, 12)).toBe('WAVE');
  });

  it('of an audio URL past its lifetime is the same', async () => {
    const clock = createManualClock();
    const { submit, poll, download } = await setUp(
      { mode: 'processing', serviceTimeMs: 1, urlLifetimeMs: 1000 },
      {},
      clock,
    );
    const id = (await submit('A line.')).vendorId ?? '';
    clock.advance(1);
    const { audioUrl } = completed(await poll(id));
    clock.advance(1001);
    expect(await failureOf(download(audioUrl))).toMatchObject({ code: 'media_missing', disposition: 'again' });
  });
});
