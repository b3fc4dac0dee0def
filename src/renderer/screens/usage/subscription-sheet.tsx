import { ExternalLink, RefreshCw, TrendingDown } from 'lucide-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { MeterLegend, meterRows } from '../../app/credit-account.tsx';
import { useStudio } from '../../app/studio-context.ts';
import { useNow } from '../../app/top-bar-credits.tsx';
import { Button } from '../../components/button.tsx';
import { CreditMeter, meterShares } from '../../components/credit-meter.tsx';
import { ageWords, runOutSentence } from '../../components/credit-words.ts';
import { SelectField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { mostPressingFirst } from '../../stores/account-store.ts';
import { wordsOf } from '../../words/words.ts';
import { SubscriptionParts } from './subscription-parts.tsx';
import styles from './subscription.module.css';
import { vendorPages } from './vendor-pages.ts';

/** One workspace's plan, credits, slots and invoices, as its vendor told them. */
export const SubscriptionSheet = () => {
  const { accounts, navigation } = useStudio();
  const wanted = useStore(navigation, (state) => state.subject);
  const meters = useStore(accounts, (state) => state.meters);
  const reading = useStore(accounts, (state) => state.reading);
  const failure = useStore(accounts, (state) => state.failure);
  const meter =
    meters.find(({ workspaceId }) => workspaceId === wanted) ?? mostPressingFirst(meters)[0] ?? meters[0] ?? null;
  const workspaceId = meter?.workspaceId ?? null;
  const known = useStore(accounts, (state) =>
    workspaceId === null ? undefined : state.subscriptions.get(workspaceId),
  );
  const now = useNow();
  useEffect(() => {
    if (workspaceId !== null) void accounts.readSubscription(workspaceId);
  }, [accounts, workspaceId]);
  const t = wordsOf('usage');
  const account = wordsOf('account');
  const page = meter === null ? undefined : vendorPages[meter.provider];
  const close = (): void => navigation.show(null);
  const isAtRisk = meter?.forecast?.lastsUntilReset === 'no' || meter?.forecast?.lastsUntilReset === 'may';
  return (
    <Sheet
      place="side"
      title={meter === null ? account('subscription') : account('subscriptionOf', { workspace: meter.workspaceName })}
      onClose={close}
      footer={
        meter === null || meter.costUnit === 'free' ? undefined : (
          <>
            {page !== undefined && (
              <a className={styles.link} href={page} target="_blank" rel="noreferrer">
                {t('atVendor')} <ExternalLink aria-hidden />
              </a>
            )}
            <Button
              icon={<RefreshCw aria-hidden />}
              busy={reading}
              onPress={() => void accounts.readNow(meter.workspaceId)}
            >
              {reading ? account('asking') : account('refresh')}
            </Button>
          </>
        )
      }
    >
      {meter === null ? (
        <p>{t('noAccountsHint')}</p>
      ) : (
        <div className={styles.sheet}>
          {meters.length > 1 && (
            <SelectField
              label={t('workspace')}
              labelHidden
              value={meter.workspaceId as string}
              options={meters.map((one) => ({ id: one.workspaceId as string, label: one.workspaceName }))}
              onChange={(id) => navigation.show('subscription', id)}
            />
          )}
          {failure !== null && (
            <p role="alert" className={styles.failure}>
              {failure}
            </p>
          )}
          {meter.costUnit === 'free' ? (
            <p>{account('alwaysFree')}</p>
          ) : (
            <>
              <section aria-label={account('credits')} className={styles.part}>
                {meterShares(meter) !== null && (
                  <>
                    <CreditMeter meter={meter} />
                    <MeterLegend />
                  </>
                )}
                <dl className={styles.rows}>
                  {meterRows(meter, now).map(([name, value]) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                  <div>
                    <dt>{t('figureAge')}</dt>
                    <dd>{ageWords(meter, now)}</dd>
                  </div>
                </dl>
                {meter.source === 'vendor' && <p className={styles.words}>{runOutSentence(meter.forecast, now)}</p>}
                {isAtRisk && (
                  <Button
                    size="small"
                    look="primary"
                    icon={<TrendingDown aria-hidden />}
                    onPress={() =>
                      navigation.go({ room: 'usage', query: { tab: 'runway', workspace: meter.workspaceId } })
                    }
                  >
                    {account('seeWhy')}
                  </Button>
                )}
              </section>
              {known !== undefined && <SubscriptionParts known={known} meter={meter} now={now} />}
            </>
          )}
        </div>
      )}
    </Sheet>
  );
};
