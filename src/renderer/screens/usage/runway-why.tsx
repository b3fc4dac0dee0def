import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { CreditMeter, UsageRow } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { amountWords } from '../../components/credit-units.ts';
import { formatDate, formatSpan, runOutSentence } from '../../components/credit-words.ts';
import { cx } from '../../components/cx.ts';
import { type Pace, paceOf } from '../../figures/burn-down.ts';
import { dayMs, type DayRange, dayOf } from '../../figures/periods.ts';
import { percentOf } from '../../figures/stacks.ts';
import { topsOf } from '../../figures/tops.ts';
import type { Runway } from '../../stores/runway-store.ts';
import { wordsOf } from '../../words/words.ts';
import { nameWords, stepWords, unitsOf } from './figure-words.ts';
import { type Behind, historyQuery } from './history-links.ts';
import styles from './runway.module.css';

const daysShown = 5;

/** The one sentence: does it last? */
const verdict = (meter: CreditMeter, now: number): string => {
  const t = wordsOf('usage');
  const { forecast, resetAt, workspaceName: workspace } = meter;
  if (meter.remainingCredits === null) return t('noBalance', { workspace });
  if (forecast === null) return wordsOf('account')('tooLittle');
  const at = forecast.runsOutAt ?? forecast.earliestAt;
  if (resetAt === null || forecast.lastsUntilReset === null) return runOutSentence(forecast, now);
  const reset = formatDate(resetAt);
  if (forecast.lastsUntilReset === 'yes') return t('willLast', { workspace, reset });
  if (forecast.lastsUntilReset === 'may') return t('mayNotLast', { workspace, reset, date: formatDate(at ?? resetAt) });
  const gap = formatSpan(Math.max(0, resetAt - (at ?? now)));
  return t('willNotLast', { workspace, reset, gap, date: formatDate(at ?? now) });
};

const factsOf = (meter: CreditMeter, pace: Pace | null, now: number): readonly string[] => {
  const t = wordsOf('usage');
  const amount = (of: number): string => amountWords(of, meter.costUnit);
  const { forecast, remainingCredits: left, heldCredits: held, resetAt } = meter;
  return [
    ...(left === null
      ? []
      : [held > 0 ? t('leftAndHeld', { left: amount(left), held: amount(held) }) : t('leftNow', { left: amount(left) })]),
    ...(forecast === null
      ? []
      : [
          t('paceIs', {
            count: forecast.days,
            perDay: amount(forecast.perDay),
            low: amount(forecast.perDayLow),
            high: amount(forecast.perDayHigh),
          }),
        ]),
    ...(pace?.affordable === null || pace === null || resetAt === null
      ? []
      : [t('affordable', { perDay: amount(pace.affordable), span: formatSpan(resetAt - now) })]),
  ];
};

/** The voice, project and person that most of it went to, by our ledger. */
const shares = (runway: Runway, meter: CreditMeter) =>
  (['project', 'person', 'voice'] as const).flatMap((kind) => {
    const rows: readonly UsageRow[] =
      kind === 'project' ? runway.projects : kind === 'person' ? runway.people : runway.voices;
    const spent = topsOf(rows, unitsOf([meter]), false)
      .map((top) => ({ top, amount: top.spent[0]?.ledger ?? 0 }))
      .toSorted((a, b) => b.amount - a.amount);
    const total = spent.reduce((sum, { amount }) => sum + amount, 0);
    return spent.slice(0, 2).flatMap(({ top, amount }) =>
      amount <= 0 ? [] : [{ kind, id: top.id, label: top.label, amount, percent: percentOf(amount, total) }],
    );
  });

/** Whether the credits last, and in plain words why not; every day and every name leads to its takes. */
export const RunwayWhy = ({
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
  const { navigation, usage } = useStudio();
  const budgets = useStore(usage.budgets, (state) => state.budgets);
  const t = wordsOf('usage');
  const pace = useMemo(() => paceOf(meter, spending, now), [meter, spending, now]);
  const lasts = meter.forecast?.lastsUntilReset ?? null;
  const isAtRisk = lasts === 'no' || lasts === 'may';
  const days = meter.forecast?.days ?? 14;
  const range: DayRange = { from: dayOf(now - days * dayMs), to: dayOf(now) };
  const open = (part: Omit<Behind, 'workspaceId'>): void =>
    navigation.go({ room: 'history', query: historyQuery({ ...part, workspaceId: meter.workspaceId }) });
  const ours = runway.people.reduce((sum, { credits }) => sum + (credits ?? 0), 0);
  const others = (pace?.total ?? 0) - ours;
  const hasStop = budgets.some(({ stopCredits, workspaceId }) => stopCredits !== null && (workspaceId ?? meter.workspaceId) === meter.workspaceId);
  return (
    <section aria-label={t('whyTitle')} className={cx(styles.why, isAtRisk && styles.atRisk)}>
      <h3 className={styles.verdict}>
        {isAtRisk && <TriangleAlert aria-hidden />}
        {verdict(meter, now)}
      </h3>
      <ul className={styles.facts}>
        {factsOf(meter, pace, now).map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
        {others >= 0.5 && (
          <li>
            {t('othersSpent', { amount: amountWords(others, meter.costUnit) })}{' '}
            <button
              type="button"
              className={styles.link}
              onClick={() => navigation.go({ room: 'usage', query: { tab: 'compare', workspace: meter.workspaceId } })}
            >
              {t('compareCalls')}
            </button>
          </li>
        )}
      </ul>
      {pace !== null && pace.days.length > 0 && (
        <div className={styles.drivers}>
          <div>
            <h4 className={styles.small}>{t('paceDays', { count: days })}</h4>
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
            <h4 className={styles.small}>{t('wentTo', { count: days })}</h4>
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
        </div>
      )}
      {(isAtRisk || meter.remainingCredits === null) && (
        <div className={styles.actions}>
          {isAtRisk && (
            <Button size="small" onPress={() => navigation.show('subscription', meter.workspaceId)}>
              {wordsOf('account')('openSubscription')}
            </Button>
          )}
          <Button
            size="small"
            onPress={() =>
              navigation.go({ room: 'usage', query: { tab: 'budgets', ...(hasStop ? {} : { make: meter.workspaceId }) } })
            }
          >
            {hasStop ? wordsOf('account')('openBudgets') : t('setStop')}
          </Button>
        </div>
      )}
    </section>
  );
};
