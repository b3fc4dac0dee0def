import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Subscription } from '#contract/account.ts';
import { setUp } from './setup.ts';

const seed = readFileSync(new URL('../../fixtures/vendors/elevenlabs-subscription.json', import.meta.url), 'utf8');
const read = async (body: unknown) => {
  const { elevenlabs, context } = setUp(() => ({ body }));
  return elevenlabs.readAccount?.(context);
};
const invoice = {
  amountDueCents: 1000,
  subtotalCents: 900,
  taxCents: 100,
  discounts: [{ percentOff: 20, amountOff: null }],
  nextPaymentAttemptAt: 1_738_356_858_000,
  paymentStatuses: ['processing', 'succeeded'],
};

describe('the subscription', () => {
  it("of the vendor's own documentation is read whole", async () => {
    const reading = await read(seed);
    const subscription = {
      tier: 'starter',
      status: 'active',
      currency: 'usd',
      billingPeriod: 'monthly_period',
      refreshPeriod: 'monthly_period',
      usedCredits: 1000,
      limitCredits: 10_000,
      resetAt: 1_738_356_858_000,
      overage: { entitled: true, limitCredits: 10_000, current: { amount: '0', currency: 'usd' } },
      voiceSlots: { used: 1, limit: 10 },
      professionalVoiceSlots: { used: 0, limit: 1, usedInWorkspace: null },
      voiceEdits: { used: 0, limit: null },
      canExtendVoiceLimit: true,
      canCloneInstantly: true,
      canCloneProfessionally: true,
      openInvoices: [invoice],
      hasOpenInvoices: true,
      nextInvoice: invoice,
      pendingChange: null,
      coupons: { usedStarter: false, usedCreator: false, starterPromoEligible: null },
      other: { max_character_limit_extension: 10_000, allowed_to_extend_character_limit: true },
    };
    expect(reading).toEqual({
      usedCredits: 1000,
      limitCredits: 10_000,
      remainingCredits: null,
      resetAt: 1_738_356_858_000,
      plan: 'starter',
      subscription,
    });
    expect(Subscription.parse(reading?.subscription)).toEqual(subscription);
  });

  it('keeps fields and words that nobody knew, and has the newer ones', async () => {
    const reading = await read({
      tier: 'go_2027',
      character_count: 5,
      status: 'sleeping',
      max_credit_limit_extension: 'unlimited',
      professional_voice_slots_used_in_workspace: 4,
      is_eligible_for_starter_promo: true,
      current_overage: { amount: '12.3450', currency: 'gbp' },
      pending_change: { kind: 'change', next_tier: 'pro', next_billing_period: 'annual_period', timestamp_seconds: 10 },
      next_invoice: {
        amount_due_cents: 5,
        discounts: [],
        next_payment_attempt_unix: -1,
        payment_intent_status: 'failed',
      },
      brand_new: { deep: [1] },
    });
    expect(reading?.subscription).toMatchObject({
      tier: 'go_2027',
      status: 'sleeping',
      limitCredits: null,
      overage: { limitCredits: 'unlimited', current: { amount: '12.3450', currency: 'gbp' } },
      professionalVoiceSlots: { usedInWorkspace: 4 },
      pendingChange: { kind: 'change', nextTier: 'pro', nextBillingPeriod: 'annual_period', at: 10_000 },
      nextInvoice: { nextPaymentAttemptAt: null, paymentStatuses: ['failed'] },
      coupons: { starterPromoEligible: true },
      other: { brand_new: { deep: [1] } },
    });
  });

  it('has a cancellation that waits', async () => {
    const reading = await read({ character_count: 1, pending_change: { kind: 'cancellation', timestamp_seconds: 20 } });
    expect(reading?.subscription?.pendingChange).toEqual({
      kind: 'cancellation',
      nextTier: null,
      nextBillingPeriod: null,
      at: 20_000,
    });
  });

  it('falls back to the older name of its limit', async () => {
    const reading = await read({ character_count: 1, max_character_limit_extension: 700 });
    expect(reading?.subscription?.overage.limitCredits).toBe(700);
  });

  it('without the credits used is a bad answer that names them', async () => {
    await expect(read({ tier: 'pro' })).rejects.toMatchObject({
      code: 'bad_response',
      disposition: 'again',
      message: expect.stringContaining('"character_count" is missing'),
    });
    await expect(read('<html></html>')).rejects.toMatchObject({ code: 'bad_response' });
  });

  it('that the key may not read is a missing permission by name', async () => {
    const { elevenlabs, context } = setUp(() => ({
      status: 401,
      body: { detail: { status: 'missing_permissions', message: 'Missing the permission user_read. sk_secret' } },
    }));
    await expect(elevenlabs.readAccount?.(context)).rejects.toMatchObject({
      code: 'missing_permission',
      message: expect.stringMatching(/lacks user_read .*The vendor says: .*\[key\]$/),
    });
  });
});
