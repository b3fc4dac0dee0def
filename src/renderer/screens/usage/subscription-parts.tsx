import { KeyRound, ReceiptText, TriangleAlert } from 'lucide-react';
import type { CreditMeter, Invoice, Subscription } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { amountWords } from '../../components/credit-units.ts';
import { formatFullDate, formatSpan } from '../../components/credit-words.ts';
import { formatCount, formatMoment } from '../../components/format.ts';
import type { AccountSubscription } from '../../stores/account-store.ts';
import { currentLocale, wordsOf } from '../../words/words.ts';
import styles from './subscription.module.css';

type Row = readonly [name: string, value: string];

const Rows = ({ rows }: { readonly rows: readonly Row[] }) => (
  <dl className={styles.rows}>
    {rows.map(([name, value], index) => (
      <div key={`${name} ${index}`}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** In the vendor's currency, as it would be written here. */
export const moneyWords = (cents: number | null, currency: string | null): string => {
  if (cents === null) return wordsOf('usage')('notTold');
  if (currency === null) return (cents / 100).toFixed(2);
  try {
    return new Intl.NumberFormat(currentLocale(), { style: 'currency', currency: currency.toUpperCase() }).format(
      cents / 100,
    );
  } catch {
    return `${(cents / 100).toFixed(2)} ${currency}`;
  }
};

/** `monthly_period` as "monthly"; what this build does not know stays readable. */
const plainWords = (text: string): string => text.replace(/_period$/, '').replaceAll('_', ' ');
const told = (text: string | null): string => (text === null ? wordsOf('usage')('notTold') : plainWords(text));
const yesNo = (is: boolean | null): string => wordsOf('usage')(is === null ? 'notTold' : is ? 'yes' : 'no');
const slotWords = ({ used, limit }: { readonly used: number | null; readonly limit: number | null }): string => {
  const t = wordsOf('usage');
  if (used === null && limit === null) return t('notTold');
  return t('slotsUsed', {
    used: used === null ? '?' : formatCount(used),
    limit: limit === null ? '?' : formatCount(limit),
  });
};

const planRows = (subscription: Subscription): readonly Row[] => {
  const t = wordsOf('usage');
  return [
    [t('plan'), told(subscription.tier)],
    [t('status'), told(subscription.status)],
    [t('billed'), told(subscription.billingPeriod)],
    [t('refreshed'), told(subscription.refreshPeriod)],
    [t('currency'), subscription.currency === null ? t('notTold') : subscription.currency.toUpperCase()],
  ];
};
const overageRows = ({ overage }: Subscription, meter: CreditMeter): readonly Row[] => {
  const t = wordsOf('usage');
  const { entitled, limitCredits: limit, current } = overage;
  return [
    [t('overageAllowed'), entitled === false ? t('no') : limit === 0 ? t('switchedOff') : yesNo(entitled)],
    [
      t('overageCap'),
      limit === null ? t('notTold') : limit === 'unlimited' ? t('noCap') : amountWords(limit, meter.costUnit),
    ],
    [t('overageNow'), current === null ? t('notTold') : `${current.amount} ${current.currency.toUpperCase()}`],
  ];
};
const slotRows = (subscription: Subscription): readonly Row[] => {
  const t = wordsOf('usage');
  const { professionalVoiceSlots: professional } = subscription;
  return [
    [t('voiceSlots'), slotWords(subscription.voiceSlots)],
    [t('professionalSlots'), slotWords(professional)],
    ...(professional.usedInWorkspace === null
      ? []
      : [[t('professionalInWorkspace'), formatCount(professional.usedInWorkspace)] as const]),
    [t('voiceEdits'), slotWords(subscription.voiceEdits)],
    [t('moreSlots'), yesNo(subscription.canExtendVoiceLimit)],
    [t('instantCloning'), yesNo(subscription.canCloneInstantly)],
    [t('professionalCloning'), yesNo(subscription.canCloneProfessionally)],
  ];
};

const invoiceRows = (invoice: Invoice, currency: string | null): readonly Row[] => {
  const t = wordsOf('usage');
  return [
    [t('amountDue'), moneyWords(invoice.amountDueCents, currency)],
    ...(invoice.subtotalCents === null ? [] : [[t('beforeTax'), moneyWords(invoice.subtotalCents, currency)] as const]),
    ...(invoice.taxCents === null ? [] : [[t('tax'), moneyWords(invoice.taxCents, currency)] as const]),
    ...invoice.discounts.map(
      ({ percentOff, amountOff }): Row => [
        t('discount'),
        percentOff !== null ? `${formatCount(percentOff)} %` : amountOff === null ? t('yes') : formatCount(amountOff),
      ],
    ),
    ...(invoice.paymentStatuses.length === 0
      ? []
      : [[t('payment'), invoice.paymentStatuses.map(plainWords).join(', ')] as const]),
    ...(invoice.nextPaymentAttemptAt === null
      ? []
      : [[t('nextAttempt'), formatFullDate(invoice.nextPaymentAttemptAt)] as const]),
  ];
};

const PendingChange = ({ change }: { readonly change: NonNullable<Subscription['pendingChange']> }) => {
  const t = wordsOf('usage');
  const isEnd = change.kind === 'cancellation';
  return (
    <p className={styles.pending}>
      <TriangleAlert aria-hidden />
      {isEnd ? t('planEnds') : t('planChanges', { tier: change.nextTier ?? t('anotherPlan') })}
      {change.nextBillingPeriod !== null && ` (${plainWords(change.nextBillingPeriod)})`}
      {change.at !== null && `, ${formatFullDate(change.at)}`}.
    </p>
  );
};

/** Plan, overage, slots, invoices and what this build does not know, or why they could not be read. */
export const SubscriptionParts = ({
  known,
  meter,
  now,
}: {
  readonly known: AccountSubscription;
  readonly meter: CreditMeter;
  readonly now: number;
}) => {
  const { navigation } = useStudio();
  const t = wordsOf('usage');
  const { subscription, message, readAt } = known;
  const isRefused = meter.state === 'refused' || meter.state === 'locked';
  const others = subscription === null ? [] : Object.entries(subscription.other);
  return (
    <>
      {(message !== null || isRefused) && (
        <div className={styles.refusal}>
          <p>{message ?? meter.message}</p>
          {isRefused && (
            <>
              <p className={styles.words}>{t('keyMayNot')}</p>
              <Button size="small" icon={<KeyRound aria-hidden />} onPress={() => navigation.go({ room: 'settings' })}>
                {wordsOf('account')('setKey')}
              </Button>
            </>
          )}
        </div>
      )}
      {subscription !== null && (
        <>
          {subscription.pendingChange !== null && <PendingChange change={subscription.pendingChange} />}
          <section aria-label={t('plan')} className={styles.part}>
            <h3>{t('plan')}</h3>
            <Rows rows={planRows(subscription)} />
          </section>
          <section aria-label={t('invoices')} className={styles.part}>
            <h3>
              {t('invoices')}{' '}
              {meter.openInvoices > 0 && (
                <Badge tone="warning">{wordsOf('account')('openInvoices', { count: meter.openInvoices })}</Badge>
              )}
            </h3>
            {subscription.openInvoices.map((invoice, index) => (
              <div key={index} className={styles.invoice}>
                <h4>
                  <ReceiptText aria-hidden /> {t('openInvoice')}
                </h4>
                <Rows rows={invoiceRows(invoice, subscription.currency)} />
              </div>
            ))}
            {subscription.nextInvoice === null ? (
              <p className={styles.words}>{t('noNextInvoice')}</p>
            ) : (
              <div className={styles.invoice}>
                <h4>
                  <ReceiptText aria-hidden /> {t('nextInvoice')}
                </h4>
                <Rows rows={invoiceRows(subscription.nextInvoice, subscription.currency)} />
              </div>
            )}
          </section>
          <section aria-label={t('overage')} className={styles.part}>
            <h3>{t('overage')}</h3>
            <Rows rows={overageRows(subscription, meter)} />
          </section>
          <section aria-label={t('slots')} className={styles.part}>
            <h3>{t('slots')}</h3>
            <Rows rows={slotRows(subscription)} />
          </section>
          <details className={styles.raw}>
            <summary>{t('rawFigures')}</summary>
            <Rows
              rows={[
                [
                  t('rawUsed'),
                  subscription.usedCredits === null ? t('notTold') : formatCount(subscription.usedCredits),
                ],
                [
                  t('rawLimit'),
                  subscription.limitCredits === null ? t('notTold') : formatCount(subscription.limitCredits),
                ],
                [t('rawReset'), subscription.resetAt === null ? t('notTold') : formatFullDate(subscription.resetAt)],
                [t('starterCoupon'), yesNo(subscription.coupons.usedStarter)],
                [t('creatorCoupon'), yesNo(subscription.coupons.usedCreator)],
                [t('starterOffer'), yesNo(subscription.coupons.starterPromoEligible)],
                ...others.map(([name, value]): Row => [name, JSON.stringify(value)]),
              ]}
            />
          </details>
        </>
      )}
      {readAt !== null && (
        <p className={styles.words}>
          {t('readAt', { at: formatMoment(readAt), span: formatSpan(Math.max(0, now - readAt)) })}
        </p>
      )}
    </>
  );
};
