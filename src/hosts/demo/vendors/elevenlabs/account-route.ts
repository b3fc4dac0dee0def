/** /v1/user, /v1/user/subscription and /v1/models. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import { models, viewModel } from './models.ts';
import { plans } from './tiers.ts';
import { complain, mayGo, periodOf, type World } from './world.ts';

const seconds = (ms: number): number => Math.round(ms / 1000);
const dayMs = 86_400_000;

export const createAccountRoute = (world: World) => {
  const { options, ledger, clock } = world;

  const short = () => {
    const { tier, creditLimit, creditsUsed, overageCredits } = options();
    const plan = plans[tier];
    const limit = creditLimit ?? plan.credits;
    const period = periodOf(world);
    const used = creditsUsed + ledger.usedSince(period.from);
    const isFree = tier === 'free';
    return {
      tier,
      character_count: used,
      character_limit: limit,
      max_character_limit_extension: overageCredits === 'unlimited' ? null : overageCredits,
      max_credit_limit_extension: overageCredits,
      can_extend_character_limit: plan.rank >= plans.creator.rank,
      allowed_to_extend_character_limit: overageCredits !== 0,
      next_character_count_reset_unix: seconds(period.to),
      voice_slots_used: world.voices.filter(({ category }) => category !== 'premade').length,
      professional_voice_slots_used: world.voices.filter((one) => one.category === 'professional' && one.isOwn).length,
      professional_voice_slots_used_in_workspace: world.voices.filter(
        (one) => one.category === 'professional' && one.isOwn,
      ).length,
      voice_limit: plan.voices,
      max_voice_add_edits: plan.voices * 3,
      voice_add_edit_counter: 7,
      professional_voice_limit: plan.professionalVoices,
      can_extend_voice_limit: tier === 'enterprise',
      can_use_instant_voice_cloning: !isFree,
      can_use_professional_voice_cloning: plan.rank >= plans.creator.rank,
      currency: 'usd',
      // 30 cents a thousand credits over the limit.
      current_overage: { amount: (Math.max(0, used - limit) * 0.0003).toFixed(2), currency: 'usd' },
      status: isFree ? 'free' : options().openInvoices > 0 ? 'past_due' : 'active',
      billing_period: 'monthly_period',
      character_refresh_period: 'monthly_period',
    };
  };

  const invoice = (amountCents: number, attemptAt: number | null, status: string) => {
    const tax = Math.round(amountCents * 0.19);
    return {
      amount_due_cents: Math.round(amountCents * 0.8) + tax,
      subtotal_cents: amountCents,
      tax_cents: tax,
      discount_percent_off: 20,
      discount_amount_off: null,
      discounts: [{ discount_percent_off: 20, discount_amount_off: null }],
      next_payment_attempt_unix: attemptAt === null ? -1 : seconds(attemptAt),
      payment_intent_status: status,
      payment_intent_statusses: [status],
    };
  };
  const pendingChange = () => {
    const at = seconds(periodOf(world).to);
    switch (options().pendingChange) {
      case 'none':
        return null;
      case 'change':
        return { kind: 'change', next_tier: 'creator', next_billing_period: 'monthly_period', timestamp_seconds: at };
      case 'cancellation':
        return { kind: 'cancellation', timestamp_seconds: at };
    }
  };

  const subscription = (req: IncomingMessage, res: ServerResponse): void => {
    world.count('accounts');
    if (!mayGo(world, req, res, 'user_read')) return;
    const { tier, openInvoices } = options();
    const price = plans[tier].pricedCents;
    send(res, 200, {
      ...short(),
      next_invoice: price === 0 ? null : invoice(price, periodOf(world).to, 'requires_payment_method'),
      open_invoices: Array.from({ length: openInvoices }, () =>
        invoice(price, clock.now() + 3 * dayMs, 'requires_action'),
      ),
      has_open_invoices: openInvoices > 0,
      pending_change: pendingChange(),
      has_used_starter_coupon_on_account: false,
      has_used_creator_coupon_on_account: true,
      // Newer than the vendor's file of August.
      is_eligible_for_starter_promo: false,
    });
  };

  const user = (req: IncomingMessage, res: ServerResponse): void => {
    world.count('accounts');
    if (!mayGo(world, req, res, 'user_read')) return;
    send(res, 200, {
      user_id: 'demo-user-0001',
      subscription: short(),
      is_new_user: false,
      can_use_delayed_payment_methods: false,
      is_onboarding_completed: true,
      is_onboarding_checklist_completed: true,
      show_compliance_terms: false,
      first_name: 'Demo',
      is_api_key_hashed: true,
      xi_api_key_preview: null,
      referral_link_code: null,
      partnerstack_partner_default_link: null,
      created_at: 1_700_000_000,
      seat_type: 'workspace_admin',
    });
  };

  const listModels = (req: IncomingMessage, res: ServerResponse): void => {
    world.count('models');
    if (req.headers['xi-api-key'] === undefined)
      return complain(
        world,
        res,
        { http: 404, type: 'not_found', code: 'workspace_not_found', message: 'The workspace was not found.' },
        'models',
      );
    if (mayGo(world, req, res, 'models_read')) send(res, 200, models.map(viewModel));
  };
  return { subscription, user, listModels };
};
