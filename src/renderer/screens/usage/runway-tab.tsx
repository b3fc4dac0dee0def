import { FileText, Gauge, RefreshCw } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useStudio } from '../../app/studio-context.ts';
import { useNow } from '../../app/top-bar-credits.tsx';
import { Button } from '../../components/button.tsx';
import { CreditMeter } from '../../components/credit-meter.tsx';
import { ageWords, formatDate, freeWords, runOutShort } from '../../components/credit-words.ts';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { burnDownOf, spendingByDay } from '../../figures/burn-down.ts';
import { mostPressingFirst } from '../../stores/account-store.ts';
import { wordsOf } from '../../words/words.ts';
import { BurnDownPlot, type Mark } from './burn-down-plot.tsx';
import { BurnDownTable } from './burn-down-table.tsx';
import { RunwayDrivers } from './runway-drivers.tsx';
import { RunwayWhy } from './runway-why.tsx';
import styles from './runway.module.css';
import series from './series.module.css';

/** Whether each account lasts until its reset, and why not. */
export const RunwayTab = () => {
  const { accounts, usage, navigation, appearance } = useStudio();
  const meters = useStore(
    accounts,
    useShallow((state) => mostPressingFirst(state.meters)),
  );
  const reading = useStore(accounts, (state) => state.reading);
  const wanted = useStore(navigation, (state) => state.query['workspace']);
  const runway = useStore(usage.runway, (state) => state.runway);
  const theme = useStore(appearance, (state) => state.theme);
  const now = useNow();
  const t = wordsOf('usage');
  const meter = meters.find(({ workspaceId }) => workspaceId === wanted) ?? meters[0] ?? null;
  useEffect(() => usage.runway.open(meter), [usage, meter]);
  useEffect(() => () => usage.runway.open(null), [usage]);

  const known = runway !== null && runway.workspaceId === meter?.workspaceId ? runway : null;
  const spending = useMemo(() => spendingByDay(known?.days ?? []), [known]);
  const burn = useMemo(
    () => (meter === null || known === null ? null : burnDownOf(meter, known.readings, spending, now)),
    [meter, known, spending, now],
  );
  const marks = useMemo<readonly Mark[]>(() => {
    if (meter === null) return [];
    const words = wordsOf('usage');
    const { forecast, resetAt } = meter;
    const fails = forecast?.lastsUntilReset !== 'yes' ? (forecast?.runsOutAt ?? null) : null;
    return [
      { at: now, words: words('now'), tone: 'plain' },
      ...(fails === null
        ? []
        : [{ at: fails, words: words('runsOutOn', { date: formatDate(fails) }), tone: 'warning' as const }]),
      ...(resetAt === null
        ? []
        : [{ at: resetAt, words: words('resetOn', { date: formatDate(resetAt) }), tone: 'plain' as const }]),
    ];
  }, [meter, now]);
  if (meter === null) {
    return (
      <EmptyState
        icon={<Gauge aria-hidden />}
        title={t('noAccounts')}
        action={
          <Button look="primary" onPress={() => navigation.go({ room: 'settings' })}>
            {t('addWorkspace')}
          </Button>
        }
      >
        {t('noAccountsHint')}
      </EmptyState>
    );
  }
  return (
    <div className={cx(styles.runway, series.series)}>
      <nav aria-label={t('accounts')} className={styles.accounts}>
        {meters.map((one) => {
          const short = runOutShort(one.forecast, now);
          return (
            <button
              key={one.workspaceId}
              type="button"
              aria-current={one === meter ? 'true' : undefined}
              className={cx(styles.account, one === meter && styles.current)}
              onClick={() =>
                navigation.go({ room: 'usage', query: { tab: 'runway', workspace: one.workspaceId } }, 'replace')
              }
            >
              <span className={styles.line}>
                <b>{one.workspaceName}</b>
                <span>{freeWords(one)}</span>
              </span>
              <CreditMeter meter={one} />
              <span className={cx(styles.soft, short !== '' && styles.warn)}>
                {short === '' ? ageWords(one, now) : short}
              </span>
            </button>
          );
        })}
        <p className={styles.soft}>{t('scratchIsFree')}</p>
      </nav>
      <div className={styles.main}>
        <header className={styles.head}>
          <h2 className={styles.name}>{meter.workspaceName}</h2>
          <span className={styles.soft}>{ageWords(meter, now)}</span>
          <Button
            size="small"
            icon={<RefreshCw aria-hidden />}
            busy={reading}
            onPress={() => void accounts.readNow(meter.workspaceId)}
          >
            {wordsOf('account')('refresh')}
          </Button>
          <Button
            size="small"
            icon={<FileText aria-hidden />}
            onPress={() => navigation.show('subscription', meter.workspaceId)}
          >
            {wordsOf('account')('subscription')}
          </Button>
        </header>
        {known !== null && <RunwayWhy meter={meter} runway={known} spending={spending} now={now} />}
        {burn !== null && (
          <section aria-label={t('burnDown')} className={styles.card}>
            <h3 className={styles.title}>{t('burnDown')}</h3>
            <div className={styles.body}>
              <div className={styles.chart}>
                <BurnDownPlot
                  burn={burn}
                  marks={marks}
                  theme={theme}
                  label={t('burnDownOf', { workspace: meter.workspaceName })}
                />
                <ul className={styles.legend}>
                  <li className={styles.isReckoned}>{t('legendReckoned')}</li>
                  <li className={styles.isRead}>{t('legendRead')}</li>
                  <li className={styles.isForecast}>{t('legendForecast')}</li>
                </ul>
              </div>
              <BurnDownTable burn={burn} meter={meter} spending={spending} />
            </div>
          </section>
        )}
        {known !== null && <RunwayDrivers meter={meter} runway={known} spending={spending} now={now} />}
      </div>
    </div>
  );
};
