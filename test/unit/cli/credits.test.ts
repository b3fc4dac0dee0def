import { describe, expect, it } from 'vitest';
import type { CreditMeter, Subscription } from '#contract/account.ts';
import { runOutWords } from '#hosts/cli/output/meter.ts';
import { createFakeStudio, createFakeTerminal, paid, runFake, scratch, type FakeHandlers } from './fake-studio.ts';

const now = Date.UTC(2026, 2, 15, 12);
const day = 86_400_000;
const subscribed = { ...paid, abilities: { ...paid.abilities, subscription: true } };

const run = async (handlers: FakeHandlers, args: readonly string[]) => {
  const studio = createFakeStudio({ 'workspace.list': () => [scratch, subscribed], ...handlers });
  const terminal = createFakeTerminal({ now });
  const exitCode = await runFake(studio, terminal, args);
  return {
    exitCode,
    studio,
    ...terminal.said,
    input: (method: string) => studio.calls.find((call) => call.method === method)?.input,
  };
};

const meter: CreditMeter = {
  workspaceId: paid.id,
  workspaceName: 'agency',
  provider: 'elevenlabs',
  costUnit: 'credits',
  source: 'vendor',
  state: 'current',
  message: null,
  plan: 'creator',
  usedCredits: 61_500,
  limitCredits: 100_000,
  remainingCredits: 38_500,
  heldCredits: 1200,
  freeCredits: 37_300,
  seenCredits: 60_500,
  overage: { state: 'in_use', limitCredits: 50_000, current: { amount: '1.20', currency: 'usd' } },
  resetAt: now + 12.5 * day,
  periodStartAt: null,
  openInvoices: 2,
  forecast: {
    perDay: 2000,
    perDayLow: 1500,
    perDayHigh: 4000,
    days: 14,
    runsOutAt: now + 19 * day,
    earliestAt: now + 9 * day,
    latestAt: now + 25 * day,
    lastsUntilReset: 'may',
  },
  readAt: now - 3 * 60_000,
};

describe('credits', () => {
  it('tell on one line what is used, held, free, owed, and when it runs out', async () => {
    const { exitCode, out, err } = await run({ 'account.meters': () => [meter] }, ['credits']);
    expect(exitCode).toBe(0);
    expect(err).toBe('');
    const [, line = ''] = out.split('\n');
    for (const part of [
      'agency',
      'creator',
      '61,500 of 100,000 credits',
      '1,200',
      '37,300',
      '12 days',
      'in use: 1.20 USD, up to 50,000',
      '2 open',
      'about 2026-04-03 (2026-03-24 to 2026-04-09), perhaps before the reset',
      '3 min ago',
    ])
      expect(line).toContain(part);
  });

  it('of a vendor that tells nothing are what this app saw', async () => {
    const seen: CreditMeter = {
      ...meter,
      provider: 'chosen',
      source: 'seen',
      plan: null,
      usedCredits: null,
      limitCredits: null,
      freeCredits: null,
      overage: { state: 'unknown', limitCredits: null, current: null },
      resetAt: null,
      periodStartAt: null,
      openInvoices: 0,
      forecast: null,
      readAt: null,
    };
    const { out } = await run({ 'account.meters': () => [seen] }, ['credits']);
    expect(out).toContain('60,500 seen by this app');
    expect(out).not.toContain('not told');
  });

  it('that are old say so, why, and how to read them now', async () => {
    const old: CreditMeter = {
      ...meter,
      state: 'offline',
      message: 'The vendor did not answer.',
      readAt: now - 5 * 3600_000,
    };
    const { out, err } = await run({ 'account.meters': () => [old, { ...meter, state: 'unread', readAt: null }] }, [
      'credits',
    ]);
    expect(out).toContain('5 h ago, offline');
    expect(err).toContain('agency: The vendor did not answer.');
    expect(err).toContain('cuebooth credits --refresh');
  });

  it('are read from the vendor on wish, for one workspace alone', async () => {
    const result = await run({ 'account.refresh': () => [meter] }, ['credits', 'AGENCY', '--refresh', '--json']);
    expect(result.input('account.refresh')).toEqual({ workspaceId: 'w2' });
    expect(JSON.parse(result.out)).toEqual([meter]);
  });

  it('of one workspace leave the others out', async () => {
    const other = { ...meter, workspaceId: scratch.id, workspaceName: 'scratch' };
    const result = await run({ 'account.meters': () => [other, meter] }, ['credits', 'agency', '--json']);
    expect(JSON.parse(result.out)).toEqual([meter]);
  });
});

describe('the run-out words', () => {
  const { forecast } = meter;
  it.each([
    ['nothing', null, ''],
    ['enough', { ...forecast, lastsUntilReset: 'yes' }, 'lasts until the reset'],
    [
      'no pace',
      { ...forecast, runsOutAt: null, earliestAt: null, latestAt: null, lastsUntilReset: null },
      'not within a year',
    ],
    [
      'hours',
      { ...forecast, runsOutAt: now + 3600_000, earliestAt: now, latestAt: null, lastsUntilReset: 'no' },
      'within a day (2026-03-15 to over a year), before the reset',
    ],
    [
      'only a high pace',
      { ...forecast, runsOutAt: null, latestAt: null, lastsUntilReset: null },
      'not within a year (2026-03-24 to over a year)',
    ],
  ] as const)('of %s are plain', (_, given, words) => {
    expect(runOutWords(given as CreditMeter['forecast'], now)).toBe(words);
  });
});

const subscription: Subscription = {
  tier: 'creator',
  status: 'active',
  currency: 'usd',
  billingPeriod: 'monthly_period',
  refreshPeriod: 'monthly_period',
  usedCredits: 61_500,
  limitCredits: 100_000,
  resetAt: now + 2 * day,
  overage: { entitled: true, limitCredits: 'unlimited', current: { amount: '1.20', currency: 'usd' } },
  voiceSlots: { used: 4, limit: 30 },
  professionalVoiceSlots: { used: 1, limit: 1, usedInWorkspace: 3 },
  voiceEdits: { used: 2, limit: 95 },
  canExtendVoiceLimit: false,
  canCloneInstantly: true,
  canCloneProfessionally: null,
  openInvoices: [
    {
      amountDueCents: 2200,
      subtotalCents: 2000,
      taxCents: 200,
      discounts: [{ percentOff: 20, amountOff: null }],
      nextPaymentAttemptAt: null,
      paymentStatuses: ['processing', 'requires_action'],
    },
  ],
  hasOpenInvoices: true,
  nextInvoice: null,
  pendingChange: { kind: 'change', nextTier: 'free', nextBillingPeriod: 'monthly_period', at: now + 30 * day },
  coupons: { usedStarter: true, usedCreator: false, starterPromoEligible: null },
  other: { beta_access: { video: true } },
};

describe('the subscription', () => {
  it('is told in plain words, fields that this build does not know included', async () => {
    const { out, exitCode } = await run(
      { 'account.subscription': () => ({ workspaceId: paid.id, subscription, readAt: now - 60_000, message: null }) },
      ['subscription'],
    );
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^agency \(read 1 min ago\)\n/);
    for (const line of [
      /plan +creator/,
      /credits used +61,500 of 100,000/,
      /resets +2026-03-17 \d\d:00, in 2 days/,
      /over the limit +yes; cap: no cap/,
      /overage now +1.20 USD/,
      /voice slots +4 of 30 used/,
      /professional voices +1 of 1 used, 3 in the whole workspace/,
      /voice edits +2 of 95 used/,
      /professional cloning +not told/,
      /billed +monthly, in USD/,
      /open invoices +1/,
      /22.00 USD due, 20.00 USD before tax, 2.00 USD tax, 20 % off, payment processing, requires_action/,
      /next invoice +none told/,
      /pending change +will change to free billed monthly on 2026-04-14/,
      /starter coupon used +yes/,
      /beta_access +\{"video":true\}/,
    ])
      expect(out).toMatch(line);
  });

  it('names every field of the contract', async () => {
    const shown = JSON.stringify(
      JSON.parse(
        (
          await run(
            { 'account.subscription': () => ({ workspaceId: paid.id, subscription, readAt: null, message: null }) },
            ['subscription', 'agency', '--json'],
          )
        ).out,
      ),
    );
    for (const name of Object.keys(subscription)) expect(shown).toContain(`"${name}"`);
  });

  it('that was never read says how to read it', async () => {
    const { out, err } = await run(
      {
        'account.subscription': () => ({ workspaceId: paid.id, subscription: null, readAt: null, message: null }),
        'account.meters': () => [{ ...meter, state: 'unread' }],
      },
      ['subscription', 'agency'],
    );
    expect(out).toBe('');
    expect(err).toContain('cuebooth subscription "agency" --refresh');
  });
});

it('an overage that is switched off says only that', async () => {
  const off = { ...subscription, overage: { entitled: true, limitCredits: 0, current: null } };
  const { out } = await run(
    { 'account.subscription': () => ({ workspaceId: paid.id, subscription: off, readAt: null, message: null }) },
    ['subscription'],
  );
  expect(out).toMatch(/over the limit +switched off\n/);
});

describe('an account that could not be read', () => {
  const told = (given: Subscription | null) => ({
    workspaceId: paid.id,
    subscription: given,
    readAt: null,
    message: 'The vendor did not answer.',
  });

  it.each([
    ['refused', 6],
    ['locked', 6],
    ['offline', 8],
    ['retired', 8],
    ['current', 0],
  ] as const)('as %s ends with %i where it was named', async (state, code) => {
    const meters = [{ ...meter, state }];
    const handlers: FakeHandlers = {
      'account.refresh': () => meters,
      'account.meters': () => meters,
      'account.subscription': () => told(null),
    };
    expect((await run(handlers, ['credits', 'agency', '--refresh'])).exitCode).toBe(code);
    expect((await run(handlers, ['credits', 'agency', '--refresh', '--json'])).exitCode).toBe(code);
    expect((await run(handlers, ['subscription', 'agency'])).exitCode).toBe(code);
    expect((await run(handlers, ['credits', '--refresh'])).exitCode).toBe(0);
  });

  it('leaves the code alone while what was read before is shown', async () => {
    const { exitCode } = await run({ 'account.subscription': () => told(subscription) }, ['subscription', 'agency']);
    expect(exitCode).toBe(0);
  });
});
