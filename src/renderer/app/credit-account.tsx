import { FileText, TrendingDown } from 'lucide-react';
import type { CreditMeter as Meter } from '#contract/account.ts';
import { assertNever } from '#contract/errors.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { CreditMeter, meterShares } from '../components/credit-meter.tsx';
import { amountWords } from '../components/credit-units.ts';
import { ageWords, formatDate, formatSpan, runOutSentence } from '../components/credit-words.ts';
import { cx } from '../components/cx.ts';
import { wordsOf } from '../words/words.ts';
import { useStudio } from './studio-context.ts';
import styles from './top-bar-credits.module.css';

/** What is charged beyond the limit; null where the vendor does not tell. */
export const overageWords = ({ overage: { state, limitCredits, current }, costUnit }: Meter): string | null => {
  const t = wordsOf('account');
  const cap =
    limitCredits === null
      ? ''
      : `, ${limitCredits === 'unlimited' ? t('noCap') : t('upTo', { amount: amountWords(limitCredits, costUnit) })}`;
  switch (state) {
    case 'in_use':
      return `${t('overageInUse')}${current === null ? '' : `: ${current.amount} ${current.currency.toUpperCase()}`}${cap}`;
    case 'available':
      return `${t('overagePossible')}${cap}`;
    case 'off':
      return t('overageOff');
    case 'unknown':
      return null;
    default:
      return assertNever(state);
  }
};

/** Name and value, in the order a person asks. */
export const meterRows = (meter: Meter, now: number): readonly (readonly [string, string])[] => {
  const t = wordsOf('account');
  const amount = (of: number): string => amountWords(of, meter.costUnit);
  const overage = overageWords(meter);
  const sameFigure = meter.source === 'seen' && meter.usedCredits === meter.seenCredits;
  const { usedCredits: used, limitCredits: limit, remainingCredits: left } = meter;
  return [
    ...(used === null || (sameFigure && limit === null)
      ? []
      : [
          [
            t('used'),
            limit === null ? amount(used) : t('usedOf', { used: amount(used), limit: amount(limit) }),
          ] as const,
        ]),
    ...(used === null && left !== null ? [[t('left'), amount(left)] as const] : []),
    ...(meter.source === 'seen' && !(sameFigure && limit !== null)
      ? [[t('seenDebited'), amount(meter.seenCredits)] as const]
      : []),
    [t('held'), amount(meter.heldCredits)],
    ...(meter.freeCredits === null ? [] : [[t('freeAfterHolds'), amount(meter.freeCredits)] as const]),
    ...(meter.resetAt === null
      ? []
      : [
          [
            t('resets'),
            meter.resetAt <= now
              ? t('resetDue')
              : t('resetIn', { span: formatSpan(meter.resetAt - now), date: formatDate(meter.resetAt) }),
          ] as const,
        ]),
    ...(overage === null ? [] : [[t('overLimit'), overage] as const]),
  ];
};

/** Used, held and free: what the bar's three parts are. */
export const MeterLegend = () => {
  const t = wordsOf('account');
  return (
    <ul className={styles.legend}>
      <li className={styles.isUsed}>{t('used')}</li>
      <li className={styles.isHeld}>{t('heldShort')}</li>
      <li className={styles.isFree}>{t('freeWord')}</li>
    </ul>
  );
};

/** One account of the popover: its bar, its figures, and where to read more. */
export const CreditAccount = ({
  meter,
  now,
  onLeave,
}: {
  readonly meter: Meter;
  readonly now: number;
  readonly onLeave: () => void;
}) => {
  const { navigation } = useStudio();
  const t = wordsOf('account');
  const { workspaceId, workspaceName, forecast } = meter;
  const isAtRisk = forecast?.lastsUntilReset === 'no' || forecast?.lastsUntilReset === 'may';
  const words =
    meter.source === 'seen'
      ? t('seenHint')
      : (meter.message ?? (meter.state === 'unread' ? t('unreadHint') : runOutSentence(forecast, now)));
  return (
    <li className={styles.account}>
      <div className={styles.head}>
        <h3 className={styles.name}>{workspaceName}</h3>
        {meter.plan !== null && <span className={styles.soft}>{meter.plan}</span>}
        {meter.openInvoices > 0 && <Badge tone="warning">{t('openInvoices', { count: meter.openInvoices })}</Badge>}
        <span className={cx(styles.age, meter.state !== 'current' && meter.source === 'vendor' && styles.old)}>
          {ageWords(meter, now)}
        </span>
      </div>
      {meterShares(meter) !== null && (
        <>
          <CreditMeter meter={meter} />
          <MeterLegend />
        </>
      )}
      <dl className={styles.figures}>
        {meterRows(meter, now).map(([name, value]) => (
          <div key={name} className={styles.figure}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={cx(styles.soft, isAtRisk && styles.risk)}>{words}</p>
      <div className={styles.actions}>
        {isAtRisk && (
          <Button
            size="small"
            look="primary"
            icon={<TrendingDown aria-hidden />}
            aria-label={t('whyOf', { workspace: workspaceName })}
            onPress={() => {
              onLeave();
              navigation.go({ room: 'usage', query: { tab: 'runway', workspace: workspaceId } });
            }}
          >
            {t('seeWhy')}
          </Button>
        )}
        <Button
          size="small"
          icon={<FileText aria-hidden />}
          aria-label={t('subscriptionOf', { workspace: workspaceName })}
          onPress={() => {
            onLeave();
            navigation.show('subscription', workspaceId);
          }}
        >
          {t('subscription')}
        </Button>
      </div>
    </li>
  );
};
