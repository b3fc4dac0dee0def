import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { WorkspaceId } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { dayAfter, dayMs, dayOf, isDay, startOf } from '../../figures/periods.ts';
import { mostPressingFirst } from '../../stores/account-store.ts';
import { wordsOf } from '../../words/words.ts';
import { ComparisonResult } from './comparison-result.tsx';
import styles from './compare.module.css';

/** The vendor's figures less ours, and why they differ. */
export const CompareTab = () => {
  const { usage, accounts, navigation } = useStudio();
  const meters = useStore(
    accounts,
    useShallow((state) => mostPressingFirst(state.meters)),
  );
  const wanted = useStore(navigation, (state) => state.query['workspace']);
  const meter = meters.find(({ workspaceId }) => workspaceId === wanted) ?? meters[0];
  const result = useStore(usage.comparison, ({ results }) =>
    meter === undefined ? undefined : results.get(meter.workspaceId),
  );
  const failure = useStore(usage.comparison, ({ failures }) =>
    meter === undefined ? undefined : failures.get(meter.workspaceId),
  );
  const [period, setPeriod] = useState<'running' | 'month' | 'custom'>('running');
  const [days, setDays] = useState(() => ({ from: dayAfter(dayOf(Date.now()), -29), to: dayOf(Date.now()) }));
  const t = wordsOf('usage');
  if (meter === undefined) {
    return (
      <EmptyState icon={<Scale aria-hidden />} title={t('noAccounts')}>
        {t('noAccountsHint')}
      </EmptyState>
    );
  }
  const run = (): void => {
    const times =
      period === 'running'
        ? {}
        : period === 'month'
          ? { from: Date.now() - 30 * dayMs, to: Date.now() }
          : { from: startOf(days.from), to: startOf(days.to) + dayMs };
    void usage.comparison.run(meter.workspaceId, times);
  };
  const isRunning = result === 'running';
  return (
    <div className={styles.compare}>
      <div role="group" aria-label={t('filter')} className={styles.filter}>
        <SelectField
          label={t('workspace')}
          value={meter.workspaceId as string}
          options={meters.map(({ workspaceId, workspaceName }) => ({
            id: workspaceId as string,
            label: workspaceName,
          }))}
          onChange={(id) =>
            navigation.go({ room: 'usage', query: { tab: 'compare', workspace: id as WorkspaceId } }, 'replace')
          }
        />
        <SelectField
          label={t('period')}
          value={period}
          options={[
            { id: 'running', label: t('periodBilling') },
            { id: 'month', label: t('periodMonth') },
            { id: 'custom', label: t('periodCustom') },
          ]}
          onChange={setPeriod}
        />
        {period === 'custom' &&
          (['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              type="date"
              label={t(end)}
              value={days[end]}
              onChange={(day) => {
                if (isDay(day)) setDays((before) => ({ ...before, [end]: day }));
              }}
            />
          ))}
        <Button look="primary" icon={<Scale aria-hidden />} busy={isRunning} onPress={run}>
          {isRunning ? t('comparing') : t('compareNow')}
        </Button>
        <p className={styles.hint}>{t('compareHint')}</p>
      </div>
      {failure !== undefined && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
      {result === undefined || isRunning ? (
        <EmptyState icon={<Scale aria-hidden />} title={isRunning ? t('comparing') : t('notCompared')}>
          {t('notComparedHint')}
        </EmptyState>
      ) : (
        <ComparisonResult result={result} unit={meter.costUnit} />
      )}
    </div>
  );
};
