import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { assertNever } from '#contract/errors.ts';
import type { CreditMeter as Meter } from '#contract/account.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { CreditMeter } from '../components/credit-meter.tsx';
import {
  ageWords,
  formatDate,
  formatSpan,
  freeWords,
  runOutSentence,
  runOutShort,
} from '../components/credit-words.ts';
import { cx } from '../components/cx.ts';
import { formatCredits, plural } from '../components/format.ts';
import { mostPressingFirst } from '../stores/account-store.ts';
import { useStudio } from './studio-context.ts';
import styles from './top-bar-credits.module.css';

/** Ages and countdowns go on while nothing is pushed. */
const tickMs = 30_000;
const useNow = (): number => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
};

const overageWords = ({ overage: { state, limitCredits, current } }: Meter): string | null => {
  const cap =
    limitCredits === null
      ? ''
      : limitCredits === 'unlimited'
        ? ', without a cap'
        : `, up to ${formatCredits(limitCredits)}`;
  switch (state) {
    case 'in_use':
      return `in use${current === null ? '' : `: ${current.amount} ${current.currency.toUpperCase()}`}${cap}`;
    case 'available':
      return `possible${cap}`;
    case 'off':
      return 'off';
    case 'unknown':
      return null;
    default:
      return assertNever(state);
  }
};

const Figures = ({ meter, now }: { readonly meter: Meter; readonly now: number }) => {
  const overage = overageWords(meter);
  const sameFigure = meter.source === 'seen' && meter.usedCredits === meter.seenCredits;
  const rows: readonly (readonly [string, string])[] = [
    ...(meter.usedCredits === null || (sameFigure && meter.limitCredits === null)
      ? []
      : [
          [
            'Used',
            meter.limitCredits === null
              ? formatCredits(meter.usedCredits)
              : `${formatCredits(meter.usedCredits)} of ${formatCredits(meter.limitCredits)}`,
          ] as const,
        ]),
    ...(meter.source === 'seen' && !(sameFigure && meter.limitCredits !== null)
      ? [['Seen debited', formatCredits(meter.seenCredits)] as const]
      : []),
    ['Held by the queue', formatCredits(meter.heldCredits)],
    ...(meter.freeCredits === null ? [] : [['Free after holds', formatCredits(meter.freeCredits)] as const]),
    ...(meter.resetAt === null
      ? []
      : [
          [
            'Resets',
            meter.resetAt <= now ? 'due now' : `in ${formatSpan(meter.resetAt - now)}, ${formatDate(meter.resetAt)}`,
          ] as const,
        ]),
    ...(overage === null ? [] : [['Over the limit', overage] as const]),
  ];
  return (
    <dl className={styles.figures}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles.figure}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Account = ({ meter, now }: { readonly meter: Meter; readonly now: number }) => (
  <li className={styles.account}>
    <div className={styles.head}>
      <h3 className={styles.name}>{meter.workspaceName}</h3>
      {meter.plan !== null && <span className={styles.soft}>{meter.plan}</span>}
      {meter.openInvoices > 0 && <Badge tone="warning">{plural(meter.openInvoices, 'open invoice')}</Badge>}
      <span className={cx(styles.age, meter.state !== 'current' && meter.source === 'vendor' && styles.old)}>
        {ageWords(meter, now)}
      </span>
    </div>
    <CreditMeter meter={meter} />
    <Figures meter={meter} now={now} />
    <p className={styles.soft}>
      {meter.message ??
        (meter.source === 'seen'
          ? `This vendor does not tell what is left: these are the credits this app was charged.`
          : meter.state === 'unread'
            ? 'Not read yet. Refresh asks the vendor, which is free.'
            : runOutSentence(meter.forecast, now))}
    </p>
  </li>
);

/** What is left: the account closest to running out in the bar, all of them on a press. */
export const TopBarCredits = () => {
  const { accounts } = useStudio();
  const meters = useStore(
    accounts,
    useShallow((state) => mostPressingFirst(state.meters)),
  );
  const reading = useStore(accounts, (state) => state.reading);
  const failure = useStore(accounts, (state) => state.failure);
  const now = useNow();
  const [first] = meters;
  if (first === undefined) return null;
  const short = runOutShort(first.forecast, now);
  const isOld = first.source === 'vendor' && first.state !== 'current';
  return (
    <DialogTrigger>
      <AriaButton className={cx(styles.button)}>
        <span className={styles.hidden}>Credits of </span>
        <span className={styles.workspace}>{first.workspaceName}</span>
        <span className={styles.bar}>
          <CreditMeter meter={first} />
        </span>
        <span className={styles.free}>{freeWords(first)}</span>
        {first.openInvoices > 0 ? (
          <span className={styles.warning}>invoice open</span>
        ) : short !== '' ? (
          <span className={styles.warning}>{short}</span>
        ) : (
          isOld && <span className={styles.soft}>{ageWords(first, now)}</span>
        )}
      </AriaButton>
      <Popover className={cx(styles.popover)} offset={6} placement="bottom end">
        <Dialog className={cx(styles.dialog)}>
          <header className={styles.title}>
            <Heading slot="title" level={2} className={cx(styles.heading)}>
              Credits
            </Heading>
            <Button
              size="small"
              icon={<RefreshCw aria-hidden />}
              busy={reading}
              onPress={() => void accounts.readNow()}
            >
              {reading ? 'Asking…' : 'Refresh'}
            </Button>
          </header>
          {failure !== null && (
            <p role="alert" className={styles.failure}>
              {failure}
            </p>
          )}
          <ul>
            {meters.map((meter) => (
              <Account key={meter.workspaceId} meter={meter} now={now} />
            ))}
          </ul>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
};
