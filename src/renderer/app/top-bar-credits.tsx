import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { CreditMeter as Meter } from '#contract/account.ts';
import { Button } from '../components/button.tsx';
import { CreditMeter } from '../components/credit-meter.tsx';
import { ageWords, freeWords, runOutShort } from '../components/credit-words.ts';
import { cx } from '../components/cx.ts';
import { mostPressingFirst } from '../stores/account-store.ts';
import { wordsOf } from '../words/words.ts';
import { CreditAccount } from './credit-account.tsx';
import { useStudio } from './studio-context.ts';
import styles from './top-bar-credits.module.css';

/** Ages and countdowns go on while nothing is pushed. */
const tickMs = 30_000;
export const useNow = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
};

const Accounts = ({ meters, close }: { readonly meters: readonly Meter[]; readonly close: () => void }) => {
  const { accounts, navigation } = useStudio();
  const reading = useStore(accounts, (state) => state.reading);
  const failure = useStore(accounts, (state) => state.failure);
  const free = useStore(
    accounts,
    useShallow((state) => state.meters.filter(({ costUnit }) => costUnit === 'free')),
  );
  const now = useNow();
  const t = wordsOf('account');
  return (
    <>
      <header className={styles.title}>
        <Heading slot="title" level={2} className={cx(styles.heading)}>
          {t('credits')}
        </Heading>
        <Button size="small" icon={<RefreshCw aria-hidden />} busy={reading} onPress={() => void accounts.readNow()}>
          {reading ? t('asking') : t('refresh')}
        </Button>
      </header>
      {failure !== null && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      <ul>
        {meters.map((meter) => (
          <CreditAccount key={meter.workspaceId} meter={meter} now={now} onLeave={close} />
        ))}
        {free.map(({ workspaceId, workspaceName }) => (
          <li key={workspaceId} className={styles.account}>
            <div className={styles.head}>
              <h3 className={styles.name}>{workspaceName}</h3>
              <span className={styles.age}>{wordsOf('common')('free')}</span>
            </div>
            <p className={styles.soft}>{t('alwaysFree')}</p>
          </li>
        ))}
      </ul>
      <footer className={styles.foot}>
        <Button
          size="small"
          look="quiet"
          onPress={() => {
            close();
            navigation.go({ room: 'usage' });
          }}
        >
          {t('openUsage')}
        </Button>
      </footer>
    </>
  );
};

/** What is left: the account closest to running out in the bar, all of them on a press. */
export const TopBarCredits = () => {
  const { accounts } = useStudio();
  const meters = useStore(
    accounts,
    useShallow((state) => mostPressingFirst(state.meters)),
  );
  const now = useNow();
  const t = wordsOf('account');
  const [first] = meters;
  if (first === undefined) return null;
  const short = runOutShort(first.forecast, now);
  const isOld = first.source === 'vendor' && first.state !== 'current';
  return (
    <DialogTrigger>
      <AriaButton className={cx(styles.button)}>
        <span className={styles.hidden}>{t('creditsOf')} </span>
        <span className={styles.workspace}>{first.workspaceName}</span>
        <span className={styles.bar}>
          <CreditMeter meter={first} />
        </span>
        <span className={styles.free}>{freeWords(first)}</span>
        {short !== '' ? (
          <span className={styles.warning}>{short}</span>
        ) : first.openInvoices > 0 ? (
          <span className={styles.warning}>{t('invoiceOpen')}</span>
        ) : (
          first.source === 'vendor' && (
            <span className={cx(styles.soft, isOld && styles.old)}>{ageWords(first, now)}</span>
          )
        )}
      </AriaButton>
      <Popover className={cx(styles.popover)} offset={6} placement="bottom end">
        <Dialog className={cx(styles.dialog)}>{({ close }) => <Accounts meters={meters} close={close} />}</Dialog>
      </Popover>
    </DialogTrigger>
  );
};
