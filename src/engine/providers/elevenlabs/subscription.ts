/** The account: every field of seed 004 and those added since. Times of the vendor are unix seconds. */
import type { Subscription } from '#contract/account.ts';
import { z } from 'zod';
import type { AccountReading, CallContext } from '../provider.ts';
import type { ElevenLabsClient } from './client.ts';
import { Account } from './schema.ts';
import type { Invoice } from './schema.ts';
import type { Connection } from './settings.ts';

const path = '/v1/user/subscription';

const atOf = (seconds: number | null | undefined): number | null =>
  seconds === null || seconds === undefined || seconds < 0 ? null : seconds * 1000;

const invoiceOf = (invoice: Invoice): Subscription['openInvoices'][number] => {
  const { payment_intent_statusses: statuses, payment_intent_status: single } = invoice;
  return {
    amountDueCents: invoice.amount_due_cents ?? null,
    subtotalCents: invoice.subtotal_cents ?? null,
    taxCents: invoice.tax_cents ?? null,
    discounts: (invoice.discounts ?? []).map((discount) => ({
      percentOff: discount.discount_percent_off ?? null,
      amountOff: discount.discount_amount_off ?? null,
    })),
    // -1: no further attempt (VENDORS C.1).
    nextPaymentAttemptAt: atOf(invoice.next_payment_attempt_unix),
    paymentStatuses: statuses.length > 0 ? statuses : [single ?? ''].filter((status) => status !== ''),
  };
};

const Others = z.record(z.string(), z.json());
const known = new Set(Object.keys(Account.shape));
/** What the vendor sent and no field of ours holds, the two that newer fields replace among them. */
const othersOf = (fields: unknown): Subscription['other'] => {
  const all = Others.safeParse(fields);
  return all.success ? Object.fromEntries(Object.entries(all.data).filter(([name]) => !known.has(name))) : {};
};

/** The older name of the limit counts where the newer is missing. */
const extensionOf = (account: Account, fields: unknown): number | 'unlimited' | null => {
  const newer = account.max_credit_limit_extension ?? null;
  if (newer !== null) return newer;
  const older = Others.safeParse(fields).data?.['max_character_limit_extension'];
  return typeof older === 'number' ? older : null;
};

/** `fields` is the answer as it came. */
export const toSubscription = (account: Account, fields: unknown): Subscription => ({
  tier: account.tier ?? null,
  status: account.status ?? null,
  currency: account.currency ?? null,
  billingPeriod: account.billing_period ?? null,
  refreshPeriod: account.character_refresh_period ?? null,
  usedCredits: account.character_count,
  limitCredits: account.character_limit ?? null,
  resetAt: atOf(account.next_character_count_reset_unix),
  overage: {
    entitled: account.can_extend_character_limit ?? null,
    limitCredits: extensionOf(account, fields),
    current: account.current_overage ?? null,
  },
  voiceSlots: { used: account.voice_slots_used ?? null, limit: account.voice_limit ?? null },
  professionalVoiceSlots: {
    used: account.professional_voice_slots_used ?? null,
    limit: account.professional_voice_limit ?? null,
    usedInWorkspace: account.professional_voice_slots_used_in_workspace ?? null,
  },
  voiceEdits: { used: account.voice_add_edit_counter ?? null, limit: account.max_voice_add_edits ?? null },
  canExtendVoiceLimit: account.can_extend_voice_limit ?? null,
  canCloneInstantly: account.can_use_instant_voice_cloning ?? null,
  canCloneProfessionally: account.can_use_professional_voice_cloning ?? null,
  openInvoices: (account.open_invoices ?? []).map(invoiceOf),
  hasOpenInvoices: account.has_open_invoices ?? null,
  nextInvoice:
    account.next_invoice === null || account.next_invoice === undefined ? null : invoiceOf(account.next_invoice),
  pendingChange:
    account.pending_change === null || account.pending_change === undefined
      ? null
      : {
          // The vendor's own default is a change.
          kind: account.pending_change.kind ?? 'change',
          nextTier: account.pending_change.next_tier ?? null,
          nextBillingPeriod: account.pending_change.next_billing_period ?? null,
          at: atOf(account.pending_change.timestamp_seconds),
        },
  coupons: {
    usedStarter: account.has_used_starter_coupon_on_account ?? null,
    usedCreator: account.has_used_creator_coupon_on_account ?? null,
    starterPromoEligible: account.is_eligible_for_starter_promo ?? null,
  },
  other: othersOf(fields),
});

/** Credits, plan and all that the vendor tells of the subscription. */
export const readAccount = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
): Promise<AccountReading> => {
  const { value, fields } = await client.read('read', context, connection, path, Account);
  const subscription = toSubscription(value, fields);
  return {
    usedCredits: subscription.usedCredits,
    limitCredits: subscription.limitCredits,
    remainingCredits: null,
    resetAt: subscription.resetAt,
    plan: subscription.tier,
    subscription,
  };
};

/** The account's count alone. */
export const readUsedCredits = async (
  client: ElevenLabsClient,
  context: CallContext,
  connection: Connection,
): Promise<number> =>
  (await client.read('read', context, connection, path, Account.pick({ character_count: true }))).value.character_count;
