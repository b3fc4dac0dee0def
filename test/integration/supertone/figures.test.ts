import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { VendorUsageRow } from '#engine/providers/provider.ts';
import { answering, bytesOf, createManualClock, failureOf, setUp } from './setup.ts';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/vendors/supertone-voice-usage-${name}.json`, import.meta.url));
const dayMs = 86_400_000;

describe('voice usage', () => {
  it('is read as the vendor documents it, minutes to their last decimal', async () => {
    let asked = '';
    const { supertone, context } = await answering((req, res) => {
      asked = `${req.method ?? ''} ${req.url ?? ''} ${String(req.headers['x-sup-api-key'])}`;
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(fixture('example'));
    });
    const rows = await supertone.usage?.(context, { from: '2025-05-19', to: '2025-05-28' });
    expect(asked).toBe(`GET /v1/voice-usage?start_date=2025-05-19&end_date=2025-05-28 ${context.key ?? ''}`);
    const rest = { product: null, credits: null, characters: null, model: 'sona_speech_1' };
    expect(rows).toEqual([
      {
        ...rest,
        day: '2025-05-22',
        voiceId: 'e5f6fb1a53d0add87afb4f',
        voiceName: 'Agatha',
        style: 'neutral',
        language: 'en',
        minutes: 12.43251349,
      },
      {
        ...rest,
        day: '2025-05-24',
        voiceId: 'opSGuRvHBe7EfZ4LQga1hE',
        voiceName: 'My Voice 1',
        style: 'sad',
        language: 'ko',
        minutes: 3.24566213,
      },
    ]);
    expect(String(rows?.[0]?.minutes)).toBe('12.43251349');
  });

  it('names a day that is none, as in the placeholders of the reference', async () => {
    const { supertone, context } = await answering((_req, res) => res.end(fixture('shape')));
    const failure = await failureOf(supertone.usage?.(context, { from: '2025-05-19', to: '2025-05-28' }));
    expect(failure).toMatchObject({ code: 'bad_response', charged: 'no', disposition: 'again' });
    expect(failure.message).toContain('usages[0].date');
  });

  it('needs no more than a day and minutes, keeps to what it knows, and takes an empty list for an answer', async () => {
    const bodies = [
      JSON.stringify({ usages: [] }),
      JSON.stringify({ usages: [{ date: '2025-05-20', total_minutes_used: '0.00000001', unheard_of: { of: 1 } }] }),
    ];
    const { supertone, context } = await answering((_req, res) => res.end(bodies.shift()));
    const range = { from: '2025-05-20', to: '2025-05-20' };
    expect(await supertone.usage?.(context, range)).toEqual([]);
    expect(await supertone.usage?.(context, range)).toMatchObject([
      { day: '2025-05-20', minutes: 1e-8, voiceId: null },
    ]);
  });

  it('of 95 days is asked for in windows of 30 across the months and put together without a gap or an overlap', async () => {
    const clock = createManualClock(Date.UTC(2026, 3, 5, 9));
    const { supertone, context, server } = await setUp({ pastDays: 120 }, {}, clock);
    const rows = (await supertone.usage?.(context, { from: '2025-12-31', to: '2026-04-04' })) ?? [];
    expect(server.counts()['figures']).toBe(4);
    const key = (row: VendorUsageRow) => [row.day, row.voiceId, row.style, row.language, row.model].join('/');
    expect(new Set(rows.map(key)).size).toBe(rows.length);
    const days = new Set(rows.map(({ day }) => day));
    expect(days.size).toBeGreaterThan(60);
    for (const day of days) expect(day >= '2025-12-31' && day <= '2026-04-04').toBe(true);
    // Day by day the same rows come, so nothing was lost at the seams.
    const daily: VendorUsageRow[] = [];
    for (let at = Date.UTC(2025, 11, 31); at <= Date.UTC(2026, 3, 4); at += dayMs) {
      const day = new Date(at).toISOString().slice(0, 10);
      daily.push(...((await supertone.usage?.(context, { from: day, to: day })) ?? []));
    }
    expect(rows).toEqual(daily);
  });

  it('grows by what was spoken today', async () => {
    const clock = createManualClock();
    const { supertone, context, server, submit, voice } = await setUp({ serviceTimeMs: 0 }, {}, clock);
    for (const text of ['The first line of today.', 'And the second line of today.']) {
      const answer = submit(text);
      await expect.poll(() => server.pendingTimers()).toBe(1);
      clock.advance(0);
      await bytesOf(await answer);
    }
    const seconds = server.ledger().reduce((sum, { chargedCredits }) => sum + chargedCredits, 0);
    expect(await supertone.usage?.(context, { from: '2026-03-31', to: '2026-03-31' })).toEqual([
      expect.objectContaining({
        day: '2026-03-31',
        voiceId: voice,
        voiceName: 'Marlow',
        minutes: Math.round((seconds / 60) * 1e8) / 1e8,
      }),
    ]);
    expect(await supertone.readAccount?.(context)).toMatchObject({ remainingCredits: server.balance() });
  });
});

describe('the account', () => {
  it('has a balance in seconds, or none that the vendor tells, and the plan that the user chose', async () => {
    const { supertone, context, server, workspace } = await setUp({ balance: 1234.5 });
    expect(await supertone.readAccount?.(context)).toEqual({
      usedCredits: null,
      limitCredits: null,
      remainingCredits: 1234.5,
      resetAt: null,
      plan: null,
      subscription: null,
    });
    server.change({ balance: null });
    const chosen = { ...context, workspace: { ...workspace, settings: { plan: 'Creator' } } };
    expect(await supertone.readAccount?.(chosen)).toMatchObject({ remainingCredits: null, plan: 'creator' });
  });

  it('is refused in words when the key is wrong, although the vendor answers without any', async () => {
    const { supertone, context } = await setUp();
    const failure = await failureOf(supertone.readAccount?.({ ...context, key: 'wrong' }));
    expect(failure).toMatchObject({ code: 'key_refused', charged: 'no', disposition: 'permanent' });
  });
});

describe('a lost call', () => {
  it('is never found: balance and minutes around it are told, and no key among them', async () => {
    const clock = createManualClock();
    const { supertone, context, server, submit, lost } = await setUp(
      { faults: { cutAfter: 1 }, serviceTimeMs: 0 },
      {},
      clock,
    );
    const text = 'A line whose answer never came.';
    const balanceBefore = server.balance();
    const failure = failureOf(submit(text));
    await expect.poll(() => server.pendingTimers()).toBe(1);
    clock.advance(0);
    expect(await failure).toMatchObject({ code: 'outcome_unknown', charged: 'unknown' });
    const findings = await supertone.find?.(context, lost(text, { balanceBefore, estimateCredits: 1.9 }));
    expect(findings).toMatchObject({ kind: 'absent', balanceNow: server.balance(), candidates: [] });
    if (findings?.kind !== 'absent') return;
    expect(findings.message).toMatch(/was 100000 seconds before and is 99998\.14 now \(1\.86 less; .* about 1\.9\)/);
    expect(findings.message).toMatch(/From 12:00 to 13:00 UTC .* 0\.031 minutes with sona_speech_1, 0\.031 in all/);
    expect(findings.message).not.toContain(server.apiKey);
  });

  it('of which nothing shows is told as such: the same balance, no use', async () => {
    const clock = createManualClock();
    const { supertone, context, lost } = await setUp({}, {}, clock);
    const findings = await supertone.find?.(context, lost('Nothing.', { balanceBefore: 100_000 }));
    expect(findings).toMatchObject({ message: expect.stringMatching(/the same; a charge may.*no use at all so far/) });
  });

  it('is looked at again when the balance cannot be read, and told without the hour when only that cannot', async () => {
    const { supertone, context, server, lost } = await setUp();
    const troubled = await setUp({ faults: { figuresTrouble: 1 } });
    expect(await failureOf(troubled.supertone.find?.(troubled.context, troubled.lost('x')))).toMatchObject({
      charged: 'no',
      disposition: 'again',
    });
    const half = await answering((req, res) => {
      res.statusCode = req.url === '/v1/credits' ? 200 : 500;
      res.end('{"balance":5}');
    });
    expect(await half.supertone.find?.(half.context, lost('x'))).toMatchObject({
      balanceNow: 5,
      message: expect.stringContaining('could not be read'),
    });
    expect(await supertone.find?.(context, lost('x'))).toMatchObject({ balanceNow: server.balance() });
  });

  it('is looked for over the seam of an hour and on every page of the answer', async () => {
    const urls: URL[] = [];
    const { supertone, workspace, context } = await answering((req, res) => {
      const url = new URL(req.url ?? '', workspace.baseUrl);
      if (url.pathname === '/v1/credits') return res.end('{"balance":null}');
      urls.push(url);
      const second = url.searchParams.has('next_page_token');
      const minutes_used = second ? 0.25 : 0.5;
      return res.end(
        JSON.stringify({
          data: [{ starting_at: '2026-03-31T11:00:00Z', results: [{ minutes_used, model: second ? 'other' : null }] }],
          total: 2,
          next_page_token: second ? null : 'more',
        }),
      );
    });
    const { lost } = await setUp();
    const at = Date.UTC(2026, 2, 31, 12, 2);
    const findings = await supertone.find?.(context, lost('x', { submittedAt: at }));
    expect(findings).toMatchObject({
      balanceNow: null,
      message: expect.stringMatching(
        /tells no balance.*From 11:00 to 13:00 UTC.*0 minutes with sona_speech_1, 0\.75 in all/,
      ),
    });
    expect(urls).toHaveLength(2);
    expect(Object.fromEntries(urls[0]?.searchParams ?? [])).toMatchObject({
      start_time: '2026-03-31T11:00:00.000Z',
      end_time: '2026-03-31T13:00:00.000Z',
      bucket_width: 'hour',
    });
    expect(urls[0]?.searchParams.getAll('breakdown_type')).toEqual(['api_key', 'model']);
  });
});

it('predicts seconds without billing anything, and not at all for texts over the limit', async () => {
  const { supertone, context, recipe, server } = await setUp();
  expect(await supertone.predictSeconds?.(context, recipe('How long will this take?'))).toBeCloseTo(24 * 0.06, 6);
  expect(await supertone.predictSeconds?.(context, recipe('x'.repeat(301)))).toBeNull();
  expect(server.counts()['predictions']).toBe(1);
  expect(server.ledger()).toEqual([]);
});
