import { describe, expect, it } from 'vitest';
import type { Subscription } from '#contract/account.ts';
import type { ErrorCode } from '#contract/errors.ts';
import type { StoredReading } from '#engine/database/account-readings.ts';
import { dayMs } from '#engine/database/utc-day.ts';
import type { SpeechProvider } from '#engine/providers/provider.ts';
import { workspaceConditions } from '#engine/subscription/conditions.ts';
import { meterOf, periodStart, type MeterInput } from '#engine/subscription/meter.ts';

const now = Date.UTC(2026, 2, 15, 12);
const provider = {
  id: 'elevenlabs',
  title: 'ElevenLabs',
  abilities: { balance: false, subscription: true, costUnit: 'credits', remoteHistory: true },
  readAccount: () => Promise.reject(new Error('not asked here')),
} as unknown as SpeechProvider;
const silent = { ...provider, title: 'Chosen', readAccount: undefined } as unknown as SpeechProvider;
const free = { ...silent, abilities: { ...provider.abilities, costUnit: 'free' } } as SpeechProvider;

const subscription = (given: Partial<Subscription> = {}): Subscription => ({
  tier: 'pro',
  status: 'active',
  currency: 'usd',
  billingPeriod: 'monthly_period',
  refreshPeriod: 'monthly_period',
  usedCredits: 900,
  limitCredits: 1000,
  resetAt: now + 10 * dayMs,
  overage: { entitled: true, limitCredits: 0, current: null },
  voiceSlots: { used: 1, limit: 10 },
  professionalVoiceSlots: { used: 0, limit: 1, usedInWorkspace: null },
  voiceEdits: { used: 0, limit: 10 },
  canExtendVoiceLimit: null,
  canCloneInstantly: null,
  canCloneProfessionally: null,
  openInvoices: [],
  hasOpenInvoices: false,
  nextInvoice: null,
  pendingChange: null,
  coupons: { usedStarter: null, usedCreator: null, starterPromoEligible: null },
  other: {},
  ...given,
});
const reading = (given: Partial<StoredReading> = {}): StoredReading => ({
  at: now - 1000,
  usedCredits: 400,
  limitCredits: 1000,
  remainingCredits: null,
  resetAt: now + 10 * dayMs,
  plan: 'pro',
  subscription: subscription(),
  ...given,
});
const failed = (code: ErrorCode) => ({
  triedAt: now,
  failures: 1,
  error: { code, message: 'It did not answer.' },
  historyTriedAt: null,
  historyRefusal: null,
});
const meter = (given: Partial<MeterInput> = {}) =>
  meterOf({
    workspace: {
      seq: 1,
      id: 'w' as never,
      provider: 'elevenlabs',
      name: 'Agency',
      baseUrl: null,
      settings: { plan: 'Team' },
      keyHint: null,
      paused: false,
      createdAt: 1,
    },
    provider,
    reading: reading(),
    attempt: null,
    heldCredits: 0,
    seenCredits: 300,
    days: [],
    now,
    ...given,
  });

describe('the credit meter', () => {
  it('tells what is left, what the queue holds of it, and what this app was charged', () => {
    expect(meter({ heldCredits: 150 })).toMatchObject({
      source: 'vendor',
      state: 'current',
      message: null,
      plan: 'pro',
      usedCredits: 400,
      limitCredits: 1000,
      remainingCredits: 600,
      heldCredits: 150,
      freeCredits: 450,
      seenCredits: 300,
    });
    expect(meter({ heldCredits: 900 }).freeCredits).toBe(-300);
  });

  it('takes a balance where the vendor tells no limit', () => {
    const balance = reading({
      usedCredits: null,
      limitCredits: null,
      remainingCredits: 75.5,
      subscription: null,
      resetAt: null,
    });
    expect(meter({ reading: balance, heldCredits: 10 })).toMatchObject({
      usedCredits: null,
      limitCredits: null,
      remainingCredits: 75.5,
      freeCredits: 65.5,
    });
  });

  it('shows only what was seen debited where the vendor tells nothing, and says so', () => {
    expect(meter({ provider: silent, reading: null })).toMatchObject({
      source: 'seen',
      state: 'current',
      message: expect.stringContaining('seen debited'),
      plan: 'Team',
      usedCredits: 300,
      remainingCredits: null,
      freeCredits: null,
      readAt: null,
    });
    expect(meter({ provider: free, reading: null })).toMatchObject({ state: 'free', usedCredits: null });
  });

  it.each([
    ['provider_offline', 'offline'],
    ['provider_timeout', 'offline'],
    ['key_missing', 'locked'],
    ['vault_locked', 'locked'],
    ['missing_permission', 'refused'],
    ['key_refused', 'refused'],
    ['provider_retired', 'retired'],
    ['provider_rate_limited', 'stale'],
  ] as const)('after %s is %s, keeps the last figures and tells their age', (code, state) => {
    expect(meter({ attempt: failed(code) })).toMatchObject({
      state,
      message: 'It did not answer.',
      remainingCredits: 600,
      readAt: now - 1000,
    });
  });

  it('is stale when it was not read for longer than its interval, and unread before the first time', () => {
    expect(meter({ reading: reading({ at: now - 7 * 60_000 }) }).state).toBe('stale');
    expect(meter({ reading: reading({ at: now - 5 * 60_000 }) }).state).toBe('current');
    expect(meter({ reading: null })).toMatchObject({ state: 'unread', readAt: null, remainingCredits: null });
  });

  it.each([
    ['off', { overage: { entitled: true, limitCredits: 0, current: { amount: '0', currency: 'usd' } } }, 400],
    ['off', { overage: { entitled: false, limitCredits: 500, current: null } }, 400],
    ['available', { overage: { entitled: true, limitCredits: 500, current: null } }, 400],
    [
      'in_use',
      { overage: { entitled: true, limitCredits: 'unlimited' as const, current: { amount: '1.20', currency: 'usd' } } },
      400,
    ],
    ['in_use', { overage: { entitled: true, limitCredits: 500, current: null } }, 1100],
    ['unknown', { overage: { entitled: null, limitCredits: null, current: null } }, 400],
  ] as const)('calls overage %s (%j, %d used)', (state, given, usedCredits) => {
    expect(meter({ reading: reading({ usedCredits, subscription: subscription(given) }) }).overage.state).toBe(state);
  });

  it('does not promise to last until a reset that has passed', () => {
    const days = [{ day: Math.floor(now / dayMs) - 1, credits: 10 }];
    expect(meter({ days, reading: reading({ resetAt: now - 1 }) }).forecast?.lastsUntilReset).toBeNull();
  });
});

describe('the running period', () => {
  const at = Date.UTC(2026, 2, 31, 8);
  it('began a refresh period before its end, at the same time of day', () => {
    expect(periodStart(reading({ resetAt: at }), null)).toBe(Date.UTC(2026, 1, 28, 8));
    expect(
      periodStart(reading({ resetAt: at, subscription: subscription({ refreshPeriod: 'annual_period' }) }), null),
    ).toBe(Date.UTC(2025, 2, 31, 8));
  });
  it('began with the last reset that was told, where the vendor names no length', () => {
    const unnamed = reading({ resetAt: at, subscription: subscription({ refreshPeriod: 'fortnight' }) });
    expect(periodStart(unnamed, null)).toBeNull();
    expect(periodStart(unnamed, at - 14 * dayMs)).toBe(at - 14 * dayMs);
    expect(periodStart(null, at)).toBeNull();
  });
});

describe('what deserves an alert', () => {
  const kinds = (given: Partial<MeterInput>, refusal: string | null = null): string[] => {
    const input = { reading: reading(), ...given };
    return workspaceConditions(1, meter(input), input.reading, refusal).map(({ kind, onlyKeeps }) =>
      onlyKeeps === true ? `${kind} (keeps)` : kind,
    );
  };
  it('is nothing while all is well', () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ reading: null })).toEqual([]);
  });
  it('is what is low, after what is queued, and rings no second time at the edge', () => {
    expect(kinds({ reading: reading({ usedCredits: 901 }) })).toEqual(['low_credits']);
    expect(kinds({ reading: reading({ usedCredits: 890 }) })).toEqual(['low_credits (keeps)']);
    expect(kinds({ reading: reading({ usedCredits: 870 }) })).toEqual([]);
    expect(kinds({ heldCredits: 550 })).toEqual(['low_credits']);
    expect(kinds({ heldCredits: 700 })).toEqual(['low_credits']);
    const extended = subscription({ overage: { entitled: true, limitCredits: 'unlimited', current: null } });
    expect(kinds({ heldCredits: 700, reading: reading({ subscription: extended }) })).toEqual([]);
  });
  it('is a pace that does not last until the reset', () => {
    const days = Array.from({ length: 10 }, (_, index) => ({ day: Math.floor(now / dayMs) - index, credits: 100 }));
    expect(kinds({ days })).toEqual(['forecast_before_reset']);
  });
  it('is an open invoice, a change of plan, a retired service and a key that may not read the history', () => {
    const billed = reading({
      subscription: subscription({
        hasOpenInvoices: true,
        pendingChange: { kind: 'cancellation', nextTier: null, nextBillingPeriod: null, at: now },
      }),
    });
    expect(kinds({ reading: billed, attempt: failed('provider_retired') }, 'no speech_history_read')).toEqual([
      'invoice_open',
      'plan_change',
      'workspace_retired',
      'key_without_history',
    ]);
  });
});
