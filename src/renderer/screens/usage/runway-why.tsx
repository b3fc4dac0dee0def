import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { CreditMeter } from '#contract/account.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { amountWords } from '../../components/credit-units.ts';
import { formatDate, formatSpan, runOutSentence } from '../../components/credit-words.ts';
import { cx } from '../../components/cx.ts';
import { type Pace, paceOf } from '../../figures/burn-down.ts';
import type { Runway } from '../../stores/runway-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './runway.module.css';

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
      : [
          held > 0
            ? t('leftAndHeld', { left: amount(left), held: amount(held) })
            : t('leftNow', { left: amount(left) }),
        ]),
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
  const ours = runway.people.reduce((sum, { credits }) => sum + (credits ?? 0), 0);
  const others = (pace?.total ?? 0) - ours;
  const hasStop = budgets.some(
    ({ stopCredits, workspaceId }) => stopCredits !== null && (workspaceId ?? meter.workspaceId) === meter.workspaceId,
  );
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
              navigation.go({
                room: 'usage',
                query: { tab: 'budgets', ...(hasStop ? {} : { make: meter.workspaceId }) },
              })
            }
          >
            {hasStop ? wordsOf('account')('openBudgets') : t('setStop')}
          </Button>
        </div>
      )}
    </section>
  );
};
