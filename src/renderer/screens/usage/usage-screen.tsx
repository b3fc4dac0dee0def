import { Download, RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { saveText } from '../../components/save-text.ts';
import { mostPressingFirst } from '../../stores/account-store.ts';
import { wordsOf } from '../../words/words.ts';
import { BudgetsTab } from './budgets-tab.tsx';
import { CompareTab } from './compare-tab.tsx';
import { RunwayTab } from './runway-tab.tsx';
import { SpendFilter } from './spend-filter.tsx';
import { SpendTab } from './spend-tab.tsx';
import styles from './usage-screen.module.css';

export const usageTabs = ['spend', 'runway', 'budgets', 'compare'] as const;
export type UsageTab = (typeof usageTabs)[number];

const SpendTools = () => {
  const { usage } = useStudio();
  const syncing = useStore(usage, (state) => state.syncing);
  const t = wordsOf('usage');
  const save = async (format: 'csv' | 'json'): Promise<void> => {
    const file = await usage.exportText(format);
    if (file !== undefined) saveText(file.fileName, file.text, format === 'csv' ? 'text/csv' : 'application/json');
  };
  return (
    <div className={styles.tools}>
      <Button icon={<RefreshCw aria-hidden />} busy={syncing} onPress={() => void usage.sync()}>
        {t('askVendors')}
      </Button>
      {(['csv', 'json'] as const).map((format) => (
        <Button
          key={format}
          icon={<Download aria-hidden />}
          aria-label={t('exportAs', { format: format.toUpperCase() })}
          onPress={() => void save(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </div>
  );
};

/** What was spent, whether it lasts, what may be spent, and whether the vendor agrees. */
export const UsageScreen = () => {
  const { usage, navigation, preferences, accounts } = useStudio();
  const isReady = useStore(preferences, (state) => state.ready);
  const wanted = useStore(navigation, (state) => state.query['tab']);
  const tab = usageTabs.find((name) => name === wanted) ?? 'spend';
  const atRisk = useStore(
    accounts,
    ({ meters }) => mostPressingFirst(meters).filter(({ forecast }) => forecast?.lastsUntilReset === 'no').length,
  );
  const warned = useStore(usage.budgets, ({ budgets }) => budgets.filter(({ state }) => state !== 'ok').length);
  const arePeriodsKnown = useStore(accounts, (state) => state.status === 'ready');
  useEffect(() => (isReady && arePeriodsKnown ? usage.open() : undefined), [usage, isReady, arePeriodsKnown]);
  const t = wordsOf('usage');
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1 className={styles.title}>{wordsOf('shell')('usage')}</h1>
        {tab === 'spend' && <SpendTools />}
      </header>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key) => navigation.go({ room: 'usage', query: { tab: String(key) } })}
        className={cx(styles.tabs)}
      >
        <TabList aria-label={t('parts')} className={cx(styles.tabList)}>
          <Tab id="spend" className={cx(styles.tab)}>
            {t('tabSpend')}
          </Tab>
          <Tab id="runway" className={cx(styles.tab)}>
            {t('tabRunway')} {atRisk > 0 && <Badge tone="warning">{atRisk}</Badge>}
          </Tab>
          <Tab id="budgets" className={cx(styles.tab)}>
            {t('tabBudgets')} {warned > 0 && <Badge tone="warning">{warned}</Badge>}
          </Tab>
          <Tab id="compare" className={cx(styles.tab)}>
            {t('tabCompare')}
          </Tab>
        </TabList>
        <TabPanel id="spend" className={cx(styles.panel)}>
          <SpendFilter />
          <div className={styles.scroll}>
            <SpendTab />
          </div>
        </TabPanel>
        <TabPanel id="runway" className={cx(styles.panel, styles.scroll)}>
          <RunwayTab />
        </TabPanel>
        <TabPanel id="budgets" className={cx(styles.panel, styles.scroll)}>
          <BudgetsTab />
        </TabPanel>
        <TabPanel id="compare" className={cx(styles.panel, styles.scroll)}>
          <CompareTab />
        </TabPanel>
      </Tabs>
    </div>
  );
};
