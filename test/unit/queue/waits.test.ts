import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ceilingMs, jobBackoff, probeBackoff, waitMs } from '#engine/queue/backoff.ts';
import { keyLifetimeMs, whyNotFollow, whyNotResend } from '#engine/queue/key-rules.ts';
import { createLanePace } from '#engine/queue/lane-pace.ts';
import { createServiceTime } from '#engine/queue/service-time.ts';

describe('backoff', () => {
  it.each([
    ['a job', jobBackoff],
    ['a probe', probeBackoff],
  ])('of %s starts at 100 ms and ends at 30 s', (_, backoff) => {
    expect(ceilingMs(backoff, 0)).toBe(100);
    expect(ceilingMs(backoff, 1_000_000)).toBe(30_000);
    for (let count = 1; count < 80; count += 1)
      expect(ceilingMs(backoff, count)).toBeGreaterThanOrEqual(ceilingMs(backoff, count - 1));
  });

  it('lies anywhere below its ceiling and is never nothing', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (count, random) => {
        const wait = waitMs(jobBackoff, count, random);
        expect(wait).toBeGreaterThanOrEqual(1);
        expect(wait).toBeLessThanOrEqual(ceilingMs(jobBackoff, count));
      }),
    );
    expect(waitMs(jobBackoff, 20, 0)).toBe(1);
    expect(waitMs(jobBackoff, 20, 0.5)).toBe(15_000);
  });

  it('gives way to what the vendor asks for, longer or shorter', () => {
    expect(waitMs(jobBackoff, 0, 0.5, 3_600_000)).toBe(3_600_000);
    expect(waitMs(jobBackoff, 20, 0.5, 0)).toBe(0);
    expect(waitMs(jobBackoff, 20, 0.5, null)).toBe(15_000);
  });
});

describe('the first look at a call', () => {
  it('comes after a second where nothing is learned', () => {
    expect(createServiceTime(null).firstLookMs()).toBe(1000);
  });

  it.each([40, 200, 1500, 9000])(
    'settles a little above a service time of %i ms, and few second looks are needed',
    (serviceMs) => {
      const time = createServiceTime(null);
      let lateLooks = 0;
      for (let job = 0; job < 400; job += 1) {
        let at = time.firstLookMs();
        let looks = 1;
        while (at < serviceMs) {
          at += time.nextLookMs(looks, 0.5);
          looks += 1;
        }
        if (job >= 200 && looks > 2) lateLooks += 1;
        time.finished(at, looks);
      }
      expect(time.firstLookMs()).toBeGreaterThan(serviceMs * 0.85);
      expect(time.firstLookMs()).toBeLessThan(serviceMs * 1.3);
      expect(lateLooks).toBe(0);
    },
  );

  it('is followed by looks that are half as far again apart, up to ten seconds', () => {
    const time = createServiceTime(null);
    expect([1, 2, 3].map((count) => time.nextLookMs(count, 0.5))).toEqual([1000, 1500, 2250]);
    expect(time.nextLookMs(500, 0.5)).toBe(10_000);
    expect(time.nextLookMs(1, 0)).toBeLessThan(time.nextLookMs(1, 0.999));
  });

  it('starts from what an earlier run learned', () => {
    expect(createServiceTime(730).firstLookMs()).toBe(730);
  });
});

describe('the number of requests at a time', () => {
  it('falls by one for each refusal, never below one, and comes back with answers', () => {
    const pace = createLanePace();
    for (let refusal = 0; refusal < 3; refusal += 1) pace.refused();
    expect(pace.limit(10)).toBe(7);
    expect(pace.limit(2)).toBe(1);
    for (let answer = 0; answer < 60; answer += 1) pace.answered();
    expect(pace.limit(10)).toBe(10);
    for (let answer = 0; answer < 100; answer += 1) pace.answered();
    expect(pace.limit(10)).toBe(10);
  });
});

describe('the age of an idempotency key', () => {
  const sent = {
    idempotencyKey: 'k',
    baseUrl: 'http://a',
    keyFingerprint: 'f',
    submittedAt: 1_000_000_000,
    vendorId: null,
  };
  const hour = 3_600_000;
  const conditions = {
    baseUrl: 'http://a',
    keyFingerprint: 'f',
    keyLifetimeMs: 23 * hour,
    now: sent.submittedAt + hour,
  };

  it('allows the same request again while nothing around it changed', () => {
    expect(whyNotResend(sent, conditions)).toBeNull();
    expect(whyNotResend(sent, { ...conditions, now: sent.submittedAt + 23 * hour })).toBeNull();
    expect(whyNotResend(sent, { ...conditions, now: sent.submittedAt - 59_000 })).toBeNull();
  });

  it.each([
    [
      'the vendor takes no key',
      { ...sent, idempotencyKey: null },
      conditions,
      'outcome_unknown',
      'takes no idempotency key',
    ],
    ['the address changed', sent, { ...conditions, baseUrl: 'http://b' }, 'outcome_unknown', 'address has changed'],
    ['the API key changed', sent, { ...conditions, keyFingerprint: 'g' }, 'outcome_unknown', 'API key has changed'],
    ['the clock went back', sent, { ...conditions, now: sent.submittedAt - 61_000 }, 'outcome_unknown', 'set back'],
    [
      'it is older than the vendor keeps keys',
      sent,
      { ...conditions, now: sent.submittedAt + 23 * hour + 1 },
      'key_expired',
      '23 hours ago',
    ],
  ])('asks a person where %s', (_, generation, around, code, words) => {
    const refusal = whyNotResend(generation, around);
    expect(refusal).toMatchObject({ code });
    expect(refusal?.message).toContain(words);
  });

  it('does not matter for a call that the vendor gave an id, as long as it is asked where it was made', () => {
    const accepted = { ...sent, vendorId: 'gen_1' };
    expect(
      whyNotFollow(accepted, { ...conditions, now: sent.submittedAt + 900 * hour, keyFingerprint: 'g' }),
    ).toBeNull();
    expect(whyNotFollow(accepted, { ...conditions, baseUrl: 'http://b' })?.message).toContain('address has changed');
    expect(whyNotFollow(sent, { ...conditions, keyFingerprint: 'g' })).not.toBeNull();
  });

  it('is 24 hours less one unless the workspace says otherwise', () => {
    expect(keyLifetimeMs({})).toBe(23 * hour);
    expect(keyLifetimeMs({ keyLifetimeHours: 2 })).toBe(hour);
    expect(keyLifetimeMs({ keyLifetimeHours: '48' })).toBe(47 * hour);
    expect(keyLifetimeMs({ keyLifetimeHours: 0.5 })).toBe(0);
    expect(keyLifetimeMs({ keyLifetimeHours: 'soon' })).toBe(23 * hour);
  });
});
