import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { completed, createManualClock, failureOf, setUp } from './setup.ts';

describe('a new generation', () => {
  it('is completed, charged and downloadable when the vendor answers after its work', async () => {
    const { server, submit, download } = await setUp();
    const status = completed(await submit('Spring is here.'));
    expect(status.chargedCredits).toBe(15);
    const audio = await download(status.audioUrl);
    expect(audio.toString('latin1', 0, 4)).toBe('RIFF');
    expect(server.ledger()).toMatchObject([
      { id: status.vendorId, text: 'Spring is here.', voice: 'Nova', chargedCredits: 15, timesBilledForKey: 1 },
    ]);
  });

  it.each(['plain', 'snake', 'nested'] as const)(
    'is followed by polling when the vendor answers at once, in %s spelling',
    async (shape) => {
      const clock = createManualClock();
      const { submit, poll, server } = await setUp({ mode: 'processing', serviceTimeMs: 1000, shape }, {}, clock);
      const begun = await submit('Hello.');
      expect(begun).toMatchObject({ kind: 'processing', chargedCredits: 6 });
      const id = begun.vendorId ?? '';
      expect(await poll(id)).toMatchObject({ kind: 'processing', vendorId: id });
      clock.advance(1000);
      expect(await poll(id)).toMatchObject({ kind: 'completed', vendorId: id, chargedCredits: 6 });
      expect(server.pendingTimers()).toBe(0);
    },
  );

  it('is paid for once however often the same key and body are sent', async () => {
    const { submit, server } = await setUp();
    const key = randomUUID();
    const answers = [await submit('Again.', key), await submit('Again.', key), await submit('Again.', key)];
    expect(new Set(answers.map((answer) => answer.vendorId)).size).toBe(1);
    expect(server.ledger()).toHaveLength(1);
  });

  it('reports a failed one with its refund', async () => {
    const { submit, server } = await setUp({ faults: { failed: 1 } });
    expect(await submit('Oh.')).toMatchObject({
      kind: 'failed',
      chargedCredits: 3,
      refundedCredits: 3,
      message: expect.stringContaining('refunded'),
    });
    expect(server.ledger()).toMatchObject([{ status: 'FAILED', chargedCredits: 3, refundedCredits: 3 }]);
  });
});

describe('a refusal', () => {
  it.each([
    ['plan_without_api', { plan: 'creator' }],
    ['out_of_credits', { balance: 3 }],
    ['member_cap_reached', { memberCap: 3 }],
    ['voice_not_found', { voices: ['Brass'] }],
    ['text_rejected', { rejectedWord: 'line' }],
    ['key_refused', { apiKey: 'another' }],
  ] as const)('is told as %s, charged nothing and is final', async (code, change) => {
    const { submit, server } = await setUp();
    server.change(change);
    expect(await failureOf(submit('A plain line.'))).toMatchObject({ code, charged: 'no', disposition: 'permanent' });
    expect(server.ledger()).toEqual([]);
  });

  it('of a text over the plan limit counts code points and is told as text_too_long', async () => {
    const { submit, server } = await setUp({ plan: 'pro' });
    expect((await submit('🎙'.repeat(10_000))).kind).toBe('completed');
    expect(await failureOf(submit('🎙'.repeat(10_001)))).toMatchObject({ code: 'text_too_long', charged: 'no' });
    expect(server.ledger()).toHaveLength(1);
  });

  it('for too many at a time goes again', async () => {
    const clock = createManualClock();
    const { submit } = await setUp({ mode: 'processing', concurrencyCap: 1 }, {}, clock);
    await submit('One.');
    expect(await failureOf(submit('Two.'))).toMatchObject({
      code: 'provider_rate_limited',
      disposition: 'again',
      charged: 'no',
    });
  });

  it('never repeats the key in its message', async () => {
    const { chosen, workspace, context, submit } = await setUp({ voices: [] });
    const echo = await failureOf(
      chosen.submit(
        context,
        chosen.request(workspace, {
          kind: 'speech',
          provider: 'chosen',
          account: '',
          voice: context.key ?? '',
          model: null,
          language: null,
          text: 'x',
          settings: {},
          format: 'wav',
        }),
        null,
      ),
    );
    expect(echo.message).toContain('There is no voice "[key]"');
    expect((await failureOf(submit('x'))).message).not.toContain(context.key);
  });
});

describe('the idempotency key', () => {
  it('of another body stops the line', async () => {
    const { submit, server } = await setUp();
    const key = randomUUID();
    await submit('First.', key);
    expect(await failureOf(submit('Second.', key))).toMatchObject({
      code: 'idempotency_mismatch',
      disposition: 'permanent',
      charged: 'unknown',
    });
    expect(server.ledger()).toHaveLength(1);
  });

  it('still in work is waited for', async () => {
    const clock = createManualClock();
    const { submit, server } = await setUp({ whileInFlight: 'conflict', serviceTimeMs: 1000 }, {}, clock);
    const key = randomUUID();
    const first = submit('Slow.', key);
    await expect.poll(() => server.ledger().length).toBe(1);
    expect(await failureOf(submit('Slow.', key))).toMatchObject({
      code: 'idempotency_in_flight',
      disposition: 'wait',
      charged: 'unknown',
    });
    clock.advance(1000);
    const { vendorId } = completed(await first);
    expect(completed(await submit('Slow.', key)).vendorId).toBe(vendorId);
  });

  it('joins the first request where the vendor lets it', async () => {
    const clock = createManualClock();
    const { submit, server } = await setUp({ whileInFlight: 'wait', serviceTimeMs: 1000 }, {}, clock);
    const key = randomUUID();
    const both = [submit('Slow.', key), submit('Slow.', key)];
    await expect.poll(() => server.counts()['replays']).toBe(1);
    clock.advance(1000);
    const [first, second] = await Promise.all(both);
    expect(first?.vendorId).toBe(second?.vendorId);
    expect(server.billedTwice()).toEqual([]);
  });

  it('is forgotten by the vendor after its lifetime, and the books show what that costs', async () => {
    const clock = createManualClock();
    const { submit, server } = await setUp({ mode: 'processing', keyLifetimeMs: 1000 }, {}, clock);
    const key = randomUUID();
    await submit('Late.', key);
    clock.advance(1001);
    await submit('Late.', key);
    expect(server.ledger().map((row) => row.timesBilledForKey)).toEqual([2, 2]);
    expect(server.billedTwice()).toMatchObject([{ times: 2 }]);
    expect(server.billedTwice(() => 2)).toEqual([]);
  });
});

describe('before anything is sent', () => {
  it('a missing key is told', async () => {
    const { submit, context, server } = await setUp();
    expect(await failureOf(submit('x', 'k', { ...context, key: null }))).toMatchObject({
      code: 'key_missing',
      phase: 'connect',
      charged: 'no',
    });
    expect(server.counts()['posts']).toBeUndefined();
  });

  it('a request written for another base URL is refused, so that its key goes nowhere else', async () => {
    const { chosen, context, workspace, server } = await setUp();
    const elsewhere = { ...workspace, baseUrl: server.otherOrigin };
    const request = {
      method: 'POST',
      url: `${server.otherOrigin}/api/generations`,
      contentType: 'application/json',
      body: new Uint8Array(),
    } as const;
    expect(chosen.account(elsewhere)).not.toBe(chosen.account(workspace));
    expect(await failureOf(chosen.submit(context, request, 'k'))).toMatchObject({
      code: 'conflict',
      phase: 'connect',
      charged: 'no',
    });
    expect(server.seenKeys()).toEqual([]);
    expect(server.counts()['foreign']).toBeUndefined();
  });

  it('settings that cannot be used are told', async () => {
    const { chosen, context, workspace, submit } = await setUp();
    const request = {
      method: 'POST',
      url: `${workspace.baseUrl}/api/generations`,
      contentType: 'application/json',
      body: new Uint8Array(),
    } as const;
    const broken = { ...context, workspace: { ...workspace, settings: { plan: 'gold' } } };
    expect(await failureOf(chosen.submit(broken, request, 'k'))).toMatchObject({
      code: 'invalid_input',
      phase: 'connect',
      charged: 'no',
      disposition: 'permanent',
    });
    expect((await submit('fine')).kind).toBe('completed');
  });
});

it('sends the key as the settings say', async () => {
  const { submit } = await setUp({}, { authHeader: 'X-Api-Key', authScheme: '' });
  expect((await submit('Hello.')).kind).toBe('completed');
});
