import { useMemo } from 'react';
import type { CreditMeter, UsageRow } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { amountWords } from '../../components/credit-units.ts';
import { cx } from '../../components/cx.ts';
import { paceOf } from '../../figures/burn-down.ts';
import { dayMs, type DayRange, dayOf } from '../../figures/periods.ts';
import { percentOf } from '../../figures/stacks.ts';
import { topsOf } from '../../figures/tops.ts';
import type { Runway } from '../../stores/runway-store.ts';
import { wordsOf } from '../../words/words.ts';
import { nameWords, stepWords, unitsOf } from './figure-words.ts';
import { type Behind, historyQuery } from './history-links.ts';
import styles from './runway.module.css';

const daysShown = 6;

/** The voice, project and person that most of it went to, by our ledger. */
const shares = (runway: Runway, meter: CreditMeter) =>
  (['project', 'person', 'voice'] as const).flatMap((kind) => {
    const rows: readonly UsageRow[] =
      kind === 'project' ? runway.projects : kind === 'person' ? runway.people : runway.voices;
    const spent = topsOf(rows, unitsOf([meter]), false)
      .map((top) => ({ top, amount: top.spent[0]?.ledger ?? 0 }))
      .toSorted((a, b) => b.amount - a.amount);
    const total = spent.reduce((sum, { amount }) => sum + amount, 0);
    return spent
      .slice(0, 2)
      .flatMap(({ top, amount }) =>
        amount <= 0 ? [] : [{ kind, id: top.id, label: top.label, amount, percent: percentOf(amount, total) }],
      );
  });

/** The days the pace is made of, and what they were spent on; each leads to its takes. */
export const RunwayDrivers = ({
  meter,
  runway,
  spending,
  now,
}: {
  readonly meter: CreditMeter;
  readonly runway: Runway;
  readonly spending: ReadonlyMap<string, number>;
  readonly now: number;
}) => {
  const { navigation } = useStudio();
  const t = wordsOf('usage');
  const pace = useMemo(() => paceOf(meter, spending, now), [meter, spending, now]);
  const lasts = meter.forecast?.lastsUntilReset ?? null;
  const days = meter.forecast?.days ?? 14;
  const range: DayRange = { from: dayOf(now - days * dayMs), to: dayOf(now) };
  const open = (part: Omit<Behind, 'workspaceId'>): void =>
    navigation.go({ room: 'history', query: historyQuery({ ...part, workspaceId: meter.workspaceId }) });
  if (pace === null || pace.days.length === 0) return null;
  return (
    <section
      aria-label={t('drivers')}
      className={cx(styles.card, styles.drivers, (lasts === 'no' || lasts === 'may') && styles.atRisk)}
    >
      <div>
        <h3 className={styles.small}>{t('paceDays', { count: days })}</h3>
        <ol>
          {pace.days.slice(0, daysShown).map(({ day, amount, percent }) => (
            <li key={day} className={styles.driver}>
              <button
                type="button"
                className={styles.link}
                aria-label={t('takesOfDay', { day: stepWords(day), amount: amountWords(amount, meter.costUnit) })}
                onClick={() => open({ range: { from: day, to: day } })}
              >
                {stepWords(day)}
              </button>
              <span className={styles.bar}>
                <span style={{ width: `${percentOf(amount, pace.days[0]?.amount ?? 0)}%` }} />
              </span>
              <span className={styles.end}>{amountWords(amount, meter.costUnit)}</span>
              <span className={styles.end}>{percent} %</span>
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h3 className={styles.small}>{t('wentTo', { count: days })}</h3>
        <ul>
          {shares(runway, meter).map(({ kind, id, label, amount, percent }) => (
            <li key={`${kind} ${id}`} className={styles.driver}>
              <button
                type="button"
                className={styles.link}
                aria-label={t('takesBehind', { name: nameWords(label) })}
                onClick={() => open({ range, [kind]: id })}
              >
                {nameWords(label)}
              </button>
              <span className={styles.kind}>{t(kind)}</span>
              <span className={styles.end}>{amountWords(amount, meter.costUnit)}</span>
              <span className={styles.end}>{percent} %</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
};
