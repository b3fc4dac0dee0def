/** A vendor's subscription, every field of it in plain words. */
import type { Invoice, Subscription } from '#contract/account.ts';
import { figure, moment, span } from './words.ts';

type Row = readonly [name: string, value: string];

const told = (value: string | null): string => value ?? 'not told';
const yesNo = (value: boolean | null): string => (value === null ? 'not told' : value ? 'yes' : 'no');
const number = (value: number | null): string => (value === null ? 'not told' : figure(value));

/** Cents as the currency's main unit; the vendor sends whole cents. */
const money = (cents: number | null, currency: string | null): string =>
  cents === null
    ? 'amount not told'
    : `${(cents / 100).toFixed(2)}${currency === null ? '' : ` ${currency.toUpperCase()}`}`;

const slotsWords = ({ used, limit }: { readonly used: number | null; readonly limit: number | null }): string =>
  used === null && limit === null ? 'not told' : `${number(used)} of ${number(limit)} used`;

const invoiceWords = (invoice: Invoice, currency: string | null): string => {
  const discounts = invoice.discounts.map(({ percentOff, amountOff }) =>
    percentOff !== null
      ? `${figure(percentOff)} % off`
      : amountOff !== null
        ? `${figure(amountOff)} off`
        : 'a discount',
  );
  return [
    `${money(invoice.amountDueCents, currency)} due`,
    ...(invoice.subtotalCents === null ? [] : [`${money(invoice.subtotalCents, currency)} before tax`]),
    ...(invoice.taxCents === null ? [] : [`${money(invoice.taxCents, currency)} tax`]),
    ...discounts,
    ...(invoice.paymentStatuses.length === 0 ? [] : [`payment ${invoice.paymentStatuses.join(', ')}`]),
    ...(invoice.nextPaymentAttemptAt === null ? [] : [`next attempt ${moment(invoice.nextPaymentAttemptAt)}`]),
  ].join(', ');
};

const pendingWords = ({ pendingChange }: Subscription): string => {
  if (pendingChange === null) return 'none';
  const { kind, nextTier, nextBillingPeriod, at } = pendingChange;
  const what = kind === 'cancellation' ? 'will be cancelled' : kind === 'change' ? 'will change' : kind;
  return [
    what,
    ...(nextTier === null ? [] : [`to ${nextTier}`]),
    ...(nextBillingPeriod === null ? [] : [`billed ${periodWords(nextBillingPeriod)}`]),
    ...(at === null ? [] : [`on ${moment(at)}`]),
  ].join(' ');
};

const overageWords = ({ entitled, limitCredits: limit }: Subscription['overage']): string => {
  if (entitled === false) return 'no';
  if (limit === 0) return 'switched off';
  return `${yesNo(entitled)}; cap: ${limit === null ? 'not told' : limit === 'unlimited' ? 'no cap' : figure(limit)}`;
};

/** `monthly_period` as "monthly"; a period this build does not know stays readable. */
const periodWords = (period: string): string => period.replace(/_period$/, '').replaceAll('_', ' ');

/** In the order a person asks: what have I got, what does it cost, what will change. */
export const subscriptionRows = (subscription: Subscription, now: number): readonly Row[] => {
  const { currency, overage, openInvoices, nextInvoice, coupons, resetAt } = subscription;
  return [
    ['plan', told(subscription.tier)],
    ['status', told(subscription.status)],
    ['credits used', `${number(subscription.usedCredits)} of ${number(subscription.limitCredits)}`],
    [
      'resets',
      resetAt === null ? 'not told' : `${moment(resetAt)}${resetAt > now ? `, in ${span(resetAt - now)}` : ', due'}`,
    ],
    ['refreshed', told(subscription.refreshPeriod === null ? null : periodWords(subscription.refreshPeriod))],
    ['over the limit', overageWords(overage)],
    [
      'overage now',
      overage.current === null ? 'none told' : `${overage.current.amount} ${overage.current.currency.toUpperCase()}`,
    ],
    ['voice slots', slotsWords(subscription.voiceSlots)],
    [
      'professional voices',
      `${slotsWords(subscription.professionalVoiceSlots)}${subscription.professionalVoiceSlots.usedInWorkspace === null ? '' : `, ${figure(subscription.professionalVoiceSlots.usedInWorkspace)} in the whole workspace`}`,
    ],
    ['voice edits', slotsWords(subscription.voiceEdits)],
    ['more voice slots can be bought', yesNo(subscription.canExtendVoiceLimit)],
    ['instant cloning', yesNo(subscription.canCloneInstantly)],
    ['professional cloning', yesNo(subscription.canCloneProfessionally)],
    [
      'billed',
      `${told(subscription.billingPeriod === null ? null : periodWords(subscription.billingPeriod))}, in ${told(currency === null ? null : currency.toUpperCase())}`,
    ],
    [
      'open invoices',
      openInvoices.length === 0 ? yesNo(subscription.hasOpenInvoices ?? null) : figure(openInvoices.length),
    ],
    ...openInvoices.map((invoice): Row => ['', invoiceWords(invoice, currency)]),
    ['next invoice', nextInvoice === null ? 'none told' : invoiceWords(nextInvoice, currency)],
    ['pending change', pendingWords(subscription)],
    ['starter coupon used', yesNo(coupons.usedStarter)],
    ['creator coupon used', yesNo(coupons.usedCreator)],
    ['starter offer still open', yesNo(coupons.starterPromoEligible)],
    ...Object.entries(subscription.other).map(([name, value]): Row => [name, JSON.stringify(value)]),
  ];
};
