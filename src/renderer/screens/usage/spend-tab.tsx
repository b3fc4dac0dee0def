import { ChartColumn } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PendingMark } from '../../components/pending-mark.tsx';
import { stepsOf } from '../../figures/periods.ts';
import { stacksOf } from '../../figures/stacks.ts';
import { wordsOf } from '../../words/words.ts';
import { unitsOf } from './figure-words.ts';
import { SpendCard } from './spend-card.tsx';
import { SpendTiles } from './spend-tiles.tsx';
import styles from './spend.module.css';
import { TopList } from './top-list.tsx';

const sources = { ledger: 'sourceLedger', vendor: 'sourceVendor', both: 'sourceBoth' } as const;

/** What was spent when, on what and by whom. */
export const SpendTab = () => {
  const { usage, accounts, workspaces, navigation } = useStudio();
  const figures = useStore(usage, (state) => state.figures);
  const choice = useStore(usage, (state) => state.choice);
  const offers = useStore(workspaces, (state) => state.offers);
  const meters = useStore(accounts, (state) => state.meters);
  const t = wordsOf('usage');
  const unitOf = useMemo(() => unitsOf(meters), [meters]);
  const stacks = useMemo(
    () =>
      figures === null
        ? []
        : stacksOf({
            rows: figures.steps,
            vendorRows: figures.vendorSteps,
            steps: stepsOf(figures.range, figures.grain),
            measure: choice.measure,
            dimension: choice.by,
            source: choice.source,
            unitOf,
            restLabel: wordsOf('usage')('rest'),
          }),
    [figures, choice.measure, choice.by, choice.source, unitOf],
  );
  if (figures === null) {
    return (
      <p role="status" className={styles.loading}>
        <PendingMark /> {t('addingUp')}
      </p>
    );
  }
  const vendorIsSilent = choice.source !== 'ledger' && (choice.by === 'project' || choice.by === 'person');
  if (stacks.length === 0) {
    return (
      <EmptyState
        icon={<ChartColumn aria-hidden />}
        title={t('nothingSpent')}
        action={
          <Button look="primary" onPress={() => usage.choose({ period: 'year', workspaceId: null, source: 'both' })}>
            {t('showYear')}
          </Button>
        }
      >
        {vendorIsSilent ? t('vendorKnowsNoPeople') : t('nothingSpentHint')}
      </EmptyState>
    );
  }
  return (
    <div className={styles.tab}>
      <SpendTiles figures={figures} unitOf={unitOf} workspaceId={choice.workspaceId} />
      {stacks.map((stack) => (
        <SpendCard
          key={`${stack.key} ${choice.measure} ${choice.by}`}
          stack={stack}
          title={
            stack.provider === null
              ? t(choice.measure)
              : (offers.find(({ provider }) => provider === stack.provider)?.title ?? stack.provider)
          }
          measure={choice.measure}
          dimension={choice.by}
          range={figures.range}
          workspaceId={choice.workspaceId}
        />
      ))}
      <p className={styles.note}>
        {t(sources[choice.source])} {vendorIsSilent && t('vendorKnowsNoPeople')} {t('daysAreUtc')}
      </p>
      <div className={styles.tops}>
        {(['voice', 'project', 'person'] as const).map((kind) => (
          <TopList
            key={kind}
            kind={kind}
            rows={kind === 'voice' ? figures.voices : kind === 'project' ? figures.projects : figures.people}
            unitOf={unitOf}
            onOpen={(query) => navigation.go({ room: 'history', query })}
            range={figures.range}
            workspaceId={choice.workspaceId}
          />
        ))}
      </div>
    </div>
  );
};
